import { useEffect } from 'preact/hooks'
import { isText } from './is-text.ts'
import type { PageParts } from './page-parts.ts'
import { runOrFit } from './run-or-fit.ts'

/** Keys that act wherever the focus is: Ctrl+K lists the commands, Ctrl+Enter runs what waits, or fits; `?` helps where no text is typed. */
export function usePageKeys(parts: Pick<PageParts, 'dashboard' | 'regions' | 'windows' | 'session'>): void {
  const { dashboard, windows, session } = parts
  useEffect(() => {
    const act = ({ key, ctrlKey, metaKey, altKey, shiftKey, target }: KeyboardEvent): boolean => {
      const withCommand = ctrlKey || metaKey
      const isOver = document.querySelector('dialog[open]') !== null
      if (withCommand && !altKey && !shiftKey && key.toLowerCase() === 'k') {
        if (windows.commands.peek() || !isOver) windows.commands.value = !windows.commands.peek()
        return true
      }
      if (isOver) return false
      if (withCommand && key === 'Enter') {
        if (!session.elsewhere.peek()) runOrFit(parts)
        return true
      }
      if (key !== '?' || withCommand || altKey || isText(target) || !dashboard.view.letters.peek()) return false
      windows.help.value = true
      return true
    }
    const press = (event: KeyboardEvent): void => {
      if (!event.defaultPrevented && act(event)) event.preventDefault()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [parts.dashboard])
}
