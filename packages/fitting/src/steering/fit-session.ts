import type { FitResult } from '../fit-result.ts'
import type { FitProblem } from '../problem/fit-problem.ts'
import { type FitControl, fitControl } from './fit-control.ts'
import type { FitEvent } from './fit-event.ts'
import { type SteeredFitOptions, steerFit } from './steer-fit.ts'
import type { FitCommand, ProblemCommand } from './steering-command.ts'

/** What a session needs of the fit it is about. */
export interface SessionHooks {
  readonly control: FitControl
  readonly onEvent: (event: FitEvent) => void | Promise<void>
}

/**
 * A fit under way, its events in their order and commands to it. Commands take effect at the next boundary between two
 * iterations; those that cannot be are answered by an event 'refused' and change nothing.
 *
 * `for await (const event of session)` may be written once. A fit that runs on this thread then waits for the loop: a command
 * sent in its body takes effect after the very iteration that it saw.
 */
export interface FitSession<R = FitResult> extends AsyncIterable<FitEvent> {
  readonly status: 'running' | 'paused' | 'ended'
  /** The last event. */
  readonly last: FitEvent | null
  send(command: FitCommand): void
  pause(): void
  /** Goes on; with `iterations`, pauses again after as many. */
  resume(iterations?: number): void
  /** Holds a parameter, at its best value where none is given. */
  fix(parameter: string, value?: number): void
  /** Estimates a parameter that was held. */
  free(parameter: string, options?: Omit<Extract<ProblemCommand, { command: 'free' }>, 'command' | 'parameter'>): void
  /** Moves bounds; one that is absent stays. */
  bound(parameter: string, bounds: { readonly lower?: number; readonly upper?: number }): void
  /** Goes on from another value. */
  value(parameter: string, value: number): void
  /** Ends the fit: its result is the best point with its covariance. */
  stop(): void
  readonly result: Promise<R>
}

/** Begins a steered fit on this thread. */
export function fitSession(
  problem: FitProblem,
  options: Omit<SteeredFitOptions, 'control' | 'onEvent'> = {},
): FitSession {
  return sessionOf((hooks) => steerFit(problem, { ...options, ...hooks }))
}

/** A session about a fit that runs anywhere. It begins after the present task, so that a loop over its events misses none. */
export function sessionOf<R>(run: (hooks: SessionHooks) => Promise<R>): FitSession<R> {
  const control = fitControl()
  const held: { status: FitSession['status']; last: FitEvent | null; reader: Reader | null } = {
    status: 'running',
    last: null,
    reader: null,
  }
  const onEvent = (event: FitEvent): void | Promise<void> => {
    held.last = event
    if (event.kind === 'paused') held.status = 'paused'
    if (event.kind === 'resumed') held.status = 'running'
    return held.reader?.put(event)
  }
  const result = Promise.resolve()
    .then(() => run({ control, onEvent }))
    .finally(() => {
      held.status = 'ended'
      held.reader?.end()
    })
  // the reader of the result hears of a failure; a reader of events alone shall not bring the process down
  result.catch(() => {})
  return {
    get status() {
      return held.status
    },
    get last() {
      return held.last
    },
    result,
    send: (command) => control.send(command),
    pause: () => control.send({ command: 'pause' }),
    resume: (iterations) => control.send({ command: 'resume', ...(iterations !== undefined && { iterations }) }),
    fix: (parameter, value) => control.send({ command: 'fix', parameter, ...(value !== undefined && { value }) }),
    free: (parameter, options) => control.send({ command: 'free', parameter, ...options }),
    bound: (parameter, bounds) => control.send({ command: 'bound', parameter, ...bounds }),
    value: (parameter, value) => control.send({ command: 'value', parameter, value }),
    stop: () => control.send({ command: 'stop' }),
    [Symbol.asyncIterator]() {
      if (held.reader !== null)
        throw new RangeError('the events of a fit can be read once; keep them where they are read')
      held.reader = eventReader(held.status === 'ended')
      return held.reader.events
    },
  }
}

interface Reader {
  readonly events: AsyncIterableIterator<FitEvent>
  /** Done when the event has been read and the next one is asked for. */
  put(event: FitEvent): Promise<void> | void
  end(): void
}

function eventReader(isOver: boolean): Reader {
  const kept: { readonly event: FitEvent; readonly done: () => void }[] = []
  const state: { ended: boolean; left: boolean; wake: (() => void) | null; reading: (() => void) | null } = {
    ended: isOver,
    left: false,
    wake: null,
    reading: null,
  }
  const events: AsyncIterableIterator<FitEvent> = {
    [Symbol.asyncIterator]: () => events,
    async next() {
      state.reading?.()
      state.reading = null
      while (kept.length === 0 && !state.ended) await new Promise<void>((wake) => (state.wake = wake))
      const first = kept.shift()
      if (first === undefined) return { done: true, value: undefined }
      state.reading = first.done
      return { done: false, value: first.event }
    },
    async return() {
      state.left = true
      state.reading?.()
      for (const { done } of kept.splice(0)) done()
      return { done: true, value: undefined }
    },
  }
  return {
    events,
    put(event) {
      if (state.left) return
      return new Promise((done) => {
        kept.push({ event, done })
        state.wake?.()
      })
    },
    end() {
      state.ended = true
      state.wake?.()
    },
  }
}
