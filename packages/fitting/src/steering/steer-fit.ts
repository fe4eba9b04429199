import type { FitOptions } from '../fit.ts'
import type { FitOutcome, FitResult } from '../fit-result.ts'
import type { FitProblem } from '../problem/fit-problem.ts'
import type { TrustRegionResult } from '../search/trust-region.ts'
import { summarize } from '../summarize.ts'
import { commandQueue } from './command-queue.ts'
import type { FitControl } from './fit-control.ts'
import type { FitEvent } from './fit-event.ts'
import { fullyEvaluated, objectiveAtStart, parametersAt, standing, startLeg } from './leg.ts'
import { steered } from './steered-parameters.ts'
import { checkLog, commandText, type FitCommand, type SteeringEntry, type SteeringLog } from './steering-command.ts'
import { type Pace, timeLeft } from './time-left.ts'

export interface SteeringOptions {
  /** Commands by iteration, as an earlier fit tells them (none). */
  readonly log?: SteeringLog
  /** Whether it waits before the first iteration (false). */
  readonly paused?: boolean
  /** Whether a search that has come to its end waits for what shall be changed; `resume` then ends the fit (false). */
  readonly holdAtEnd?: boolean
}

export interface SteeredFitOptions
  extends SteeringOptions,
    Pick<FitOptions, 'search' | 'maxIterations' | 'shouldStop' | 'pause'> {
  /** Brings commands while the fit runs. */
  readonly control?: FitControl
  /** Told of everything that happens; the fit waits for what it gives back. */
  readonly onEvent?: (event: FitEvent) => void | Promise<void>
}

/**
 * A fit that can be steered: `fit`, and between its iterations commands are taken. Where one changes the problem, the search
 * goes on from the best point with the changed problem; `maxIterations` counts from there. Without commands the result is
 * that of `fit` to the last bit, and with them it depends on the iterations at which they took effect alone: `steering.log`
 * of the result, given as `log`, leads to it again.
 *
 * A stop ends with the best point of the last iteration that was told, and its covariance. A command of `control` that cannot
 * be is told as 'refused' and changes nothing; in a `log` it rejects with a RangeError, like a problem that is wrong.
 */
