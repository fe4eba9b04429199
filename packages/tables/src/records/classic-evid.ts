import type { EventRecord } from '@cartkin/simulation'

/** What an event number of the first RxODE says: `101` is a dose into state 1. */
export interface ClassicEvid {
  readonly evid: EventRecord['evid']
  /** State by number from 1. */
  readonly cmt: number
  readonly ss?: 1 | 2
  /** Whether the state is turned off. */
  readonly off?: boolean
}

/**
 * Decodes an event number of the first RxODE from 101: hundreds of states (10⁵), kind (10⁴: 0 bolus, 4 replace, 5 multiply),
 * state (10²), and flag (1 plain, 10 steady state, 20 added steady state, 30 state off), as in rxode2's "Classic RxODE Events".
 *
 * @returns a text that says why not, for infusions and whatever has no meaning.
 */
export function classicEvid(value: number): ClassicEvid | string {
  const flag = value % 100
  const cmt = (Math.floor(value / 100) % 100) + 100 * Math.floor(value / 100_000)
  const kind = Math.floor(value / 10_000) % 10
  if (!Number.isInteger(value) || value < 101 || value >= 1e7 || cmt === 0) return 'is no event number'
  if (kind === 1 || kind === 2 || (kind >= 6 && kind <= 9))
    return 'is an infusion, which is not read from the event numbers of the first RxODE'
  if (flag === 30 && kind === 0) return { evid: 2, cmt, off: true }
  const evid = kind === 0 ? 1 : kind === 4 ? 5 : kind === 5 ? 6 : undefined
  if (evid === undefined) return 'is no event number'
  if (flag === 1) return { evid, cmt }
  if (evid === 1 && (flag === 10 || flag === 20)) return { evid, cmt, ss: flag === 10 ? 1 : 2 }
  return 'is no event number'
}
