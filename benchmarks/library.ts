import { type LibraryModel, libraryModels } from '@cartkin/cart-models'
import { methods, rodas5p } from 'ode-ts'
import { libraryContender } from './library-contender.ts'
import { LibraryCourse } from './library-course.ts'
import { type ErrorOf, type Matched, matchError } from './match-error.ts'
import { achievedError } from './problems/problem.ts'
import { median, race, type Timed } from './race.ts'
import type { Question, Row, Work } from './row.ts'

/** Default relative tolerance of a run. */
const DEFAULT = 1e-6
const TARGET = 1e-6
const PATIENTS = 1000

const sensitive = new Set(methods.filter(({ kind }) => kind !== 'collocation').map(({ name }) => name))

interface Effort {
  readonly rounds: number
  /** Divides the time that a method runs before and between the clock's readings. */
  readonly haste: number
  /** Milliseconds for the search of a method's tolerance. */
  readonly patience: number
  /** Patients that are run; the time is given for 1,000. */
  readonly patients: number
}

/**
 * Each library model: the course of its typical patient with the automatic choice of the method, beside the quickest of
 * the methods at the same tolerance, the default, and at the same achieved error; and 1,000 patients on one thread.
 */
export const library: Question = {
  name: 'library',
  asks: 'How long do the models of the library take, and is the automatic choice of the method the quickest?',
  async *run({ quick, wants }) {
    const effort: Effort = quick
      ? { rounds: 5, haste: 25, patience: 800, patients: 20 }
      : { rounds: 15, haste: 1, patience: 4_000, patients: PATIENTS }
    for (const entry of libraryModels) if (wants(entry.id)) yield* rowsOf(entry, effort)
  },
}

async function* rowsOf(entry: LibraryModel, effort: Effort): AsyncIterable<Row> {
  const course = new LibraryCourse(entry)
  const errorOf = errorAgainst(course)
  const equal: Matched[] = []
  const matched: Matched[] = []
  for (const method of ['auto', ...methods] as const) {
    const contender = libraryContender(course, method)
    const { values, effort: work } = await contender.solve(DEFAULT)
    const error = errorOf(values)
    // a method that cannot do it, as an explicit one in a stiff model
    if (Number.isNaN(error)) continue
    equal.push({ contender, rtol: DEFAULT, error, effort: work })
    const match = await matchError(contender, TARGET, errorOf, effort.patience)
    if (match !== null) matched.push(match)
  }
  const { rounds, haste, patients } = effort
  const size = `${course.states.length} states`
  yield autoAgainstBest(entry.id, Number.NaN, size, await race(equal, rounds, haste))
  yield autoAgainstBest(entry.id, TARGET, size, await race(matched, rounds, haste))
  yield population(entry.id, course, patients)
}

/** Errors of courses, relative to values no less than a thousandth of a state's largest. */
function errorAgainst(course: LibraryCourse): ErrorOf {
  const n = course.states.length
  const largest = (values: Float64Array) =>
    course.states.map((_, i) =>
      values.reduce((most, value, k) => (k % n === i ? Math.max(most, Math.abs(value)) : most), 0),
    )
  const scale = largest(course.values(course.run({})))
  const atolByState = Object.fromEntries(course.states.map((name, i) => [name, 1e-13 * (scale[i] || 1)]))
  const run = course.run({ method: rodas5p, rtol: 1e-10, atolByState, maxSteps: 1e6 })
  if (run.outcome.status !== 'finished') throw new Error(`no reference: ${JSON.stringify(run.outcome)}`)
  const exact = course.values(run)
  const floor = largest(exact).map((most) => 1e-3 * (most || 1))
  return (values) => achievedError(floor, values, exact)
}

/**
 * A row in which 'auto' is ours and the rival the quickest of the methods that carry sensitivities; where one that does
 * not is quicker than both, the note tells.
 */
function autoAgainstBest(problem: string, target: number, size: string, timed: readonly Timed[]): Row {
  const auto = timed.find(({ contender }) => contender.name === 'auto')
  const others = timed.filter((one) => one !== auto).toSorted((a, b) => median(a.samples) - median(b.samples))
  const best = others.find(({ contender }) => sensitive.has(contender.name))
  const [first] = others
  const isComplete = auto !== undefined && best !== undefined
  const steps = `${size}; ${auto?.effort.steps} steps, ${best?.effort.steps}`
  const isFirstOther = isComplete && first !== undefined && first !== best && ratioOf(first, auto) < 1
  return {
    ...ownRow(problem),
    rival: best?.contender.name ?? 'none',
    target,
    ratio: isComplete ? ratioOf(best, auto) : Number.NaN,
    ours: auto === undefined ? Number.NaN : median(auto.samples),
    theirs: best === undefined ? Number.NaN : median(best.samples),
    achievedError: auto?.error ?? Number.NaN,
    rivalError: best?.error ?? Number.NaN,
    state: isComplete ? 'measured' : 'missed',
    note: isFirstOther ? `${steps}; ${first.contender.name} ${ratioOf(first, auto).toFixed(2)}x` : steps,
    work: { ours: workOf(auto), theirs: workOf(best) },
  }
}

/** Median over the rounds of theirs / ours. */
const ratioOf = (theirs: Timed, ours: Timed): number =>
  median(theirs.samples.map((sample, k) => sample / ours.samples[k]!))

const workOf = (timed: Timed | undefined): Work | null =>
  timed === undefined ? null : { rtol: timed.rtol, ...timed.effort }

/** The time that 1,000 patients take. */
function population(problem: string, course: LibraryCourse, patients: number): Row {
  for (let k = 0; k < patients / 10; k++) course.patient(k)
  const start = process.cpuUsage()
  let unfinished = 0
  for (let k = 0; k < patients; k++) if (course.patient(k).outcome.status !== 'finished') unfinished++
  const { user, system } = process.cpuUsage(start)
  return {
    ...ownRow(`${problem} ×${PATIENTS}`),
    ours: ((user + system) / 1000) * (PATIENTS / patients),
    unit: 'ms',
    note: `${course.variability}${unfinished === 0 ? '' : `; ${unfinished} of ${patients} did not finish`}`,
  }
}

const ownRow = (problem: string): Row => ({
  question: 'library',
  problem,
  method: 'auto',
  rival: 'none',
  target: Number.NaN,
  ratio: Number.NaN,
  ours: Number.NaN,
  theirs: Number.NaN,
  unit: 'µs',
  achievedError: Number.NaN,
  rivalError: Number.NaN,
  state: 'absent',
  ...{ reach: null, aim: null, bar: null },
})
