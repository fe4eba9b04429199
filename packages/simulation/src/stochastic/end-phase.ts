import type { Model } from '@cartkin/model'
import { log } from '@cartkin/numerics'
import { quantities } from '../course/quantities.ts'
import type { SubjectRun } from '../course/subject-run.ts'
import { CourseSamples } from '../results/course-samples.ts'
import { BirthDeathCourse } from './birth-death-course.ts'
import type { ExtinctionRule } from './extinction-rule.ts'

/** The time in which chance rules a population of cells. */
export interface EndPhase {
  /** When there are no more cells than the threshold. */
  readonly entered: number
  /** When they would be as many again, were chance not to rule; at the latest the end of the run. */
  readonly left: number
  /** Cells at `entered`: the threshold, or fewer where the phase begins with the course. */
  readonly cells: number
  /** Descendants of one cell of `entered`, up to the end of the run. */
  readonly descendants: BirthDeathCourse
  /** Probability that no cell is left at `left`. */
  readonly probability: number
}

/** Rates below 0 by no more than this are an error within the tolerances of the solver. */
const tolerated = 1e-6

/**
 * The first end phase of a run after `from`; null where the cells never become fewer than the threshold. Only the rates and
 * the time of the beginning are read from the run: how few cells it shows afterwards does not matter.
 *
 * Throws a RangeError for a rule that does not fit the model.
 */
export function endPhase(
  model: Model,
  parameters: Float64Array,
  run: SubjectRun,
  rule: ExtinctionRule,
  from = run.start,
): EndPhase | null {
  const { quantity, cellsPerUnit, threshold } = rule
  const q = checkRule(model, rule)
  if (!(from < run.end)) return null
  const entered = new CourseSamples(run, [q]).firstCrossing(q, from, run.end, threshold / cellsPerUnit, -1)
  if (!(entered < run.end)) return null
  const cells = entered > from ? threshold : Math.round(run.value(q, entered) * cellsPerUnit)
  if (!(cells >= 0)) throw new RangeError(`${quantity} begins below 0, so that no cells can be counted`)
  const descendants = new BirthDeathCourse(
    {
      birth: rateOf(model, parameters, run, rule.birth),
      death: rateOf(model, parameters, run, rule.death),
      jumps: run.eventTimes,
    },
    entered,
    run.end,
  )
  const again = descendants.firstMeanAbove(log(threshold / cells), entered)
  const left = Number.isNaN(again) ? run.end : again
  return { entered, left, cells, descendants, probability: descendants.extinctionProbability(left, cells) }
}

/** Throws a RangeError for a rule that does not fit the model; gives the place of its quantity. */
function checkRule({ states }: Model, { quantity, cellsPerUnit, threshold }: ExtinctionRule): number {
  const q = states.findIndex(({ name }) => name === quantity)
  if (q < 0) throw new RangeError(`extinction is of ${quantity}, which is not a state of the model`)
  if (!(Number.isSafeInteger(threshold) && threshold >= 1 && threshold <= 1e6))
    throw new RangeError(
      `extinction needs a threshold that is a whole number of cells from 1 to 1000000, got ${threshold}`,
    )
  if (!(cellsPerUnit > 0 && cellsPerUnit < Number.POSITIVE_INFINITY))
    throw new RangeError(`extinction needs cellsPerUnit above 0, got ${cellsPerUnit}`)
  return q
}

/** A rate over time: a quantity of the run, or a parameter. */
function rateOf(model: Model, parameters: Float64Array, run: SubjectRun, name: string): (t: number) => number {
  const q = quantities(model).findIndex((quantity) => quantity.name === name)
  if (q >= 0)
    return (t) => {
      const value = run.value(q, t)
      return value < 0 && value > -tolerated ? 0 : value
    }
  const value = parameters[model.parameters.findIndex((parameter) => parameter.name === name)]
  if (value === undefined)
    throw new RangeError(`extinction reads the rate ${name}, which is no parameter, state or output of the model`)
  return () => value
}
