import type { ComponentChildren } from 'preact'

interface ToolbarSwitchProps {
  readonly title: string
  readonly checked: boolean
  readonly change: (checked: boolean) => void
  /** Its name, and what there is to tell of its state. */
  readonly children: ComponentChildren
}

/** A switch beside the plots. */
export function ToolbarSwitch({ title, checked, change, children }: ToolbarSwitchProps) {
  return (
    <label class="toolbar-switch" title={title}>
      <input type="checkbox" checked={checked} onChange={(event) => change(event.currentTarget.checked)} />
      {children}
    </label>
  )
}
