import type { ModelInstance } from '@cartkin/model'
import type { CovariateCourse } from '../covariates/covariate-course.ts'

/**
 * Refuses a lag that changes with covariates in a model that computes arrivals from it (`tad()`, `tlast()` and their kin of a
 * state with a lag): it would take the lag of the present for that of the last dose.
 */
export function checkLags(instance: ModelInstance, covariates: CovariateCourse, start: number, end: number): void {
  const { doseInputs, lag, states } = instance.model
  const isComputed = doseInputs.some(({ quantity }) => quantity === 'lastGiven' || quantity === 'firstGiven')
  if (!isComputed || covariates.nodes.length === 0) return
  instance.setMoment(start)
  for (const state of lag.keys()) {
    const lags = covariates.segments(start, end).map(({ from }) => {
      covariates.after(from)
      return instance.lag(state)
    })
    if (lags.some((value) => value !== lags[0])) {
      const name = states[state]?.name
      throw new RangeError(
        `lag(${name}) changes with covariates during the run, and the model computes times since doses (tad() and its kin) from it; let the covariate be constant, or leave the one or the other out`,
      )
    }
  }
}
