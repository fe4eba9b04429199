import { useComputed } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { kindOfFile } from '../../datasets/file-kind.ts'
import { createPanelExports } from '../../export/panel-exports.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { createModelText } from '../../state/model-text.ts'
import type { ProjectSession } from '../../storage/project-session.ts'
import { PageWindows } from '../commands/page-windows.tsx'
import { createWindows } from '../commands/windows.ts'
import { ReadOnly } from '../controls/read-only.tsx'
import { FitPanelTabs } from '../fit/fit-panel-tabs.tsx'
import { TextNotices } from '../model/text-notices.tsx'
import { useDroppedFiles } from '../model/use-dropped-files.ts'
import { createParameterList } from '../parameters/parameter-list.ts'
import { PlotPanel } from '../plots/plot-panel.tsx'
import { PlotToolbar } from '../plots/plot-toolbar.tsx'
import { SelectedCard } from '../plots/selected-card.tsx'
import { StaleStrip } from '../plots/stale-strip.tsx'
import { ProjectNotices } from '../project/project-notices.tsx'
import { ScenarioStrip } from '../scenes/scenario-strip.tsx'
import { FirstHint } from './first-hint.tsx'
import { Header } from './header.tsx'
import { MultiplesPanel } from './lazy-panels.ts'
import { LeftRegion } from './left-region.tsx'
import { MissingValues } from './missing-values.tsx'
import { createRegions } from './regions.ts'
import { RightRegion } from './right-region.tsx'
import { StatusBar } from './status-bar.tsx'

interface AppProps {
  readonly dashboard: Dashboard
  readonly session: ProjectSession
}

export function App({ dashboard, session }: AppProps) {
  const exports = useMemo(createPanelExports, [])
  const regions = useMemo(createRegions, [])
  const windows = useMemo(createWindows, [])
  const list = useMemo(createParameterList, [])
  const { origin, title } = dashboard.opened.value
  const modelText = useMemo(() => createModelText(dashboard), [dashboard])
  const observations = useComputed(() => [
    ...dashboard.opened.value.observations,
    ...(dashboard.fit.data.value?.kind === 'medians' ? dashboard.fit.data.value.observations : []),
  ])
  const Panel = dashboard.scene.comparison.value === 'multiples' ? MultiplesPanel : PlotPanel
  const large = dashboard.panels.value.find((panel) => panel.title === dashboard.view.large.value)
  const panels = large ? [large] : dashboard.panels.value
  const status = dashboard.status.value
  const name = useComputed(() => dashboard.history.present.value.name).value || title
  useEffect(() => {
    document.title = `${name} – cartkin`
  }, [name])
  const take = async (file: File): Promise<void> => {
    if (session.elsewhere.peek()) return
    const kind = await kindOfFile(file)
    if (kind === 'project') return session.openFile(file)
    regions.left.value = kind
    if (kind === 'model') await modelText.load(file)
    else await dashboard.data.open({ name: file.name, content: file, attribution: '' })
  }
  useDroppedFiles((file) => void take(file))
  return (
    <div class="app" data-read-only={session.elsewhere.value ? '' : undefined}>
      {/* biome-ignore lint/a11y/useValidAnchor: on a phone the region of the plots has no box that a browser could go to */}
      <a
        class="skip"
        href="#plots"
        onClick={(event) => {
          const plot = document.querySelector<HTMLElement>('.plot:not([hidden]), .panel-table')
          if (!plot) return
          event.preventDefault()
          plot.focus()
        }}
      >
        Skip to plots
      </a>
      <Header
        dashboard={dashboard}
        exports={exports}
        session={session}
        windows={windows}
        begin={() => {
          regions.left.value = 'model'
          modelText.begin()
        }}
      />
      <LeftRegion dashboard={dashboard} modelText={modelText} regions={regions} list={list} />
      <main id="plots" class="centre" tabIndex={-1}>
        <ProjectNotices dashboard={dashboard} session={session} />
        <FirstHint dashboard={dashboard} />
        <ReadOnly when={session.elsewhere}>
          <ScenarioStrip dashboard={dashboard} />
          <PlotToolbar dashboard={dashboard} />
          <StaleStrip dashboard={dashboard} />
          {status.kind === 'failed' && (
            <p class="alert" role="alert">
              {status.message}
            </p>
          )}
          <TextNotices dashboard={dashboard} modelText={modelText} regions={regions} />
          {status.kind === 'waiting' && dashboard.course.value === null && (
            <MissingValues
              inputs={status.inputs}
              show={() => {
                regions.left.value = 'parameters'
              }}
            />
          )}
          {(status.kind !== 'waiting' || dashboard.course.value !== null) && (
            <FitPanelTabs dashboard={dashboard}>
              <div
                data-outdated={
                  status.kind === 'waiting' || modelText.problem.value || dashboard.live.stale.value ? '' : undefined
                }
                class={`plots plots-${panels.length}`}
              >
                {panels.map((panel) => (
                  <Panel
                    key={`${origin}/${panel.title}`}
                    dashboard={dashboard}
                    panel={panel}
                    observations={observations}
                    exports={exports}
                  />
                ))}
              </div>
            </FitPanelTabs>
          )}
          <SelectedCard dashboard={dashboard} />
        </ReadOnly>
      </main>
      <RightRegion dashboard={dashboard} session={session} regions={regions} />
      <StatusBar dashboard={dashboard} session={session} />
      <PageWindows parts={{ dashboard, session, exports, modelText, regions, windows, list }} />
    </div>
  )
}
