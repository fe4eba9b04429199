import { useComputed } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { kindOfFile } from '../../datasets/file-kind.ts'
import { createPanelExports } from '../../export/panel-exports.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { createModelText } from '../../state/model-text.ts'
import type { ProjectSession } from '../../storage/project-session.ts'
import { FitPanelTabs } from '../fit/fit-panel-tabs.tsx'
import { TextNotices } from '../model/text-notices.tsx'
import { useDroppedFiles } from '../model/use-dropped-files.ts'
import { PlotPanel } from '../plots/plot-panel.tsx'
import { PlotToolbar } from '../plots/plot-toolbar.tsx'
import { ProjectNotices } from '../project/project-notices.tsx'
import { ScenarioStrip } from '../scenes/scenario-strip.tsx'
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
  useEffect(() => {
    document.title = `${title} – cartkin`
  }, [title])
  const take = async (file: File): Promise<void> => {
    const kind = await kindOfFile(file)
    if (kind === 'project') return session.openFile(file)
    regions.left.value = kind
    if (kind === 'model') await modelText.load(file)
    else await dashboard.data.open({ name: file.name, content: file, attribution: '' })
  }
  useDroppedFiles((file) => void take(file))
  return (
    <div class="app">
      <a class="skip" href="#plots">
        Skip to plots
      </a>
      <Header
        dashboard={dashboard}
        exports={exports}
        session={session}
        begin={() => {
          regions.left.value = 'model'
          modelText.begin()
        }}
      />
      <LeftRegion dashboard={dashboard} modelText={modelText} regions={regions} locked={session.elsewhere.value} />
      <main id="plots" class="centre" tabIndex={-1}>
        <ProjectNotices dashboard={dashboard} session={session} />
        <ScenarioStrip dashboard={dashboard} />
        <PlotToolbar dashboard={dashboard} />
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
              data-outdated={status.kind === 'waiting' || modelText.problem.value ? '' : undefined}
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
      </main>
      <RightRegion dashboard={dashboard} session={session} regions={regions} />
      <StatusBar dashboard={dashboard} session={session} />
    </div>
  )
}
