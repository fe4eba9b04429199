import { type Axis, formatValue, groupCurvesChart, groupSummaryChart } from '@cartkin/charts'
import { type ReportBlock, type ReportFigure, type ReportSection, type ReportTable, renderSvg } from '@cartkin/reports'
import type { ExploredData, ExploredEndpoint, ExploredRow } from '@cartkin/tables'
import { type GroupSummary, groupSummaries } from '@cartkin/tables'
import { automaticScale } from '../report/automatic-scale.ts'
import type { ExploreStepResult } from '../steps/step-result.ts'

/** Most groups that are drawn in one chart. */
const mostGroups = 25
/** Values fewer than these are levels rather than amounts, and are not divided by the dose. */
const fewValues = 10

/** What there is in the data, and a section for each kind of observation. */
export async function explorationSections(
  heading: string,
  { data, timeUnit, doseUnit, notes, scale }: ExploreStepResult,
): Promise<readonly ReportSection[]> {
  const grouped = data.groupedBy === '' ? '' : `, by ${data.groupedBy}`
  const sections: ReportSection[] = [
    {
      heading,
      blocks: [
        { kind: 'paragraph', text: `The data before any model${grouped}. Times of summaries: ${data.nominalFrom}.` },
        countsTable(data),
        { kind: 'list', items: notes },
      ],
    },
  ]
  for (const endpoint of data.endpoints)
    sections.push({
      heading: endpointName(endpoint.name),
      blocks: await endpointBlocks(endpoint, data, { timeUnit, doseUnit, scale }),
    })
  return sections
}

/** What observations are called; those that the data only number are `Observation 1`. */
function endpointName(name: string): string {
  if (name === '') return 'Observations'
  return Number.isFinite(Number(name)) ? `Observation ${name}` : name
}

function countsTable({ endpoints, groups, groupedBy }: ExploredData): ReportTable {
  return {
    kind: 'table',
    caption: `Subjects, doses and observations${groupedBy === '' ? '' : `, by ${groupedBy}`}; in brackets, those below the limit of quantification.`,
    columns: [
      { header: 'Group' },
      { header: 'Subjects', kind: 'number' },
      { header: 'Doses', kind: 'number' },
      ...endpoints.map(({ name, unit }) => ({
        header: endpointName(name),
        unit,
        kind: 'number' as const,
      })),
    ],
    rows: groups.map(({ name, subjects, doses }) => [
      name,
      String(subjects),
      String(doses),
      ...endpoints.map(({ rows }) => {
        const own = rows.filter(({ group }) => group === name)
        const below = own.filter((row) => row.below).length
        return `${own.length}${below === 0 ? '' : ` (${below})`}`
      }),
    ]),
  }
}

interface Look {
  readonly timeUnit: string
  readonly doseUnit: string
  readonly scale: 'linear' | 'log' | undefined
}

