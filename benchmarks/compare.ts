import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { barOf } from './bars.ts'
import { type ErrorOf, type Matched, matchError } from './match-error.ts'
import type { Contender } from './peers/contender.ts'
import { median, race, type Timed } from './race.ts'
import type { Row, Work } from './row.ts'
import { workPrecision } from './work-precision.ts'
import { workPrecisionSvg } from './work-precision-svg.ts'

/** Milliseconds after which one of our methods that has not met a target is left out. */
const OWN_PATIENCE = 4000

export interface Comparison {
  readonly question: string
  readonly problem: string
  /** Our methods; the quickest at each target is held against the rivals, and 'auto' where it is among them. */
  readonly own: readonly Contender[]
  /** Rivals by name, of several ways to run one the quickest at each target; null where it is not installed. */
  readonly rivals: Readonly<Record<string, Contender | readonly Contender[] | null>>
  readonly errorOf: ErrorOf
  readonly targets: readonly number[]
  readonly rounds: number
  /** Solves in one pass: times are given for one. */
  readonly passes?: number
  /** Folder for a work-precision diagram; null: none. */
  readonly plot: string | null
}

/** Rows of one problem: at each target every contender runs at the tolerance that just meets it, in alternating rounds. */
export async function* compare(comparison: Comparison): AsyncIterable<Row> {
  const { own, rivals, targets, rounds, errorOf } = comparison
  const contenders = [...own, ...Object.values(rivals).flatMap((rival) => rival ?? [])]
  try {
    for (const target of targets) {
      const matched: Matched[] = []
      for (const contender of contenders) {
        const patience = own.includes(contender) ? OWN_PATIENCE : Number.POSITIVE_INFINITY
        const match = await matchError(contender, target, errorOf, patience)
        if (match !== null) matched.push(match)
      }
      yield* rowsAt(comparison, target, await race(matched, rounds))
    }
    if (comparison.plot !== null) {
      mkdirSync(comparison.plot, { recursive: true })
      const svg = workPrecisionSvg(comparison.problem, await workPrecision(contenders, errorOf))
      writeFileSync(join(comparison.plot, `${comparison.problem}.svg`), svg)
    }
  } finally {
    for (const contender of contenders) contender.close()
  }
}

function rowsAt(comparison: Comparison, target: number, timed: readonly Timed[]): readonly Row[] {
  const { question, problem, own, rivals, passes = 1 } = comparison
  const mine = quickest(timed, own)
  const auto = own.find(({ name }) => name === 'auto')
  return Object.entries(rivals).map(([name, rival]): Row => {
    const theirs = rival === null ? null : quickest(timed, [rival].flat())
    return {
      question,
      problem,
      method: mine?.contender.name ?? 'none',
      rival: name,
      target,
      ratio: ratioOf(theirs, mine),
      ours: mine ? median(mine.samples) / passes : Number.NaN,
      theirs: theirs ? median(theirs.samples) / passes : Number.NaN,
      unit: 'µs',
      achievedError: mine?.error ?? Number.NaN,
      rivalError: theirs?.error ?? Number.NaN,
      state: rival === null ? 'absent' : theirs === null || mine === null ? 'missed' : 'measured',
      ...(auto !== undefined && { auto: ratioOf(theirs, quickest(timed, [auto])) }),
      work: { ours: workOf(mine), theirs: workOf(theirs) },
      ...barOf(question, problem, name, target),
    }
  })
}

/** That with the least median of the contenders which met the target; null where none did. */
function quickest(timed: readonly Timed[], contenders: readonly Contender[]): Timed | null {
  return timed
    .filter(({ contender }) => contenders.includes(contender))
    .reduce<Timed | null>((a, b) => (a === null || median(b.samples) < median(a.samples) ? b : a), null)
}

/** Median over the rounds of theirs / ours. */
function ratioOf(theirs: Timed | null, ours: Timed | null): number {
  if (theirs === null || ours === null) return Number.NaN
  return median(theirs.samples.map((sample, k) => sample / ours.samples[k]!))
}

function workOf(timed: Timed | null): Work | null {
  return timed === null ? null : { rtol: timed.rtol, ...timed.effort }
}
