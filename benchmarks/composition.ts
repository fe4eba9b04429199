import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { libraryModel } from '@cartkin/cart-models'
import { barOf } from './bars.ts'
import { composedCourse, year } from './composed-course.ts'
import { libraryContender } from './library-contender.ts'
import { LibraryCourse } from './library-course.ts'
import { median, race } from './race.ts'
import type { Question, Row } from './row.ts'

/** Default relative tolerance of a run. */
const RTOL = 1e-6

/** Milliseconds from the parts to steppers that are ready. */
const GOAL = 100

/**
 * The lupus model composed with lymphodepletion by concentration, neutrophils and tocilizumab: from its parts to steppers in
 * a process that has seen no model, and a patient's year beside that of the lupus model alone.
 */
export const composition: Question = {
  name: 'composition',
  asks: 'What does a model cost that is made of models?',
  async *run({ quick, wants }) {
    const course = composedCourse()
    if (!wants(course.id)) return
    const trial = fileURLToPath(new URL('./composition-trial.ts', import.meta.url))
    const times = Array.from({ length: quick ? 3 : 9 }, () =>
      execFileSync(process.execPath, [trial], { encoding: 'utf8' }).trim().split(' ').map(Number),
    )
    const [composing, compiling] = [0, 1].map((place) => median(times.map((trial) => trial[place]!)))
    const ready = median(times.map(([compose = Number.NaN, compile = Number.NaN]) => compose + compile))
    yield {
      ...row(course.id, 'goal'),
      ratio: GOAL / ready,
      ours: ready,
      theirs: GOAL,
      unit: 'ms',
      note: `${composing?.toFixed(0)} ms to compose, ${compiling?.toFixed(0)} ms from the text`,
    }
    yield yearRow(course.id, await raced([course, { ...libraryModel('lupus-qsp'), horizon: year }], quick))
  },
}

async function raced(entries: readonly Parameters<typeof courseOf>[0][], quick: boolean) {
  const entrants = await Promise.all(entries.map(courseOf))
  return race(entrants, quick ? 11 : 25, quick ? 2 : 1)
}

async function courseOf(entry: ConstructorParameters<typeof LibraryCourse>[0]) {
  const course = new LibraryCourse(entry)
  const contender = libraryContender(course, 'auto')
  return { contender, rtol: RTOL, error: Number.NaN, effort: (await contender.solve(RTOL)).effort }
}

function yearRow(id: string, [ours, theirs]: Awaited<ReturnType<typeof raced>>): Row {
  if (ours === undefined || theirs === undefined) throw new Error('two courses are raced')
  return {
    ...row(`${id} year`, 'lupus-qsp'),
    ratio: median(theirs.samples.map((sample, k) => sample / ours.samples[k]!)),
    ours: median(ours.samples),
    theirs: median(theirs.samples),
    unit: 'µs',
    note: `${ours.effort.steps} steps, ${theirs.effort.steps}`,
  }
}

const row = (problem: string, rival: string) => ({
  question: 'composition',
  problem,
  method: 'auto',
  rival,
  target: Number.NaN,
  achievedError: Number.NaN,
  rivalError: Number.NaN,
  state: 'measured' as const,
  ...barOf('composition', problem, rival, Number.NaN),
})
