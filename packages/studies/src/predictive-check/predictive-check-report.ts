import { type Axis, belowLimitChart, type CheckedRow, formatValue, predictiveCheckChart } from '@cartkin/charts'
import type { CheckedBin } from '@cartkin/fitting'
import { type ReportBlock, type ReportFigure, type ReportTable, renderSvg } from '@cartkin/reports'
import { automaticScale } from '../report/automatic-scale.ts'
import { type Shown, timeScale, valueAxis } from '../report/figure-rows.ts'
import { type CheckedEndpoint, counted } from './checked-endpoint.ts'

export interface CheckPage {
  readonly shown: Shown
  readonly x: Axis
  readonly scale: Axis['scale'] | undefined
  readonly replicates: number
}

/** Figures and table of an endpoint of a visual predictive check, or of a stratum of it. */
export async function predictiveCheckBlocks(
  { design, stratum, factors, bins }: CheckedEndpoint,
  { shown, x: time, scale: wanted, replicates }: CheckPage,
): Promise<readonly ReportBlock[]> {
  const { rows, lloq } = design
  const label = stratum === '' ? shown.label : `${shown.label}, ${stratum}`
  const quantified = rows.filter(({ below }) => !below)
  const scale = wanted ?? automaticScale(rows, design.isLogarithmic)
  // bins from 0 on have no place on a logarithmic axis
  const x: Axis = { ...time, scale: (bins[0]?.from ?? 0) > 0 ? timeScale(bins.map((bin) => bin.time)) : 'linear' }
  const positive = (value: number) => scale === 'linear' || value > 0
  const interval = `90 % interval of ${replicates} simulated replicates`
  const drawn = rows.flatMap(({ time, value, below }, place) => {
    const corrected = value * (factors?.[place] ?? 1)
    return below || !positive(corrected) ? [] : [{ time, value: corrected }]
  })
  // corrected values have no common limit: what lies below it goes down to the lowest that is drawn
  const least = [...drawn.map(({ value }) => value), ...bins.flatMap(ends)].filter(positive)
  const foot = lloq === undefined || factors === null ? lloq : Math.min(...least.filter(Number.isFinite))
  const checked = bins.flatMap((bin) =>
    bin.percentiles.map(({ level, observed, lower, median, upper }) =>
      rowOf(bin, percentileName(level), level === 0.5, [observed, lower, median, upper], foot, scale),
    ),
  )
  const limit =
    lloq !== undefined && factors === null && positive(lloq)
      ? { lloq: { value: lloq, label: `LLOQ ${formatValue(lloq)}` } }
      : {}
  const svg = await renderSvg(
    predictiveCheckChart({
      x,
      y: valueAxis(factors === null ? shown : { ...shown, label: 'Prediction-corrected' }, scale),
      rows: checked,
      observations: drawn,
      ...limit,
      interval,
      width: 600,
      height: 300,
    }),
  )
  const hidden = quantified.length - drawn.length
  const figures: ReportFigure[] = [
    {
      kind: 'figure',
      svg,
      caption: `${label}: lines, percentiles of the observations; boxes, ${interval} of each percentile with its median; points, observations.${lloq === undefined ? '' : ' Values below the limit count as the lowest; a percentile below it is not drawn.'}${factors === null ? '' : ' Every value, observed or simulated, is multiplied by the median prediction of its bin over its own prediction.'}${hidden === 0 ? '' : ` ${hidden} observations are zero or below and cannot be shown on a logarithmic axis.`}`,
    },
  ]
  if (lloq !== undefined)
    figures.push({
      kind: 'figure',
      svg: await renderSvg(
        belowLimitChart({
          x,
          rows: bins.map((bin) => {
            const { observed, lower, median, upper } = bin.below
            const { from, to, time } = bin
            return { from, to, time, series: 'Observed', middle: true, observed, lower, median, upper }
          }),
          interval,
          width: 600,
        }),
      ),
      caption: `${label}: share of the observations below ${`${formatValue(lloq)} ${shown.unit}`.trim()}; boxes, ${interval}.`,
    })
  const { inside, all } = counted(bins)
  const subjects = new Set(rows.map(({ subject }) => subject)).size
  const table = binTable({ design, bins }, shown, label)
  return [
    {
      kind: 'paragraph',
      text: `${stratum === '' ? '' : `${stratum}: `}${rows.length} observations of ${subjects} ${subjects === 1 ? 'subject' : 'subjects'} in ${bins.length} bins${lloq === undefined ? '' : `, ${rows.length - quantified.length} of them below the limit of quantification`}. ${inside} of ${all} observed percentiles lie within their 90 % intervals${all > 0 ? ` (${formatValue((100 * inside) / all, 2)} %)` : ''}; of data from the model itself some 90 % do.`,
    },
    ...figures,
    stratum === '' ? table : { kind: 'folded', summary: `${label}: bins of the check`, blocks: [table] },
  ]
}

