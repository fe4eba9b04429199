import type { FitOutcome, FitResult, TimeLeft } from '@cartkin/fitting'
import type { FinishedFit } from '../../state/fit-run.ts'
import { formatNumber } from '../controls/format-number.ts'

/** How a fit ended, in words. */
export function endText({ results, seconds }: FinishedFit): string {
  const time = durationText(seconds)
  if (results.kind === 'individual') {
    const { fits, stopped } = results
    const done = fits.filter((fit) => fit.status === 'fitted').length
    const told = `${done} of ${fits.length} subjects fitted (${time}).`
    return stopped ? `Stopped by you. Best values kept: ${told}` : told
  }
  const { best, fits, falls } = results
  if (!falls) return outcomeText(best.outcome, best.iterations, time)
  const ended = fits.filter(({ outcome }) => outcome.status !== 'stopped').length
  const first =
    ended < fits.length
      ? `Stopped by you: ${ended} of ${fits.length} starts were done. Best values kept.`
      : outcomeText(best.outcome, best.iterations, time)
  return `${first} ${falls.message.charAt(0).toUpperCase()}${falls.message.slice(1)}.`
}

export function outcomeText(outcome: FitOutcome, iterations: number, time: string): string {
  switch (outcome.status) {
    case 'converged':
      return `Converged in ${iterations} iterations (${time}).`
    case 'stopped':
      return `Stopped by you at iteration ${iterations}. Best values kept.`
    case 'iteration-limit':
      return `Stopped at the limit of ${iterations} iterations. Best values kept.`
    case 'failed':
      return `Failed: ${outcome.message}`
  }
}

export function durationText(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}

export function timeLeftText(timeLeft: TimeLeft | null): string {
  return timeLeft === null ? '' : `some ${durationText(timeLeft.seconds)} left`
}

/** Of a relative standard error: a number, or why there is none. */
export function percentText(relative: number): string {
  if (!Number.isFinite(relative)) return 'n/e'
  const percent = 100 * relative
  return `${percent < 10 ? percent.toFixed(1) : formatNumber(percent)} %`
}

/** Why a parameter of a fit has no standard error. */
export function unestimatedReason(result: FitResult, name: string): string {
  const estimate = result.estimates.find((one) => one.name === name)
  if (estimate?.atBound) return `it is at its ${estimate.atBound} bound`
  const kink = result.kinks.find((one) => one.name === name)
  if (kink) return kink.message
  const set = result.collinear.find(({ names }) => names.includes(name))
  return set ? set.message : 'its standard error cannot be computed from these data'
}
