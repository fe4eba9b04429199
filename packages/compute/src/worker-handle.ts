import type { Endpoint } from 'comlink'

/** A worker of either kind as the pool sees it. */
export interface WorkerHandle {
  readonly endpoint: Endpoint
  /** Names who is told, with the reason, when the worker dies or sends what cannot be read. */
  onDeath(listener: (reason: string) => void): void
  terminate(): void
}
