/** Whose values are drawn, and which of the draws for this subject it is: 0, or a later one where those before were dropped. */
export interface DrawKey {
  readonly seed: number
  /** The subject, from 0. */
  readonly index: number
  readonly attempt?: number
}

/** Names the random numbers of a draw: those of a later one have nothing in common with those before. */
export function studyOfDraw(study: string, { attempt = 0 }: DrawKey): string {
  return attempt === 0 ? study : `${study}, draw ${attempt}`
}
