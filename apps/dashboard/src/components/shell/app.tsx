import { useComputed } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { createPanelExports } from '../../export/panel-exports.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { createModelText } from '../../state/model-text.ts'
import { ModelTextDialog } from '../model/model-text-dialog.tsx'
import { useDroppedFiles } from '../model/use-dropped-files.ts'
import { PlotPanel } from '../plots/plot-panel.tsx'
import { PlotToolbar } from '../plots/plot-toolbar.tsx'
import { ScenarioStrip } from '../scenes/scenario-strip.tsx'
import { Header } from './header.tsx'
import { LeftRegion } from './left-region.tsx'
import { MissingValues } from './missing-values.tsx'
import { createRegions } from './regions.ts'
import { RightRegion } from './right-region.tsx'
import { StatusBar } from './status-bar.tsx'
import { WarningNotice } from './warning-notice.tsx'

export function App({ dashboard }: { readonly dashboard: Dashboard }) {
  const exports = useMemo(createPanelExports, [])
  const regions = useMemo(createRegions, [])
  const { id, title, model, isOwn } = dashboard.opened.value
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
      <LeftRegion dashboard={dashboard} regions={regions} />
      <main id="plots" class="centre" tabIndex={-1}>
        <ScenarioStrip dashboard={dashboard} />
        <PlotToolbar dashboard={dashboard} />
        {status.kind === 'failed' && (
          <p class="alert" role="alert">
            {status.message}
          </p>
        )}
        {isOwn && model.warnings.length > 0 && <WarningNotice count={model.warnings.length} show={modelText.open} />}
        {status.kind === 'waiting' ? (
          <MissingValues
            inputs={status.inputs}
            show={() => {
              regions.left.value = 'parameters'
            }}
          />
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
      <RightRegion dashboard={dashboard} regions={regions} />
      <StatusBar dashboard={dashboard} />
      <ModelTextDialog modelText={modelText} />
    </div>
  )
}
