import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'
import type { Dashboard } from '../../state/dashboard.ts'
import type { FitPanel } from '../../state/fit-session.ts'
import { lazy } from '../controls/lazy.tsx'

const ResidualPanels = lazy(async () => (await import('./fit-panels.tsx')).ResidualPanels)
const CheckPanels = lazy(async () => (await import('./fit-panels.tsx')).CheckPanels)
const ProfilePanels = lazy(async () => (await import('./fit-panels.tsx')).ProfilePanels)

const tabs: readonly { readonly id: FitPanel; readonly title: string }[] = [
  { id: 'curves', title: 'Curves' },
  { id: 'residuals', title: 'Residuals' },
  { id: 'check', title: 'VPC' },
  { id: 'profiles', title: 'Profiles' },
]

/** The curves, and once there is a fit, what it says of its data. The curves stay where they are when a fit ends. */
export function FitPanelTabs({
  dashboard,
  children,
}: {
  readonly dashboard: Dashboard
  readonly children: ComponentChildren
}) {
  const { fit } = dashboard
  const state = fit.state.value
  const prefix = useId()
  const done = state.kind === 'done' ? state : null
  const shown = done ? fit.panel.value : 'curves'
  const stale = fit.stale.value
  const key = done?.run.number
  return (
    <>
      {done && (
        <div class="fit-tabs">
          <PanelTabs fit={fit} prefix={prefix} />
          {shown !== 'curves' && (
            <span class="caption">
              Fit {done.run.number}
              {stale && `, out of date: ${stale}`}
            </span>
          )}
        </div>
      )}
      <div
        class="fit-panels"
        id={`${prefix}-panel`}
        data-stale={stale && shown !== 'curves' ? '' : undefined}
        {...(done && { role: 'tabpanel', 'aria-labelledby': `${prefix}-${shown}` })}
      >
        {shown === 'curves' && children}
        {done && shown === 'residuals' && <ResidualPanels key={key} dashboard={dashboard} fit={done} />}
        {done && shown === 'check' && <CheckPanels key={key} dashboard={dashboard} fit={done} />}
        {done && shown === 'profiles' && <ProfilePanels key={key} dashboard={dashboard} fit={done} />}
      </div>
    </>
  )
}

function PanelTabs({ fit, prefix }: { readonly fit: Dashboard['fit']; readonly prefix: string }) {
  const list = useRef<HTMLDivElement>(null)
  const shown = fit.panel.value
  const move = (event: KeyboardEvent): void => {
    const at = tabs.findIndex(({ id }) => id === shown)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key]
    const next = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length]
    if (!next) return
    event.preventDefault()
    fit.panel.value = next.id
    list.current?.querySelector<HTMLElement>(`[data-panel-tab="${next.id}"]`)?.focus()
  }
  return (
    <div ref={list} class="tab-list" role="tablist" aria-label="Panels">
      {tabs.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`${prefix}-${id}`}
          data-panel-tab={id}
          aria-selected={id === shown}
          aria-controls={`${prefix}-panel`}
          tabIndex={id === shown ? 0 : -1}
          onClick={() => {
            fit.panel.value = id
          }}
          onKeyDown={move}
        >
          {title}
        </button>
      ))}
    </div>
  )
}