export async function steerFit(problem: FitProblem, options: SteeredFitOptions = {}): Promise<FitResult> {
  const { log: given = [], search, holdAtEnd = false, onEvent } = options
  checkLog(given)
  const emit = async (event: FitEvent): Promise<void> => onEvent?.(event)
  const queue = commandQueue(options.control)
  const interrupted = { now: false }
  const asked = (): boolean => {
    if (options.shouldStop?.() === true) interrupted.now = true
    return interrupted.now
  }
  const legOptions = {
    ...(search !== undefined && { search }),
    ...(options.maxIterations !== undefined && { maxIterations: options.maxIterations }),
    shouldStop: asked,
  }
  let leg = startLeg(
    problem,
    problem.estimated.map((parameter) => ({ ...parameter, fixedSince: null })),
    legOptions,
  )
  let best = leg.start
  // before this leg, and up to the last iteration that was told
  let before = { iterations: 0, evaluations: 0 }
  let done = before
  let elapsed = 0
  let paces: readonly Pace[] = []
  let isPaused = options.paused === true
  let pauseAt = Infinity
  let arrived: TrustRegionResult | null = null
  const starts = new Map(problem.estimated.map(({ name, start }) => [name, start]))
  const taken: SteeringEntry[] = []
  let next = 0

  const finish = async (outcome: FitOutcome, result: TrustRegionResult): Promise<FitResult> => {
    queue.close()
    const { iterations } = result
    const evaluation =
      result.evaluation ?? (iterations === 0 && outcome.status === 'failed' ? null : fullyEvaluated(leg, result.x))
    const summary = summarize(leg.resolved, { ...result, outcome, evaluation })
    await emit({ kind: 'ended', iteration: iterations, outcome })
    const notReached = given.slice(next)
    if (taken.length + notReached.length === 0) return summary
    const since = leg.parameters.flatMap(({ name, start, fixedSince }) =>
      fixedSince === null ? [] : [{ name, value: start, since: fixedSince }],
    )
    const begun = <E extends { readonly name: string; readonly start: number }>(
      estimate: E,
      name: string,
      factor = 1,
    ): E => ({
      ...estimate,
      start: factor * (starts.get(name) ?? NaN),
    })
    return {
      ...summary,
      estimates: summary.estimates.map((estimate) => begun(estimate, estimate.name)),
      tied: summary.tied.map((estimate) => begun(estimate, estimate.parameter, estimate.factor)),
      steering: { log: taken, notReached, estimated: leg.resolved.problem.estimated, held: since },
    }
  }

  /** The best point of the iterations told, whatever was under way. */
  const stopped = (): Promise<FitResult> => {
    taken.push({ iteration: done.iterations, command: 'stop' })
    const outcome: FitOutcome = { status: 'stopped' }
    const { iterations, evaluations } = done
    // a stop looks for no kinks
    const point = {
      outcome,
      x: best,
      kinks: [],
      evaluation: fullyEvaluated(leg, best),
      iterations,
      evaluations: evaluations + 1,
    }
    return finish(outcome, point)
  }

  /** Takes a command that waits or stands in the log; the reason where it cannot be. */
  const take = async (command: FitCommand): Promise<string | null> => {
    const iteration = done.iterations
    switch (command.command) {
      case 'stop':
        interrupted.now = true
        return null
      case 'pause':
        if (!isPaused) await paused()
        return null
      case 'resume': {
        const { iterations = Infinity } = command
        if (!isPaused) return 'the fit is not paused'
        if (!(iterations >= 1)) return `a fit goes on for 1 iteration or more, got ${iterations}`
        isPaused = false
        pauseAt = iteration + iterations
        await emit({ kind: 'resumed', iteration })
        return null
      }
    }
    const change = steered(problem, parametersAt(leg, best), command, iteration)
    if (change.status === 'refused') return change.message
    const attempt = attempted(() => startLeg(problem, change.parameters, legOptions))
    if (typeof attempt === 'string') return attempt
    const at = objectiveAtStart(attempt, search)
    if ('reason' in at) return `the objective cannot be evaluated then: ${at.reason}`
    leg = attempt
    best = attempt.start
    before = done
    arrived = null
    paces = []
    for (const { name, start } of change.parameters) if (!starts.has(name)) starts.set(name, start)
    taken.push({ iteration, ...change.command })
    const { message } = change
    const parameters = standing(leg, best, null)
    await emit({ kind: 'changed', iteration, command: change.command, message, objective: at.objective, parameters })
    return null
  }

  const paused = async (): Promise<void> => {
    isPaused = true
    await emit({ kind: 'paused', iteration: done.iterations, outcome: arrived?.outcome ?? null })
  }

  if (isPaused) await paused()
  for (;;) {
    await options.pause?.()
    for (let entry = given[next]; entry?.iteration === done.iterations && !interrupted.now; entry = given[++next]) {
      const { iteration: _, ...command } = entry
      const reason = await take(command)
      if (reason !== null)
        throw new RangeError(
          `entry ${next + 1} of the steering log (iteration ${entry.iteration}: ${commandText(entry)}): ${reason}`,
        )
    }
    if (done.iterations >= pauseAt && !isPaused) {
      pauseAt = Infinity
      await paused()
    }
    do {
      if (isPaused) await queue.wait(asked)
      for (let command = queue.take(); command !== undefined && !asked(); command = queue.take()) {
        const reason = await take(command)
        if (reason !== null) await emit({ kind: 'refused', iteration: done.iterations, command, message: reason })
      }
    } while (isPaused && !asked())
    if (asked()) return stopped()
    if (arrived !== null) return finish(arrived.outcome, totalled(arrived, before))

    const began = performance.now()
    const step = leg.steps.next()
    const seconds = (performance.now() - began) / 1000
    elapsed += seconds
    if (interrupted.now) return stopped()
    if (step.done === true) {
      if (!holdAtEnd) return finish(step.value.outcome, totalled(step.value, before))
      arrived = step.value
      await paused()
      continue
    }
    const { iteration, evaluations, x, gradients: _, ...told } = step.value
    best = x
    done = { iterations: before.iterations + iteration, evaluations: before.evaluations + evaluations }
    paces = [...paces.slice(-7), { seconds, offset: told.offset }]
    await emit({
      kind: 'iteration',
      ...told,
      iteration: done.iterations,
      evaluations: done.evaluations,
      parameters: standing(leg, best, step.value),
      elapsed,
      timeLeft: timeLeft(paces),
    })
  }
}

/** The fit that a log of steering led to: the same bits, whatever was the timing. Rejects where the log does not fit the problem. */
export function replay(
  problem: FitProblem,
  log: SteeringLog,
  options: Pick<SteeredFitOptions, 'search' | 'maxIterations' | 'shouldStop' | 'pause' | 'onEvent'> = {},
): Promise<FitResult> {
  return steerFit(problem, { ...options, log })
}

/** Counts of a leg with those before it. */
function totalled(result: TrustRegionResult, before: { readonly iterations: number; readonly evaluations: number }) {
  return {
    ...result,
    iterations: before.iterations + result.iterations,
    evaluations: before.evaluations + result.evaluations,
  }
}

function attempted<T>(work: () => T): T | string {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) return error.message
    throw error
  }
}
