import type { Dashboard } from '../../state/dashboard.ts'
import type { ModelText } from '../../state/model-text.ts'
import { Tabs } from '../controls/tabs.tsx'
import { ModelPanel } from '../model/model-panel.tsx'
import { ParametersPanel } from '../parameters/parameters-panel.tsx'
import { ViewGroup } from '../plots/view-group.tsx'
import { DosesGroup } from '../regimen/doses-group.tsx'
import type { Regions } from './regions.ts'

interface LeftRegionProps {
  readonly dashboard: Dashboard
  readonly modelText: ModelText
  readonly regions: Regions
}

/** What determines the courses: parameters, what is given, what is shown. */
export function LeftRegion({ dashboard, modelText, regions }: LeftRegionProps) {
  const hasStates = dashboard.opened.value.model.states.length > 0
  const model = {
    id: 'model',
    title: 'Model',
    content: () => <ModelPanel dashboard={dashboard} modelText={modelText} />,
  }
  const parameters = { id: 'parameters', title: 'Parameters', content: () => <ParametersPanel dashboard={dashboard} /> }
  const regimen = { id: 'regimen', title: 'Regimen', content: () => <DosesGroup dashboard={dashboard} /> }
  const view = { id: 'view', title: 'View', content: () => <ViewGroup dashboard={dashboard} /> }
  return (
    <aside class="left" aria-label="Parameters, regimen, model and view">
      <Tabs
        label="What is simulated"
        tabs={[parameters, ...(hasStates ? [regimen] : []), model, view]}
        shown={regions.left}
      />
    </aside>
  )
}
