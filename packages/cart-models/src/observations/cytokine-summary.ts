import type { Observation } from '../library/library-model.ts'

/** Laboratory markers of the daily summaries and the quantity of the models that each is drawn behind. */
const quantityOf = { CRP: 'CRP', Ferritin: 'FER', IL_6: 'IL6', Temp: 'TEMP' } as const

const labelOf: Readonly<Record<CytokineMarker, string>> = {
  CRP: 'C-reactive protein',
  Ferritin: 'Ferritin',
  IL_6: 'IL-6',
  Temp: 'Temperature',
}

export type CytokineMarker = keyof typeof quantityOf

/** One marker, stratum and day of data/bwh-cc-by-nc/daily_summary.csv. */
export interface CytokineSummaryRow {
  readonly marker: string
  readonly stratum: string
  readonly day: number
  /** Patients measured on that day. */
  readonly n: number
  readonly median: number
  readonly q25: number
  readonly q75: number
  readonly mean: number
}

/** What to take from the daily summaries. */
export interface CytokineSelection {
  /** `CRS0`, `CRS1`, `CRS2`, `CRS>=3`, `ICANS0`, `ICANS1-2`, `ICANS>=3` or `all`. */
  readonly stratum: string
  readonly markers: readonly CytokineMarker[]
  /** Days from infusion, both included; all when absent. */
  readonly from?: number
  readonly to?: number
}

export const cytokineAttribution =
  'Amidi Y et al., J Immunother Cancer 2022;10(11):e005459 (bdsp-core/ICANS-forecasting-after-CAR-T-cell-therapy), aggregates; CC BY-NC 4.0, non-commercial'

const header = 'marker,stratum,day,n,median,q25,q75,mean'

/** Reads the daily summaries. Throws an Error with row and column for anything but complete rows of numbers. */
export function parseCytokineSummary(csvText: string): readonly CytokineSummaryRow[] {
  const lines = csvText.split('\n').map((line) => line.trimEnd())
  if (lines[0] !== header) throw new Error(`cytokine summary, row 1: expected the header ${header}, got ${lines[0]}`)
  const names = header.split(',')
  return lines.flatMap((line, index) => {
    if (index === 0 || line === '') return []
    const row = `cytokine summary, row ${index + 1}`
    const cells = line.split(',')
    if (cells.length !== names.length)
      throw new Error(`${row}: expected ${names.length} columns, got ${cells.length}: ${line}`)
    const number = (column: number): number => {
      const cell = cells[column]!
      const value = Number(cell)
      if (cell.trim() === '' || !Number.isFinite(value))
        throw new Error(`${row}, ${names[column]}: expected a number, got '${cell}'`)
      return value
    }
    const [day, n, median, q25, q75, mean] = [number(2), number(3), number(4), number(5), number(6), number(7)]
    if (!(Number.isInteger(n) && n > 0)) throw new Error(`${row}, n: expected a count above 0, got ${n}`)
    if (!(q25 <= median && median <= q75))
      throw new Error(`${row}: the median ${median} lies outside its quartiles ${q25} and ${q75}`)
    return [{ marker: cells[0]!, stratum: cells[1]!, day, n, median, q25, q75, mean }]
  })
}

/** Rows of one marker and stratum, by day; throws an Error where there are none. */
export function cytokineRows(
  rows: readonly CytokineSummaryRow[],
  { stratum, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: Omit<CytokineSelection, 'markers'>,
  marker: CytokineMarker,
): readonly CytokineSummaryRow[] {
  const chosen = rows.filter(
    (row) => row.marker === marker && row.stratum === stratum && row.day >= from && row.day <= to,
  )
  if (chosen.length === 0) throw new Error(`cytokine summary: no rows of ${marker} in stratum ${stratum}`)
  return chosen
}

/** Daily medians with quartiles as observations behind the curves of `oncology-qsp`, with the licence of the data. */
export function cytokineObservations(csvText: string, selection: CytokineSelection): readonly Observation[] {
  const rows = parseCytokineSummary(csvText)
  return selection.markers.flatMap((marker) =>
    cytokineRows(rows, selection, marker).map(({ day, n, median, q25, q75 }) => ({
      quantity: quantityOf[marker],
      time: day,
      value: median,
      lower: q25,
      upper: q75,
      range: marker === 'IL_6' ? 'quartiles; assay reads 1 to 400' : 'quartiles',
      label: `${labelOf[marker]} on day ${day}, ${selection.stratum}, median of ${n}`,
      source: cytokineAttribution,
      trust: 'found',
      licence: 'CC BY-NC 4.0',
    })),
  )
}
