import type { Windows } from './windows.ts'

/** Opens the help. */
export function HelpButton({ windows }: { readonly windows: Windows }) {
  return (
    <button
      type="button"
      class="button help"
      aria-haspopup="dialog"
      aria-label="Help and keys"
      title="Help and keys (?)"
      onClick={() => {
        windows.help.value = true
      }}
    >
      ?
    </button>
  )
}
