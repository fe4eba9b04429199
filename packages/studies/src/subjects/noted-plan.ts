import type { FittedParameter, FittingNote } from '@cartkin/cart-models'
import {
  type EstimatedParameter,
  type FitObservation,
  type FitProblem,
  type StartOptions,
  type SubjectPlan,
  startPoints,
  type Tie,
} from '@cartkin/fitting'
import { exp, log } from '@cartkin/numerics'
import { cellularKinetics, startsFromKinetics } from '@cartkin/simulation'
import type { EstimateLine } from '../plan/plan.ts'

/** Least residual standard deviation of the logarithm: where a course meets every value the likelihood has no end. */
const leastResidual = 0.01
const mostResidual = 10
/** Quantified values for each parameter of the model from which on the residual error is estimated, too. */
const valuesPerParameter = 2

/** Without being asked: starts drawn between the bounds beside those read off the data, by a seed that is the same for every patient. */
const usualStarts: StartOptions = { starts: 13, seed: 1, spread: 'bounds' }

/** What is particular to the fit of one patient, or of all together. */
export interface SearchPlan extends Pick<SubjectPlan, 'estimated' | 'starts'> {
  readonly estimated: readonly EstimatedParameter[]
  readonly starts: readonly Readonly<Record<string, number>>[]
  /** The residual standard deviation that is held, and why; absent where it is estimated. */
  readonly held?: { readonly name: string; readonly value: number; readonly reason: string }
}

/**
 * Where searches begin and how far they go, from a library model's note: what can be read off the course by
 * `startsFromKinetics`; the peak and its time as observed,
 * and at the middle of the sampling interval before and after it, the early decline as observed and as published; and some drawn, twelve
 * between the bounds where nothing else is asked for. A residual error that the data are too few for is held at the published one.
 *
 * @param estimated as without the note: what is not in the note stays as it is there.
 * @param lines what the modeller gave: starts and bounds in place of those of the note.
 * @param observations of the note's quantity, at least one of them quantified.
 * @param drawn starts that the modeller asked for; between the bounds where no spread is given.
 * @param course what starts are read off, at least one value of it quantified: of several subjects a typical course (the observations).
 * @throws RangeError where they are to lie between bounds that are not finite.
 */
export function notedPlan(
  { quantity, estimated: noted, residual }: FittingNote,
  estimated: readonly EstimatedParameter[],
  lines: readonly EstimateLine[],
  observations: readonly FitObservation[],
  drawn: StartOptions | undefined,
  course: readonly FitObservation[] = observations,
): SearchPlan {
  const residualName = `${quantity}.sd`
  const shape = shapeOf(course)
  const largest = course === observations ? shape.peak : shapeOf(observations).peak
  const given = new Map(lines.map((line) => [line.name, line]))
  const notes = new Map(noted.map((parameter) => [parameter.name, parameter]))
  const quantified = observations.filter(({ censored }) => censored === undefined).length
  const count = estimated.filter(({ name }) => notes.has(name)).length
  const isHeld = quantified < valuesPerParameter * count
  const residualStart = given.get(residualName)?.start ?? residual.sd
  const own = estimated.flatMap((parameter): EstimatedParameter[] => {
    const { name } = parameter
    const line = given.get(name)
    if (name === residualName) {
      if (isHeld) return []
      return [
        bounded({
          ...parameter,
          start: residualStart,
          lower: line?.lower ?? leastResidual,
          upper: line?.upper ?? mostResidual,
        }),
      ]
    }
    const note = notes.get(name)
    if (note === undefined) return [parameter]
    const size = note.from === 'peak' ? largest : 1
    return [
      bounded({
        ...parameter,
        lower: line?.lower ?? note.lower * size,
        upper: line?.upper ?? note.upper * size,
        start: line?.start ?? observedStart(note, shape) ?? parameter.start,
        scale: line?.scale ?? 'log',
      }),
    ]
  })
  const free = (from: FittedParameter['from']) =>
    own.find(({ name }) => notes.get(name)?.from === from && given.get(name)?.start === undefined)
  const peakTime = free('time of peak')
  const decline = free('early decline') ?? free('early half-life')
  const published = estimated.find(({ name }) => name === decline?.name)?.start
  const times = peakTime === undefined ? [undefined] : distinct(shape.peakTimes.map((time) => within(time, peakTime)))
  const declines =
    decline === undefined || published === undefined
      ? [undefined]
      : distinct([decline.start, within(published, decline)])
  const read = kineticStart(course, own, given)
  return {
    estimated: own,
    starts: [
      ...(Object.keys(read).length === 0 ? [] : [read]),
      ...times.flatMap((time) =>
        declines.map((rate) => ({
          ...(peakTime !== undefined && time !== undefined && { [peakTime.name]: time }),
          ...(decline !== undefined && rate !== undefined && { [decline.name]: rate }),
        })),
      ),
      ...(drawn === undefined
        ? usualDrawn(own, given)
        : drawnStarts(own, new Map(), { ...drawn, spread: drawn.spread ?? 'bounds' }).slice(1)),
    ],
    ...(isHeld &&
      estimated.some(({ name }) => name === residualName) && {
        held: {
          name: residualName,
          value: residualStart,
          reason: `held: its ${quantified} quantified values are fewer than ${valuesPerParameter} for each of ${count} parameters (${given.get(residualName)?.start === undefined ? residual.source : 'the value given'})`,
        },
      }),
  }
}

