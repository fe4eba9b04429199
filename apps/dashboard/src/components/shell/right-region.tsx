import { useComputed } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Dashboard } from '../../state/dashboard.ts'
import { Tabs } from '../controls/tabs.tsx'
import { FitCard } from '../fit/fit-card.tsx'
import { ScanCard } from '../parameters/scan-card.tsx'
import { EndpointsTable } from '../results/endpoints-table.tsx'
import { PopulationCard } from '../results/population-card.tsx'
import type { Regions } from './regions.ts'

/** What is read off the courses, and what is made of data. */
export function RightRegion({ dashboard, regions }: { readonly dashboard: Dashboard; readonly regions: Regions }) {
  const isScanning = useComputed(() => dashboard.scan.state.value.parameters.length > 0).value
  useEffect(() => {
    if (isScanning) regions.right.value = 'scan'
  }, [isScanning, regions])
  const scan = { id: 'scan', title: 'Scan', content: () => <ScanCard dashboard={dashboard} /> }
  const results = () => (
    <>
      <EndpointsTable dashboard={dashboard} />
      {dashboard.opened.value.population && <PopulationCard dashboard={dashboard} />}
    </>
  )
  return (
    <aside class="right" aria-label="Endpoints and fit">
      <Tabs
        label="Results"
        tabs={[
          { id: 'endpoints', title: 'Endpoints', content: results },
          { id: 'fit', title: 'Fit', content: () => <FitCard dashboard={dashboard} /> },
          ...(isScanning ? [scan] : []),
        ]}
        shown={regions.right}
      />
    </aside>
  )
}
