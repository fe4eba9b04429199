import type { Dashboard } from '../../state/dashboard.ts'
import type { Regions } from '../shell/regions.ts'
import { ChecksList } from './checks-list.tsx'
import { ColumnMapping } from './column-mapping.tsx'
import { DataPreview } from './data-preview.tsx'
import { DataStart } from './data-start.tsx'
import { DataSummary } from './data-summary.tsx'
import { ExploreGroups } from './explore-groups.tsx'
import { MeasuredList } from './measured-list.tsx'
import { ReadingOptions } from './reading-options.tsx'
import { ReadingProgress } from './reading-progress.tsx'
import { RowsLeftOut } from './rows-left-out.tsx'

export interface DataPanelProps {
  readonly dashboard: Dashboard
  readonly regions: Regions
}

/** The data that models are held against: file, checks, what was measured, columns, rows. */
export function DataPanel({ dashboard, regions }: DataPanelProps) {
  const { data } = dashboard
  const choice = data.choice.value
  const reading = data.reading.value
  const busy = data.busy.value
  return (
    <div class="data-panel">
      {busy && <ReadingProgress busy={busy} cancel={data.cancel} />}
      {choice === null && <DataStart dashboard={dashboard} regions={regions} />}
      {choice !== null && <DataSummary dashboard={dashboard} choice={choice} />}
      {choice !== null && reading && (
        <>
          <ChecksList dashboard={dashboard} />
          <MeasuredList dashboard={dashboard} choice={choice} />
          {reading.events && <ExploreGroups dashboard={dashboard} choice={choice} events={reading.events} />}
          {reading.header.length > 0 && <ColumnMapping dashboard={dashboard} reading={reading} />}
          <DataPreview dashboard={dashboard} choice={choice} reading={reading} />
          {reading.events && <RowsLeftOut dashboard={dashboard} choice={choice} />}
          {reading.header.length > 0 && <ReadingOptions dashboard={dashboard} choice={choice} reading={reading} />}
        </>
      )}
    </div>
  )
}
