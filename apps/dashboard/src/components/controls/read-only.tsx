import type { ReadonlySignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'

interface ReadOnlyProps {
  /** Whether it is only to be looked at, as while another page has the project. */
  readonly when: ReadonlySignal<boolean>
  readonly children: ComponentChildren
}

/** What can be scrolled, traced and read while its controls are those of a disabled group. */
export function ReadOnly({ when, children }: ReadOnlyProps) {
  return (
    <fieldset class="read-only" role="presentation" disabled={when.value}>
      {children}
    </fieldset>
  )
}
