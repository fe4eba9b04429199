import { courseChart, formatValue, type ImportanceRow, importanceChart, tornadoChart } from '@cartkin/charts'
import type { Interval } from '@cartkin/fitting'
import { type ReportBlock, type ReportFigure, type ReportTable, renderSvg } from '@cartkin/reports'
import type { SensitivityStepResult } from '../steps/step-result.ts'
import { shownQuantity, timeAxis, valueAxis } from './figure-rows.ts'

/** Most inputs in a figure; all are in the table. */
const mostBars = 15
/** Most curves in a figure. */
const mostCurves = 5

/** Bars of what matters for each output, the numbers, and what was varied. */
export async function sensitivitySection(result: SensitivityStepResult): Promise<readonly ReportBlock[]> {
  const { found } = result
  const figures = await Promise.all(result.endpoints.map((_, o) => outputFigure(o, result)))
  const courses = found.method === 'local' ? await courseFigures(result) : []
  return [
    { kind: 'paragraph', text: summaryText(result) },
    ...warnings(result),
    ...figures,
    ...(courses.length === 0 ? [] : [{ kind: 'figures' as const, figures: courses }]),
    ...(found.method === 'local' && found.local.notes.length > 0
      ? [{ kind: 'list' as const, items: found.local.notes }]
      : []),
    ...result.endpoints.map((_, o) => outputTable(o, result)),
    inputsTable(result),
  ]
}

/** Of an output, the rows of a figure, the most important input first. */
export function importanceRows(
  { found }: Pick<SensitivityStepResult, 'found'>,
  output: number,
  most = mostBars,
): readonly ImportanceRow[] {
  const row = (input: string, measure: string, { value, lower, upper }: Interval) => ({
    input,
    measure,
    value,
    lower,
    upper,
  })
  switch (found.method) {
    case 'sobol':
      return ranked(found.result.outputs[output]?.indices ?? [], ({ total }) => total.value)
        .slice(0, most)
        .flatMap(({ input, first, total }) => [row(input, 'Total', total), row(input, 'First order', first)])
    case 'morris':
      return ranked(found.result.outputs[output]?.effects ?? [], ({ muStar }) => muStar.value)
        .slice(0, most)
        .flatMap(({ input, muStar, sigma }) => [
          row(input, 'Mean size of the effect', muStar),
          row(input, 'Spread of the effect', sigma),
        ])
    case 'local':
      return []
  }
}

async function outputFigure(o: number, result: SensitivityStepResult): Promise<ReportFigure> {
  const { found, endpoints } = result
  const { label = '', unit = '' } = endpoints[o] ?? {}
  if (found.method === 'local') {
    const { base = Number.NaN, bars = [] } = found.result.outputs[o] ?? {}
    const rows = ranked(bars, ({ atLow, atHigh }) => reach(base, atLow, atHigh)).slice(0, mostBars)
    const isKnown = Number.isFinite(base)
    const svg = await renderSvg(
      tornadoChart({ rows: isKnown ? rows : [], base: isKnown ? base : 0, x: { title: label, unit, scale: 'linear' } }),
    )
    return {
      kind: 'figure',
      svg,
      caption: isKnown
        ? `${label} with one input at a time at the ends of its range; ${formatValue(base)}${unit === '1' ? '' : ` ${unit}`} where none is moved.`
        : `${label} is not defined at the base values.`,
    }
  }
  const x =
    found.method === 'sobol'
      ? { title: `Share of the variance: ${label}`, unit: '', scale: 'linear' as const, domain: [0, 1] as const }
      : { title: label, unit, scale: 'linear' as const }
  const svg = await renderSvg(importanceChart({ rows: importanceRows(result, o), output: label, x }))
  const percent = formatValue(100 * result.level)
  return {
    kind: 'figure',
    svg,
    caption:
      found.method === 'sobol'
        ? `${label}: shares of its variance by input, alone (first order) and with all interactions (total); lines are ${percent} % intervals.`
        : `${label}: mean size of the elementary effects, and their spread, which tells curvature and interactions; lines are ${percent} % intervals.`,
  }
}

/** Normalized sensitivities of the parameters with the largest ones, by quantity. */
async function courseFigures({ found, source }: SensitivityStepResult): Promise<readonly ReportFigure[]> {
  if (found.method !== 'local') return []
  const { times, courses } = found.local
  const quantities = [...new Set(courses.map(({ quantity }) => quantity))]
  const step = Math.max(1, Math.ceil(times.length / 400))
  return Promise.all(
    quantities.map(async (quantity) => {
      const own = ranked(
        courses.filter((course) => course.quantity === quantity),
        ({ normalized }) =>
          normalized.reduce((most, value) => (Number.isNaN(value) ? most : Math.max(most, Math.abs(value))), 0),
      ).slice(0, mostCurves)
      const course = own.flatMap(({ parameter, normalized }) =>
        [...times].flatMap((time, t) => {
          const value = normalized[t] ?? Number.NaN
          return t % step === 0 && Number.isFinite(value) ? [{ time, value, series: parameter }] : []
        }),
      )
      const { label } = shownQuantity(source, quantity)
      const y = valueAxis({ label: '% per %', unit: '' }, 'linear')
      const svg = await renderSvg(courseChart({ x: timeAxis(source), y, course, width: 360, height: 220 }))
      return {
        kind: 'figure' as const,
        svg,
        caption: `${label}: change in per cent for one per cent of a parameter; the ${own.length} parameters with the largest.`,
      }
    }),
  )
}

