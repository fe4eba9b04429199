import type { Progress } from '@cartkin/compute'
import type { FitControl } from '@cartkin/fitting'

/** A fit of a study that runs. */
export interface WatchedFit {
  readonly step: string
  /** What its start is called. */
  readonly label: string
  /** 'pauses': pause, resume and stop alone, where there are several fits beside one another. */
  readonly takes: 'everything' | 'pauses'
  readonly control: FitControl
}

export type WatchedProgress = Extract<Progress, { readonly kind: 'steering' | 'subject-iteration' | 'refused' }>

/** Sees the fits of a study while they run, and may steer them. */
export interface FitWatch {
  /** Whether a fit waits before its first iteration, and at its end for what shall be changed (false). */
  readonly paused?: boolean
  readonly holdAtEnd?: boolean
  begin(fit: WatchedFit): void
  told(fit: WatchedFit, progress: WatchedProgress): void
  end(fit: WatchedFit): void
  /** Told that the search of a step is over: `leave` leaves out what is made of the fit, such as profiles, and keeps the fit. */
  searched?(leave: () => void): void
}
