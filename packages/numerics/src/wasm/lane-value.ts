/** A number in each lane. */
export interface LaneNumber {
  readonly kind: 'number'
  readonly local: number
}

/** The bit pattern of a number in each lane, for integer arithmetic modulo 2^64. */
export interface LaneBits {
  readonly kind: 'bits'
  readonly local: number
}

/** A truth value in each lane. */
export interface LaneMask {
  readonly kind: 'mask'
  readonly local: number
}

/** A number of each lane, or one constant for all. */
export type Operand = LaneNumber | number
