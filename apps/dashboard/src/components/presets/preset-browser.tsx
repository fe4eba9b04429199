import { type Signal, useSignal, useSignalEffect } from '@preact/signals'
import type { Dashboard } from '../../state/dashboard.ts'
import { foundPresets, type PresetCatalogue } from '../../state/preset-catalogue.ts'
import { Dialog } from '../controls/dialog.tsx'

/** A window with every model of the library, its purpose and its source; what is told of them is fetched when it is opened. */
export function PresetBrowser({ dashboard, open }: { readonly dashboard: Dashboard; readonly open: Signal<boolean> }) {
  const query = useSignal('')
  const catalogue = useSignal<PresetCatalogue | null>(null)
  useSignalEffect(() => {
    if (!open.value) return
    query.value = ''
    if (catalogue.peek()) return
    void import('virtual:library-catalogue').then(({ presets }) => {
      catalogue.value = presets
    })
  })
  const choose = (id: string): void => {
    open.value = false
    void dashboard.openModel(id)
  }
  return (
    <>
      <button
        type="button"
        class="button"
        aria-haspopup="dialog"
        disabled={dashboard.history.locked.value}
        onClick={() => {
          open.value = true
        }}
      >
        Browse
      </button>
      <Dialog title="Presets" open={open}>
        {() => {
          const facts = catalogue.value ?? {}
          const found = foundPresets(dashboard.index, facts, query.value)
          return (
            <div class="presets">
              <input
                type="search"
                class="search"
                aria-label="Search presets"
                placeholder="Name, drug, disease or author"
                value={query.value}
                onInput={(event) => {
                  query.value = event.currentTarget.value
                }}
              />
              {found.length === 0 && <p class="muted">No preset has these words.</p>}
              {found.map((shelf) => (
                <section key={shelf.title} aria-label={shelf.title}>
                  <h3>{shelf.title}</h3>
                  <ul>
                    {shelf.models.map(({ id, title }) => (
                      <li key={id}>
                        <button
                          type="button"
                          class="preset-choice"
                          aria-current={id === dashboard.opened.value.id ? 'true' : undefined}
                          onClick={() => choose(id)}
                        >
                          <strong>{title}</strong> <code>{id}</code>
                          <PresetFactsText facts={facts[id]} />
                        </button>
                      </li>
                    ))}
                  </ul>
                </section>
              ))}
            </div>
          )
        }}
      </Dialog>
    </>
  )
}

function PresetFactsText({ facts }: { readonly facts: PresetCatalogue[string] | undefined }) {
  if (!facts) return null
  const { summary, citation, scenarios } = facts
  return (
    <>
      <span class="preset-line">{summary}</span>
      <span class="preset-line muted">
        {citation}
        {scenarios.length > 0 && ` · ${scenarios.length} ready-made scenario${scenarios.length === 1 ? '' : 's'}`}
      </span>
    </>
  )
}
