import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { rememberSingleLetters } from '../../state/single-letters.ts'
import { createPageMemory } from '../../storage/page-memory.ts'
import { CommandMenu, HelpWindow } from '../shell/lazy-panels.ts'
import type { PageParts } from './page-parts.ts'
import { usePageKeys } from './use-page-keys.ts'

/** The keys of the page and the windows they open, each fetched when it is first wanted. */
export function PageWindows({ parts }: { readonly parts: PageParts }) {
  const { windows, dashboard } = parts
  const told = useSignal('')
  const wanted = useSignal({ commands: false, help: false })
  usePageKeys(parts)
  useEffect(
    () =>
      rememberSingleLetters(
        dashboard.view.letters,
        createPageMemory(() => localStorage),
      ),
    [dashboard],
  )
  useEffect(() => {
    const keep = (which: 'commands' | 'help') =>
      windows[which].subscribe((open) => {
        if (open && !wanted.peek()[which]) wanted.value = { ...wanted.peek(), [which]: true }
      })
    const ends = [keep('commands'), keep('help')]
    return () => {
      for (const end of ends) end()
    }
  }, [windows])
  const tell = (text: string): void => {
    told.value = text
  }
  return (
    <>
      {wanted.value.commands && <CommandMenu parts={parts} tell={tell} />}
      {wanted.value.help && <HelpWindow parts={parts} />}
      <p class="visually-hidden" role="status">
        {told.value}
      </p>
    </>
  )
}