function summaryText({ found, inputs, endpoints, level }: SensitivityStepResult): string {
  const { runs } = found.result
  const varied = `${inputs.length} ${inputs.length === 1 ? 'input' : 'inputs'}`
  const read = `${endpoints.length} ${endpoints.length === 1 ? 'output' : 'outputs'}`
  switch (found.method) {
    case 'sobol': {
      const { samples, status, widest } = found.result
      const end = status === 'precise' ? ', where the wanted precision was reached' : ''
      return `Sobol indices of ${varied} for ${read} from ${samples} samples (${runs} runs)${end}; the widest ${formatValue(100 * level)} % interval of a total index is ${formatValue(widest, 2)} wide.`
    }
    case 'morris':
      return `Elementary effects of ${varied} for ${read} from ${found.result.trajectories} trajectories (${runs} runs); an effect is the change of the output for the whole range of the input.`
    case 'local':
      return `One at a time: ${varied} at the ends of their ranges (${runs} runs), and exact sensitivities over time.`
  }
}

function warnings({ found, endpoints, undefinedAs }: SensitivityStepResult): readonly ReportBlock[] {
  const { runs, failed } = found.result
  const texts = [
    ...(failed > 0 ? [`${failed} of ${runs} runs failed; what needs them is left out.`] : []),
    ...(found.method === 'local'
      ? []
      : found.result.outputs.flatMap(({ undefinedRuns }, o) =>
          undefinedRuns > 0
            ? [
                `${endpoints[o]?.label} is not defined in ${undefinedRuns} of ${runs} runs; what needs them is left out, so that the numbers are of those patients in whom it is defined.`,
              ]
            : [],
        )),
    ...Object.entries(undefinedAs).map(
      ([name, value]) =>
        `Where ${endpoints.find((endpoint) => endpoint.name === name)?.label ?? name} is not defined it counts as ${value}.`,
    ),
  ]
  return texts.map((text) => ({ kind: 'note', tone: 'warning', text }))
}

function outputTable(o: number, { found, endpoints }: SensitivityStepResult): ReportTable {
  const { label = '', unit = '' } = endpoints[o] ?? {}
  const cells = ({ value, lower, upper }: Interval) =>
    Number.isNaN(value) ? ['', ''] : [formatValue(value, 3), `${endText(lower, upper)} to ${endText(upper, lower)}`]
  const columns = (...headers: readonly string[]) => [
    { header: 'Input' },
    ...headers.flatMap((header) => [{ header, kind: 'number' as const }, { header: 'Interval' }]),
  ]
  switch (found.method) {
    case 'sobol':
      return {
        kind: 'table',
        caption: `${label}: Sobol indices.`,
        columns: [...columns('Total', 'First order'), { header: 'Samples', kind: 'number' }],
        rows: ranked(found.result.outputs[o]?.indices ?? [], ({ total }) => total.value).map(
          ({ input, first, total, used }) => [input, ...cells(total), ...cells(first), String(used)],
        ),
      }
    case 'morris':
      return {
        kind: 'table',
        caption: `${label}${unit === '' || unit === '1' ? '' : ` (${unit})`}: elementary effects.`,
        columns: [...columns('μ*', 'μ', 'σ'), { header: 'Effects', kind: 'number' }],
        rows: ranked(found.result.outputs[o]?.effects ?? [], ({ muStar }) => muStar.value).map(
          ({ input, mu, muStar, sigma, used }) => [
            input,
            ...cells(muStar),
            ...cells(mu),
            ...cells(sigma),
            String(used),
          ],
        ),
      }
    case 'local': {
      const { base = Number.NaN, bars = [] } = found.result.outputs[o] ?? {}
      const number = (value: number) => (Number.isNaN(value) ? 'not defined' : formatValue(value, 4))
      return {
        kind: 'table',
        caption: `${label}${unit === '' || unit === '1' ? '' : ` (${unit})`}: one input at a time; ${number(base)} at the base values.`,
        columns: [
          { header: 'Input' },
          ...['Low', 'High', 'Output at low', 'Output at high'].map((header) => ({ header, kind: 'number' as const })),
        ],
        rows: ranked(bars, ({ atLow, atHigh }) => reach(base, atLow, atHigh)).map(
          ({ input, low, high, atLow, atHigh }) => [input, number(low), number(high), number(atLow), number(atHigh)],
        ),
      }
    }
  }
}

function inputsTable({ inputs }: SensitivityStepResult): ReportTable {
  return {
    kind: 'table',
    caption: 'Inputs and how they were varied, each independent of the others.',
    columns: [{ header: 'Input' }, { header: 'What it is' }, { header: 'Spread' }],
    rows: inputs.map(({ name, label, spread }) => [name, label, spread]),
  }
}

/** How far an output moves from its base. */
function reach(base: number, ...values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, Number.isNaN(value) ? 0 : Math.abs(value - base)), 0)
}

/** Largest first; what is not known last. */
function ranked<T>(rows: readonly T[], by: (row: T) => number): readonly T[] {
  const size = (row: T) => (Number.isNaN(by(row)) ? Number.NEGATIVE_INFINITY : by(row))
  return rows.toSorted((a, b) => size(b) - size(a))
}

/** An end of an interval; what is rounding beside the other end is 0. */
function endText(end: number, other: number): string {
  return formatValue(Math.abs(end) < 1e-12 * Math.abs(other) ? 0 : end, 3)
}
