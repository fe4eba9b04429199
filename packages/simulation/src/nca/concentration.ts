/** One measured or simulated value. Time from any origin and in any unit, the same in a series. */
export interface Concentration {
  readonly time: number
  /** The value; where it is censored, the limit beyond which it lies. 0 and less count as below quantification. */
  readonly value: number
  /** 'left': below the lower limit of quantification; 'right': above the upper limit, at which it is then taken. */
  readonly censored?: 'left' | 'right'
}
