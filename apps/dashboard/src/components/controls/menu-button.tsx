import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'

interface MenuButtonProps {
  /** Name of the button for those who cannot see it, where its content is no text. */
  readonly label?: string
  readonly title?: string
  readonly class: string
  readonly face: ComponentChildren
  /** What is in the menu; `close` puts it away. */
  readonly children: (close: () => void) => ComponentChildren
}

/** A button that opens a menu below itself. */
export function MenuButton({ label, title, class: look, face, children }: MenuButtonProps) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const place = (event: { readonly newState: string; readonly currentTarget: HTMLElement }): void => {
    const anchor = button.current?.getBoundingClientRect()
    if (event.newState !== 'open' || !anchor) return
    const { style, offsetWidth, offsetHeight } = event.currentTarget
    const below = anchor.bottom + 4
    style.top = `${Math.max(8, Math.min(below, innerHeight - offsetHeight - 8))}px`
    style.left = `${Math.max(8, Math.min(anchor.left, innerWidth - offsetWidth - 8))}px`
  }
  return (
    <>
      <button ref={button} type="button" class={look} aria-label={label} title={title} popovertarget={id}>
        {face}
      </button>
      <div ref={menu} id={id} class="menu" popover="auto" onToggle={place}>
        {children(() => menu.current?.hidePopover())}
      </div>
    </>
  )
}
