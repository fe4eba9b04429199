import type { Dashboard } from '../../state/dashboard.ts'
import { Tabs } from '../controls/tabs.tsx'
import { ParametersPanel } from '../parameters/parameters-panel.tsx'
import { ViewGroup } from '../plots/view-group.tsx'
import { DosesGroup } from '../regimen/doses-group.tsx'
import type { Regions } from './regions.ts'

/** What determines the courses: parameters, what is given, what is shown. */
export function LeftRegion({ dashboard, regions }: { readonly dashboard: Dashboard; readonly regions: Regions }) {
  const hasStates = dashboard.opened.value.model.states.length > 0
  const parameters = { id: 'parameters', title: 'Parameters', content: () => <ParametersPanel dashboard={dashboard} /> }
  const regimen = { id: 'regimen', title: 'Regimen', content: () => <DosesGroup dashboard={dashboard} /> }
  const view = { id: 'view', title: 'View', content: () => <ViewGroup dashboard={dashboard} /> }
  return (
    <aside class="left" aria-label="Parameters, regimen and view">
      <Tabs label="What is simulated" tabs={[parameters, ...(hasStates ? [regimen] : []), view]} shown={regions.left} />
    </aside>
  )
}
