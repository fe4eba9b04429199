import { useComputed } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { createPanelExports } from '../export/panel-exports.ts'
import type { Dashboard } from '../state/dashboard.ts'
import { createModelText } from '../state/model-text.ts'
import { EndpointsTable } from './endpoints-table.tsx'
import { FitCard } from './fit-card.tsx'
import { Header } from './header.tsx'
import { MissingValues } from './missing-values.tsx'
import { ModelTextDialog } from './model-text-dialog.tsx'
import { ParametersPanel } from './parameters-panel.tsx'
import { PlotPanel } from './plot-panel.tsx'
import { PlotToolbar } from './plot-toolbar.tsx'
import { PopulationCard } from './population-card.tsx'
import { StatusBar } from './status-bar.tsx'
import { useDroppedFiles } from './use-dropped-files.ts'
import { WarningNotice } from './warning-notice.tsx'

export function App({ dashboard }: { readonly dashboard: Dashboard }) {
  const exports = useMemo(createPanelExports, [])
  const { id, title, model, isOwn, population } = dashboard.opened.value
  const modelText = useMemo(() => createModelText((model) => dashboard.useText(model.text)), [dashboard])
  const observations = useComputed(() => [
    ...dashboard.opened.value.observations,
    ...(dashboard.fit.study.value?.observations ?? []),
  ])
  const panels = dashboard.panels.value
  const status = dashboard.status.value
  useEffect(() => {
    document.title = `${title} – cartkin`
  }, [title])
  useDroppedFiles((file) => void modelText.load(file))
  return (
    <div class="app">
      <a class="skip" href="#plots">
        Skip to plots
      </a>
      <Header dashboard={dashboard} modelText={modelText} exports={exports} />
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
        {isOwn && model.warnings.length > 0 && <WarningNotice count={model.warnings.length} show={modelText.open} />}
        {status.kind === 'waiting' ? (
          <MissingValues inputs={status.inputs} />
        ) : (
          <div class={`plots plots-${panels.length}`}>
            {panels.map((panel) => (
              <PlotPanel
                key={`${id}/${panel.title}`}
                dashboard={dashboard}
                panel={panel}
                observations={observations}
                exports={exports}
              />
            ))}
          </div>
        )}
      </main>
      <aside class="right" aria-label="Fit, population and endpoints">
        <FitCard dashboard={dashboard} />
        {population && <PopulationCard dashboard={dashboard} />}
        <EndpointsTable dashboard={dashboard} />
      </aside>
      <StatusBar dashboard={dashboard} />
      <ModelTextDialog modelText={modelText} />
    </div>
  )
}