/** What is drawn of a bin. */
function ends({ percentiles }: CheckedBin): readonly number[] {
  return percentiles.flatMap(({ observed, lower, upper }) => [observed, lower, upper])
}

/** A percentile as it is drawn: what of its interval is below the limit of quantification ends at the foot. */
function rowOf(
  { from, to, time }: CheckedBin,
  series: string,
  middle: boolean,
  [observed = NaN, lower = NaN, median = NaN, upper = NaN]: readonly number[],
  floor: number | undefined,
  scale: Axis['scale'],
): CheckedRow {
  const drawn = (value: number) => (Number.isFinite(value) && (scale === 'linear' || value > 0) ? value : Number.NaN)
  const top = drawn(upper)
  const foot = Number.isNaN(drawn(lower)) && floor !== undefined ? drawn(floor) : drawn(lower)
  const center = Number.isNaN(drawn(median)) ? foot : drawn(median)
  return { from, to, time, series, middle, observed: drawn(observed), lower: foot, median: center, upper: top }
}

function percentileName(level: number): string {
  const percent = Number((level * 100).toFixed(4))
  return level === 0.5
    ? 'median'
    : `${percent}${percent % 10 === 1 ? 'st' : percent % 10 === 2 ? 'nd' : percent % 10 === 3 ? 'rd' : 'th'} percentile`
}

function binTable(
  { design: { lloq }, bins }: Pick<CheckedEndpoint, 'design' | 'bins'>,
  shown: Shown,
  label: string,
): ReportTable {
  const value = (number: number) =>
    number === Number.NEGATIVE_INFINITY ? 'below' : Number.isNaN(number) ? 'none' : formatValue(number)
  const percent = (share: number) => (Number.isNaN(share) ? 'none' : (100 * share).toFixed(0))
  const middle = (bin: CheckedBin) => bin.percentiles.find(({ level }) => level === 0.5)
  return {
    kind: 'table',
    caption: `${label}: bins of the check.`,
    columns: [
      { header: 'Times' },
      { header: 'Observations', kind: 'number' },
      { header: 'Median', unit: shown.unit, kind: 'number' },
      { header: 'Simulated median, 90 % interval', unit: shown.unit, kind: 'number' },
      ...(lloq === undefined
        ? []
        : [
            { header: 'Below LLOQ', unit: '%', kind: 'number' as const },
            { header: 'Simulated, 90 % interval', unit: '%', kind: 'number' as const },
          ]),
    ],
    rows: bins.map((bin) => {
      const { observed = NaN, lower = NaN, upper = NaN } = middle(bin) ?? {}
      return [
        `${formatValue(bin.from)} to ${formatValue(bin.to)}`,
        String(bin.count),
        value(observed),
        `${value(lower)} to ${value(upper)}`,
        ...(lloq === undefined
          ? []
          : [percent(bin.below.observed), `${percent(bin.below.lower)} to ${percent(bin.below.upper)}`]),
      ]
    }),
  }
}
