import type { DecidedDose, Regimen, RegimenDose } from '@cartkin/simulation'
import { drugName } from './dose-name.ts'

/** Doses of one drug into one state, for a line of the timeline and a block of the list. */
export interface DoseLane {
  readonly key: string
  readonly title: string
  readonly cmt: string
  /** Places of its doses in the regimen, in the order of their times. */
  readonly doses: readonly { readonly index: number; readonly dose: RegimenDose }[]
}

/** The doses of a regimen by drug and state, in the order in which they first come. */
export function doseLanes({ doses }: Pick<Regimen, 'doses'>): readonly DoseLane[] {
  const lanes = new Map<string, { index: number; dose: RegimenDose }[]>()
  doses.forEach((dose, index) => {
    const key = `${laneTitle(dose)}\n${dose.cmt}`
    const lane = lanes.get(key)
    if (lane) lane.push({ index, dose })
    else lanes.set(key, [{ index, dose }])
  })
  return [...lanes].map(([key, members]) => {
    const [title = '', cmt = ''] = key.split('\n')
    return { key, title, cmt, doses: members.toSorted((a, b) => a.dose.time - b.dose.time) }
  })
}

/** Parts of a split infusion are one drug. */
function laneTitle(dose: RegimenDose): string {
  return drugName({ ...dose, label: (dose.label ?? dose.cmt).replace(/ \([\d.]+ %\)$/, '') })
}

/** Most marks of one dose that is repeated. */
const mostMarks = 400

/** Times at which a dose is given. */
export function timesOf({ time, ii = 0, addl = 0 }: Pick<RegimenDose, 'time' | 'ii' | 'addl'>): readonly number[] {
  return Array.from({ length: Math.min(addl + 1, mostMarks) }, (_, k) => time + k * ii)
}

/** Decided doses by their rule, each time at which something is given once. */
export function decidedTimes(decided: readonly DecidedDose[]): ReadonlyMap<string, readonly number[]> {
  const rules = new Map<string, Set<number>>()
  for (const { rule, record } of decided) {
    const times = rules.get(rule) ?? new Set()
    rules.set(rule, times)
    for (const time of timesOf(record)) times.add(time)
  }
  return new Map([...rules].map(([rule, times]) => [rule, [...times].toSorted((a, b) => a - b)]))
}

/** What the timeline shows: all that is given up to the end of the run, and a week after the last of it. */
export function timelineSpan(
  { doses, milestones = [] }: Regimen,
  decided: readonly DecidedDose[],
  start: number,
  horizon: number,
): { readonly low: number; readonly high: number } {
  const times = [
    ...doses.flatMap(timesOf),
    ...milestones.map(({ time }) => time),
    ...decided.flatMap(({ record }) => timesOf(record)),
  ].filter((time) => time <= horizon)
  const low = Math.min(start, ...times)
  const last = Math.max(start, ...times)
  const shortest = (horizon - low) / 20
  return { low, high: Math.min(horizon, Math.max(last + (last - low) / 4, low + shortest)) }
}

/** In which row each mark lies so that none lies on another: places from 0 to 1, `least` apart within a row. */
export function stackedRows(places: readonly number[], least: number): readonly number[] {
  const rows: number[] = places.map(() => 0)
  const last: number[] = []
  const order = places.map((_, k) => k).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0))
  for (const k of order) {
    const place = places[k] ?? 0
    const free = last.findIndex((before) => place - before >= least)
    const row = free < 0 ? last.length : free
    rows[k] = row
    last[row] = place
  }
  return rows
}