async function endpointBlocks(
  { name, unit, rows, lloq }: ExploredEndpoint,
  { groups }: ExploredData,
  { timeUnit, doseUnit, scale: wanted }: Look,
): Promise<readonly ReportBlock[]> {
  const title = name === '' ? 'Observed' : endpointName(name)
  const scale = wanted ?? automaticScale(rows)
  const isShown = (value: number) => Number.isFinite(value) && (scale === 'linear' || value > 0)
  // groups in the order of the data, whoever is observed first
  const order = new Map(groups.map((group, k) => [group.name, k]))
  const sorted = rows.toSorted((a, b) => (order.get(a.group) ?? 0) - (order.get(b.group) ?? 0))
  const x: Axis = { title: 'Time', unit: timeUnit, scale: 'linear' }
  const y: Axis = { title, unit, scale }
  const limit = lloq !== undefined && isShown(lloq) ? { lloq } : {}
  const summaries = groupSummaries(sorted)
  const median = (p50: number) => (isShown(p50) ? p50 : Number.NaN)
  const drawn = sorted.filter(({ value }) => isShown(value))
  const hidden = sorted.length - drawn.length
  const figure = (svg: ReportFigure['svg'], caption: string): ReportFigure => ({ kind: 'figure', svg, caption })
  const blocks: ReportBlock[] = [
    figure(
      await renderSvg(
        groupCurvesChart({
          x,
          y,
          rows: drawn.map(({ group, subject, time, value, below }) => ({ group, subject, time, value, below })),
          middle: summaries.map(({ group, time, p50 }) => ({ group, time, value: median(p50) })),
          ...limit,
        }),
      ),
      `${title}: every subject, and the median of the group (blue).${lloq === undefined ? '' : ` Triangles: below the limit of quantification, ${`${formatValue(lloq)} ${unit}`.trim()}; they count as the lowest, and a median below is not drawn.`}${hidden > 0 ? ` ${hidden} values are zero or below and cannot be shown on a logarithmic axis.` : ''}`,
    ),
  ]
  if (groups.length > mostGroups)
    return [
      ...blocks,
      {
        kind: 'paragraph',
        text: `${groups.length} groups are too many for one chart; their summaries stand in explore.arrow.`,
      },
    ]
  const figures = [
    figure(
      await renderSvg(
        groupSummaryChart({
          x,
          y,
          rows: summaries.map(({ group, time, p25, p50, p75 }) => ({
            group,
            time,
            value: median(p50),
            lower: isShown(p25) ? p25 : (lloq ?? p50),
            upper: p75,
          })),
          statistic: 'median with quartiles',
          ...limit,
        }),
      ),
      `${title}: median and quartiles.`,
    ),
  ]
  const means = summaries.map((row) => (isShown(row.mean) ? row : { ...row, mean: Number.NaN }))
  if (means.some((row) => isShown(row.mean)))
    figures.push(
      figure(
        await renderSvg(
          groupSummaryChart({ x, y, rows: means.map(meanRow), statistic: 'mean with standard error', ...limit }),
        ),
        `${title}: mean ± standard error, where all values are above the limit of quantification.`,
      ),
    )
  const normalised = await normalisedFigure(sorted, { title, unit, doseUnit, x, scale })
  if (normalised !== null) figures.push(normalised)
  if (rows.some(({ below }) => below)) {
    const shares = summaries.map(({ group, time, count, below }) => {
      const value = (100 * below) / count
      return { group, time, value, lower: value, upper: value }
    })
    const percent: Axis = { title: 'Below LLOQ', unit: '%', scale: 'linear', domain: [0, 100] }
    figures.push(
      figure(
        await renderSvg(
          groupSummaryChart({ x, y: percent, rows: shares, statistic: 'share below the limit of quantification' }),
        ),
        `${title}: share of the observations below the limit of quantification.`,
      ),
    )
  }
  return [...blocks, { kind: 'figures', figures }]
}

function meanRow({ group, time, mean, standardDeviation, count }: GroupSummary) {
  const error = Number.isNaN(standardDeviation) ? 0 : standardDeviation / Math.sqrt(count)
  return { group, time, value: mean, lower: mean - error, upper: mean + error }
}

/** Medians over the dose: in a linear system they lie upon each other. Null without several doses, with values that are not above 0, and for levels. */
async function normalisedFigure(
  rows: readonly ExploredRow[],
  {
    title,
    unit,
    doseUnit,
    x,
    scale,
  }: {
    readonly title: string
    readonly unit: string
    readonly doseUnit: string
    readonly x: Axis
    readonly scale: Axis['scale']
  },
): Promise<ReportFigure | null> {
  const dosed = rows.filter(({ dose }) => dose > 0)
  if (new Set(dosed.map(({ dose }) => dose)).size < 2) return null
  if (dosed.some(({ below, value }) => !below && !(value > 0))) return null
  if (new Set(dosed.map(({ value }) => value)).size < fewValues) return null
  const medians = groupSummaries(dosed, ({ value, dose }) => value / dose)
  if (!medians.some(({ p50 }) => p50 > 0)) return null
  const svg = await renderSvg(
    groupSummaryChart({
      x,
      y: {
        title: `${title} over dose`,
        unit: unit === '' && doseUnit === '' ? '' : `${unit || '1'}/${doseUnit || 'dose'}`,
        scale,
      },
      rows: medians.map(({ group, time, p50 }) => {
        const value = p50 > 0 ? p50 : Number.NaN
        return { group, time, value, lower: value, upper: value }
      }),
      statistic: 'median over dose',
    }),
  )
  return { kind: 'figure', svg, caption: `${title}: median of the values over the dose.` }
}
