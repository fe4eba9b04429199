import { type Signal, useSignal, useSignalEffect } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { saveProjectFile } from '../../export/project-file.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { Dialog } from '../controls/dialog.tsx'
import { contentsText } from './project-contents.ts'

/** Makes a link of the project: it holds all of it, so that nothing has to be stored anywhere. */
export function ShareButton({ dashboard, open }: { readonly dashboard: Dashboard; readonly open: Signal<boolean> }) {
  const link = useSignal<{ readonly url: string; readonly length: number; readonly most: number } | null>(null)
  const copied = useSignal('')
  const { present } = dashboard.history

  const asked = useRef(0)

  useSignalEffect(() => {
    // one of an earlier state is no link of this one
    link.value = null
    const mine = ++asked.current
    if (!open.value) return
    const document = present.value
    copied.value = ''
    void import('../../storage/project-link.ts').then(async ({ writeLink, longestLink }) => {
      const fragment = await writeLink(document)
      const { origin, pathname } = location
      if (mine === asked.current)
        link.value = { url: `${origin}${pathname}${fragment}`, length: fragment.length, most: longestLink }
    })
  })
  const copy = async (url: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(url)
      copied.value = 'Copied.'
    } catch {
      copied.value = 'The browser does not let this page copy. Select the link and copy it.'
    }
  }

  return (
    <>
      <button
        type="button"
        class="button"
        aria-haspopup="dialog"
        onClick={() => {
          open.value = true
        }}
      >
        Share
      </button>
      <Dialog title="Share a link" open={open}>
        {() => {
          const made = link.value
          const contents = contentsText(present.value)
          if (!made) return <p class="caption">Making the link.</p>
          if (made.length > made.most)
            return (
              <>
                <p>
                  The link of this project would have {kibibytes(made.length)} KiB. Chats and mail programs cut links
                  above {kibibytes(made.most)} KiB: send the project file instead.
                </p>
                <p class="row">
                  <button
                    type="button"
                    class="button primary"
                    onClick={() =>
                      void saveProjectFile(present.peek(), present.peek().name || dashboard.opened.peek().title)
                    }
                  >
                    Save project file
                  </button>
                </p>
              </>
            )
          return (
            <>
              <p>
                Whoever opens it has what you have here: {contents}. The link itself is the project; it is stored
                nowhere.
              </p>
              <label class="share-link">
                <span class="visually-hidden">Link</span>
                <input
                  type="text"
                  class="search"
                  readOnly
                  value={made.url}
                  onFocus={(event) => event.currentTarget.select()}
                />
              </label>
              <p class="row">
                <button type="button" class="button primary" onClick={() => void copy(made.url)}>
                  Copy link
                </button>
                <span class="caption">
                  {kibibytes(made.length)} of {kibibytes(made.most)} KiB
                </span>
                <span role="status">{copied.value}</span>
              </p>
            </>
          )
        }}
      </Dialog>
    </>
  )
}

function kibibytes(characters: number): string {
  return (characters / 1024).toFixed(1)
}
