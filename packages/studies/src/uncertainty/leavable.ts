import { type StudyContext, StudyStopped } from '../steps/study-context.ts'

/** Work on a fit that is done, such as its profiles: a wish to stop leaves it out and keeps the fit. */
export interface Leavable {
  /** Aborted when the work is left out, or the whole study ends. */
  readonly signal: AbortSignal
  /** Whether a piece of the work was left out. */
  readonly isLeft: () => boolean
  /** The result of a piece of the work, or `without` where it was left out; nothing is begun after a wish to stop. */
  run<T>(piece: () => Promise<T>, without: T): Promise<T>
}

export function leavable({ signal, watch }: Pick<StudyContext, 'signal' | 'watch'>): Leavable {
  const wish = new AbortController()
  const state = { isLeft: false }
  watch?.searched?.(() => wish.abort())
  return {
    signal: AbortSignal.any([signal, wish.signal]),
    isLeft: () => state.isLeft,
    async run(piece, without) {
      if (!wish.signal.aborted) {
        try {
          return await piece()
        } catch (error) {
          if (!(error instanceof StudyStopped && wish.signal.aborted) || signal.aborted) throw error
        }
      }
      state.isLeft = true
      return without
    },
  }
}
