import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'

interface MenuProps {
  readonly id: string
  /** What the button says. */
  readonly label: ComponentChildren
  /** What it is called where that says less. */
  readonly name?: string
  /** Called when it is opened. */
  readonly onOpen?: () => void
  /** What the menu has; `close` takes it away. */
  readonly children: (close: () => void) => ComponentChildren
}

/** A button with what it can do below it. */
export function Menu({ id, label, name, onOpen, children }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null)
  const place = (event: { readonly newState: string; readonly currentTarget: HTMLElement }): void => {
    const anchor = document.getElementById(`${id}-button`)?.getBoundingClientRect()
    if (event.newState !== 'open' || !anchor) return
    const { style, offsetWidth } = event.currentTarget
    style.top = `${anchor.bottom + 4}px`
    style.left = `${Math.max(8, Math.min(anchor.left, innerWidth - offsetWidth - 8))}px`
    style.maxHeight = `${Math.max(120, innerHeight - anchor.bottom - 12)}px`
    onOpen?.()
  }
  return (
    <>
      <button type="button" id={`${id}-button`} class="button" popovertarget={`${id}-menu`} aria-label={name}>
        {label}
      </button>
      <div ref={menu} id={`${id}-menu`} class="menu" popover="auto" onToggle={place}>
        {children(() => menu.current?.hidePopover())}
      </div>
    </>
  )
}
