import type { Dashboard } from '../../state/dashboard.ts'
import type { ModelText } from '../../state/model-text.ts'
import { type Tab, Tabs } from '../controls/tabs.tsx'
import type { ParameterList } from '../parameters/parameter-list.ts'
import { ParametersPanel } from '../parameters/parameters-panel.tsx'
import { DataPanel, ModelPanel, RegimenPanel, ViewGroup } from './lazy-panels.ts'
import type { Regions } from './regions.ts'

interface LeftRegionProps {
  readonly dashboard: Dashboard
  readonly modelText: ModelText
  readonly regions: Regions
  readonly list: ParameterList
}

/** What determines the courses: parameters, what is given, what is shown. */
export function LeftRegion({ dashboard, modelText, regions, list }: LeftRegionProps) {
  const hasStates = dashboard.opened.value.model.states.length > 0
  const model = {
    id: 'model',
    title: 'Model',
    content: () => <ModelPanel dashboard={dashboard} modelText={modelText} />,
  }
  const data = {
    id: 'data',
    title: 'Data',
    content: () => <DataPanel dashboard={dashboard} regions={regions} />,
  }
  const parameters = {
    id: 'parameters',
    title: 'Parameters',
    content: () => <ParametersPanel dashboard={dashboard} list={list} />,
  }
  const regimen = { id: 'regimen', title: 'Regimen', content: () => <RegimenPanel dashboard={dashboard} /> }
  const view = { id: 'view', title: 'View', content: () => <ViewGroup dashboard={dashboard} /> }
  const locked = (tab: Tab): Tab => ({ ...tab, locked: dashboard.history.locked })
  return (
    <aside class="left" aria-label="Parameters, regimen, model, data and view">
      <Tabs
        label="What is simulated"
        tabs={[locked(parameters), ...[...(hasStates ? [regimen] : []), model, data, view].map(locked)]}
        shown={regions.left}
      />
    </aside>
  )
}
