import type { ReadonlySignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { Tab } from './tabs.tsx'

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

/** A tab whose content is so. */
export function readOnlyTab(tab: Tab, when: ReadonlySignal<boolean>): Tab {
  return { ...tab, content: () => <ReadOnly when={when}>{tab.content()}</ReadOnly> }
}