/** What a plan changes of a problem: a residual error that is held holds those that are tied to it. */
export function plannedParts(
  { estimated, starts, held }: SearchPlan,
  { errorParameters, ties = {} }: Pick<FitProblem, 'errorParameters' | 'ties'>,
): SubjectPlan {
  if (held === undefined) return { estimated, starts }
  const isTied = ([, { parameter }]: readonly [string, Tie]) => parameter === held.name
  const lines = Object.entries(ties)
  const values = lines.filter(isTied).map(([name, { factor }]) => [name, factor * held.value] as const)
  return {
    estimated,
    starts,
    errorParameters: { ...errorParameters, [held.name]: held.value, ...Object.fromEntries(values) },
    ties: Object.fromEntries(lines.filter((line) => !isTied(line))),
  }
}

/** None where a bound is not finite. */
function usualDrawn(
  estimated: readonly EstimatedParameter[],
  given: ReadonlyMap<string, EstimateLine>,
): readonly Readonly<Record<string, number>>[] {
  const isBounded = ({ scale, lower, upper }: EstimatedParameter) =>
    (scale === 'log' ? lower > 0 : lower > Number.NEGATIVE_INFINITY) && upper < Number.POSITIVE_INFINITY
  return estimated.every(isBounded) ? drawnStarts(estimated, given, usualStarts).slice(1) : []
}

/** Starts by name, the first of them the parameters' own, which those `kept` have in all of them. */
export function drawnStarts(
  estimated: readonly EstimatedParameter[],
  kept: ReadonlyMap<string, EstimateLine>,
  options: StartOptions,
): readonly Readonly<Record<string, number>>[] {
  return startPoints(estimated, options).map((point) =>
    Object.fromEntries(
      estimated.flatMap(({ name }, k) =>
        kept.get(name)?.start === undefined ? [[name, point[k] ?? Number.NaN] as const] : [],
      ),
    ),
  )
}

/** What can be read off the course of the parameters that go by the names of Stein 2019. */
function kineticStart(
  observations: readonly FitObservation[],
  estimated: readonly EstimatedParameter[],
  given: ReadonlyMap<string, EstimateLine>,
): Readonly<Record<string, number>> {
  const read: Readonly<Record<string, number>> = { ...startsFromKinetics(cellularKinetics(seriesOf(observations))) }
  return Object.fromEntries(
    estimated.flatMap((parameter) => {
      const value = given.get(parameter.name)?.start === undefined ? read[parameter.name] : undefined
      return value === undefined || !(value > 0) ? [] : [[parameter.name, within(value, parameter)] as const]
    }),
  )
}

/** One value for each time: the geometric mean of those that are quantified, else 0. */
function seriesOf(
  observations: readonly FitObservation[],
): readonly { readonly time: number; readonly value: number }[] {
  const byTime = new Map<number, readonly number[]>()
  for (const { time, value, censored } of observations)
    byTime.set(time, [...(byTime.get(time) ?? []), ...(censored === 'left' || !(value > 0) ? [] : [value])])
  return [...byTime].map(([time, values]) => ({
    time,
    value:
      values.length < 2 ? (values[0] ?? 0) : exp(values.reduce((sum, value) => sum + log(value), 0) / values.length),
  }))
}

interface Shape {
  readonly peak: number
  /** As observed, and halfway to the samples before and after. */
  readonly peakTimes: readonly number[]
  /** Rate of the decline after the peak; undefined where the data show none. */
  readonly decline: number | undefined
}

function shapeOf(observations: readonly FitObservation[]): Shape {
  const rows = observations.toSorted((a, b) => a.time - b.time)
  const quantified = rows.filter(({ censored }) => censored === undefined)
  const top = quantified.reduce((best, row) => (row.value > best.value ? row : best), quantified[0] ?? nothing)
  const before = rows.findLast(({ time }) => time < top.time)?.time ?? Math.min(0, top.time)
  const after = rows.find(({ time }) => time > top.time)?.time
  const later = quantified.filter(({ time, value }) => time > top.time && value < top.value)
  const low = later.find(({ value }) => value < 0.4 * top.value) ?? later.at(-1)
  return {
    peak: top.value,
    peakTimes: [top.time, (before + top.time) / 2, ...(after === undefined ? [] : [(top.time + after) / 2])],
    decline: low === undefined ? undefined : log(top.value / low.value) / (low.time - top.time),
  }
}

const nothing: FitObservation = { endpoint: 0, time: 0, value: Number.NaN }

function observedStart({ from }: FittedParameter, { peak, peakTimes, decline }: Shape): number | undefined {
  if (from === 'peak') return peak
  if (from === 'time of peak') return peakTimes[0]
  if (decline === undefined) return undefined
  if (from === 'early decline') return decline
  return from === 'early half-life' ? log(2) / decline : undefined
}

function bounded(parameter: EstimatedParameter): EstimatedParameter {
  return { ...parameter, start: within(parameter.start, parameter) }
}

/** A start on the logit or probit scale lies strictly between the bounds. */
const margin = 1e-3

function within(value: number, { lower, upper, scale }: EstimatedParameter): number {
  const inset = scale === 'logit' || scale === 'probit' ? margin * (upper - lower) : 0
  return Math.min(upper - inset, Math.max(lower + inset, value))
}

function distinct(values: readonly number[]): readonly number[] {
  return [...new Set(values)]
}
