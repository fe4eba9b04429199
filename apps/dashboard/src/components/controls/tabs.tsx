import { type ReadonlySignal, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'
import { ReadOnly } from './read-only.tsx'

/** One of several contents of a region. */
export interface Tab {
  readonly id: string
  readonly title: string
  /** Short count or state beside the title; empty for none. */
  readonly badge?: string
  readonly content: () => ComponentChildren
  /** Whether it is only to be looked at. */
  readonly locked?: ReadonlySignal<boolean>
}

interface TabsProps {
  /** What the tabs are of, for those who cannot see where they stand. */
  readonly label: string
  readonly tabs: readonly [Tab, ...Tab[]]
  /** Id of the tab that is shown, where it is chosen from elsewhere, too. */
  readonly shown?: { value: string }
}

/** Tabs of which one is shown: a single stop for the keyboard, arrows choose (ARIA authoring practices, tabs). */
export function Tabs({ label, tabs, shown }: TabsProps) {
  const own = useSignal(tabs[0].id)
  const chosen = shown ?? own
  const list = useRef<HTMLDivElement>(null)
  const prefix = useId()
  const current = tabs.find(({ id }) => id === chosen.value) ?? tabs[0]

  const move = (event: KeyboardEvent): void => {
    const at = tabs.indexOf(current)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = tabs[(to + tabs.length) % tabs.length] ?? current
    chosen.value = next.id
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus()
  }

  return (
    <div class="tabs">
      <div ref={list} class="tab-list" role="tablist" aria-label={label}>
        {tabs.map(({ id, title, badge }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${prefix}-${id}`}
            data-tab={id}
            aria-selected={id === current.id}
            aria-controls={`${prefix}-panel`}
            tabIndex={id === current.id ? 0 : -1}
            onClick={() => {
              chosen.value = id
            }}
            onKeyDown={move}
          >
            {title}
            {badge && <span class="badge">{badge}</span>}
          </button>
        ))}
      </div>
      <div
        class="tab-panel"
        role="tabpanel"
        id={`${prefix}-panel`}
        aria-labelledby={`${prefix}-${current.id}`}
        // without controls it is scrolled by itself
        tabIndex={current.locked?.value ? 0 : undefined}
      >
        {current.locked ? <ReadOnly when={current.locked}>{current.content()}</ReadOnly> : current.content()}
      </div>
    </div>
  )
}
