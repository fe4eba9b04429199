import { useComputed } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { createPanelExports } from '../export/panel-exports.ts'
import type { Dashboard } from '../state/dashboard.ts'
import { EndpointsTable } from './endpoints-table.tsx'
import { FitCard } from './fit-card.tsx'
import { Header } from './header.tsx'
import { ParametersPanel } from './parameters-panel.tsx'
import { PlotPanel } from './plot-panel.tsx'
import { PlotToolbar } from './plot-toolbar.tsx'
import { PopulationCard } from './population-card.tsx'
import { StatusBar } from './status-bar.tsx'

export function App({ dashboard }: { readonly dashboard: Dashboard }) {
  const exports = useMemo(createPanelExports, [])
  const { library, panels } = dashboard.project.value
  const observations = useComputed(() => [
    ...dashboard.project.value.library.observations,
    ...(dashboard.fit.study.value?.observations ?? []),
  ])
  const status = dashboard.status.value
  useEffect(() => {
    document.title = `${library.title} – cartkin`
  }, [library])
  return (
    <div class="app">
      <a class="skip" href="#plots">
        Skip to plots
      </a>
      <Header dashboard={dashboard} exports={exports} />
      <aside class="left" aria-label="Parameters">
        <ParametersPanel dashboard={dashboard} />
      </aside>
      <main id="plots" class="centre" tabIndex={-1}>
        <PlotToolbar dashboard={dashboard} />
        {status.kind === 'failed' && (
          <p class="alert" role="alert">
            {status.message}
          </p>
        )}
        <div class={`plots plots-${panels.length}`}>
          {panels.map((panel) => (
            <PlotPanel
              key={`${library.id}/${panel.title}`}
              dashboard={dashboard}
              panel={panel}
              observations={observations}
              exports={exports}
            />
          ))}
        </div>
      </main>
      <aside class="right" aria-label="Fit, population and endpoints">
        <FitCard dashboard={dashboard} />
        {library.population && <PopulationCard dashboard={dashboard} />}
        <EndpointsTable dashboard={dashboard} />
      </aside>
      <StatusBar dashboard={dashboard} />
    </div>
  )
}
