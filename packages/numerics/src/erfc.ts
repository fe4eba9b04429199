import { erf } from './erf.ts'
import { erfcTail } from './erfc-tail.ts'

/** 1 − erf x, accurate also in the far tail, with the same bits in every engine; error below 1.5 units in the last place. */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return NaN
  const magnitude = Math.abs(x)
  if (magnitude < 0.5) return 1 - erf(x)
  if (magnitude > 27.3) return x > 0 ? 0 : 2
  const tail = erfcTail(magnitude)
  return x > 0 ? tail : 2 - tail
}
