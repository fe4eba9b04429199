import type { FitEvent, SteeredIteration } from '@cartkin/fitting'
import type { RunningFit } from './fit-run.ts'

/** Between two updates of what a running fit shows, milliseconds; slower where motion is to be reduced. */
const updateMilliseconds = 50
const calmMilliseconds = 1000
export interface PlacedEvent {
  /** Of the search among all starts. */
  readonly place: number
  readonly event: FitEvent
}

/** A running fit after some more events. */
export function withEvents(running: RunningFit, events: readonly PlacedEvent[]): RunningFit {
  const searches = running.searches.map((iterations) => [...iterations])
  const log = [...running.log]
  let { phase } = running
  for (const { place, event } of events) {
    switch (event.kind) {
      case 'iteration':
        while (searches.length <= place) searches.push([])
        searches[place]?.push(event)
        break
      case 'changed':
      case 'refused':
        log.push(`After iteration ${event.iteration}: ${event.message}`)
        break
      case 'paused':
        if (phase === 'pausing' || phase === 'running') phase = 'paused'
        break
      case 'resumed':
        if (phase === 'paused') phase = 'running'
        break
    }
  }
  return { ...running, searches, log, phase }
}

/** The best values of a fit of all together so far; null before the first. */
export function bestSoFar({ searches }: RunningFit): Readonly<Record<string, number>> | null {
  const last = searches.flatMap((iterations): SteeredIteration[] => {
    const latest = iterations.at(-1)
    return latest ? [latest] : []
  })
  const [first, ...others] = last
  if (!first) return null
  const best = others.reduce((lowest, one) => (one.best < lowest.best ? one : lowest), first)
  return Object.fromEntries(best.parameters.map(({ name, value }) => [name, value]))
}

/** Runs a task at most once in a while. */
export function throttled(task: () => void): { soon(): void; now(): void } {
  let waiting: ReturnType<typeof setTimeout> | undefined
  const now = (): void => {
    clearTimeout(waiting)
    waiting = undefined
    task()
  }
  return {
    soon() {
      waiting ??= setTimeout(now, prefersCalm() ? calmMilliseconds : updateMilliseconds)
    },
    now,
  }
}

/** Events that are passed on together. */
export function gathered(take: (events: readonly PlacedEvent[]) => void): {
  add(event: PlacedEvent): void
  flush(): void
} {
  let kept: PlacedEvent[] = []
  const { soon, now } = throttled(() => {
    if (kept.length === 0) return
    const events = kept
    kept = []
    take(events)
  })
  return {
    add(event) {
      kept.push(event)
      // what was asked for is answered at once; of several starts each comes to an end, which nobody asked for
      if (event.event.kind === 'iteration' || event.event.kind === 'ended') soon()
      else now()
    },
    flush: now,
  }
}

function prefersCalm(): boolean {
  return globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false
}
