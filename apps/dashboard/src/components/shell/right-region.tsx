import { useComputed } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Dashboard } from '../../state/dashboard.ts'
import type { ProjectSession } from '../../storage/project-session.ts'
import { type Tab, Tabs } from '../controls/tabs.tsx'
import { EndpointsTable } from '../results/endpoints-table.tsx'
import { PopulationCard } from '../results/population-card.tsx'
import { WindowCard } from '../results/window-card.tsx'
import { FitCard, InfluenceCard, RunsPanel, ScanCard } from './lazy-panels.ts'
import type { Regions } from './regions.ts'

interface RightRegionProps {
  readonly dashboard: Dashboard
  readonly session: ProjectSession
  readonly regions: Regions
}

/** What is read off the courses, and what is made of data. */
export function RightRegion({ dashboard, session, regions }: RightRegionProps) {
  const isScanning = useComputed(() => dashboard.scan.state.value.parameters.length > 0).value
  useEffect(() => {
    if (isScanning) regions.right.value = 'scan'
  }, [isScanning, regions])
  const scan = { id: 'scan', title: 'Scan', content: () => <ScanCard dashboard={dashboard} /> }
  const results = () => (
    <>
      <EndpointsTable dashboard={dashboard} />
      <WindowCard dashboard={dashboard} />
      {dashboard.opened.value.population && <PopulationCard dashboard={dashboard} />}
    </>
  )
  const locked = (tab: Tab): Tab => ({ ...tab, locked: dashboard.history.locked })
  return (
    <aside class="right" aria-label="Endpoints and fit">
      <Tabs
        label="Results"
        tabs={[
          locked({ id: 'endpoints', title: 'Endpoints', content: results }),
          locked({ id: 'matters', title: 'What matters', content: () => <InfluenceCard dashboard={dashboard} /> }),
          locked({ id: 'fit', title: 'Fit', content: () => <FitCard dashboard={dashboard} regions={regions} /> }),
          { id: 'runs', title: 'Runs', content: () => <RunsPanel dashboard={dashboard} history={session.runs} /> },
          ...(isScanning ? [locked(scan)] : []),
        ]}
        shown={regions.right}
      />
    </aside>
  )
}
