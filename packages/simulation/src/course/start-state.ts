/**
 * The state in which a run begins, where that is not x(0) of the text. Nothing has been given by then; a reset leads back to
 * this state.
 */
export interface StartState {
  /** Amounts of states, by name, in place of those of x(0); what a burn-in or a search begins with. */
  readonly values?: Readonly<Record<string, number>>
  /**
   * What happens before the run begins: the untreated model runs for `duration` up to the start, with its time; or it comes
   * to rest, with time (and covariates) held at the start. Absent: nothing.
   */
  readonly settle?: { readonly kind: 'burn-in'; readonly duration: number } | { readonly kind: 'steady-state' }
}
