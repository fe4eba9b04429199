import type { MemoryLayout } from '../code/memory-layout.ts'

const numbers = [
  // what is asked for
  'busy',
  'now',
  'target',
  'maxStep',
  'shortest',
  'mostAccepted',
  'mostAttempts',
  'mostRejections',
  'stiffLimit',
  'lookShare',
  'stiffCap',
  'mostLooks',
  // step control, kept from attempt to attempt
  'step',
  'lastStep',
  'lastRoot',
  'afterRejection',
  'rejections',
  'steps',
  'looks',
  // what happened
  'accepted',
  'attempts',
  'extensions',
  'isAccepted',
  'isFull',
  'stop',
  // addresses, in the low word
  'log',
  'logEnd',
  'times',
  'timesEnd',
  'samples',
] as const

/**
 * Where `march` of a kernel finds and leaves what it needs, one number or address of each lane:
 *
 * - `busy`: 1 in the lanes that are to go on, 0 in the others;
 * - `now`: time reached; `target`: where to stop; `maxStep`; `shortest`: least step besides the resolution of time;
 * - `mostAccepted`, `mostAttempts`, `mostRejections`: numbers of accepted steps, of attempts, and of rejections in a row
 *   after which to come back;
 * - `stiffLimit`, `lookShare` (1/every), `stiffCap`, `mostLooks`, `steps`, `looks`: the `StiffnessWatch` of an explicit method; a
 *   limit of Infinity is none;
 * - `step`: next step; `lastStep`, `lastRoot`, `afterRejection` (0 or 1): memory of the step controller;
 *   `rejections`: number of rejections in a row;
 * - `accepted`, `attempts`, `extensions`: what was done: accepted steps, attempts, continuous extensions;
 * - `isAccepted`: 1 where the last attempt was accepted;
 * - `isFull`: 1 where there is no room for the output of another step;
 * - `stop`: why it came back, a `MarchStop`;
 * - `log` to `logEnd`: room for accepted steps (`log` 0: none wanted); each takes its start, its end and the rows z0, z1,
 *   K_1 …, each with a number more where n is odd;
 * - `times` to `timesEnd`: times at which the solution is wanted, ascending, Infinity after the last; `samples`: where it
 *   is to go, n numbers for each.
 */
export type MarchSlots = Readonly<Record<(typeof numbers)[number], number>>

export function marchSlots(layout: MemoryLayout): MarchSlots {
  return Object.fromEntries(numbers.map((name) => [name, layout.number()])) as MarchSlots
}

/** Why a march came back in a lane. */
export const MarchStop = {
  /** It did not: the other lane did. */
  none: 0,
  target: 1,
  /** After as many steps or attempts as were asked for, or when there was no more room for output. */
  limit: 2,
  /** The last attempt gave a norm that is not finite, or a factorization that is not to be trusted. */
  odd: 3,
  /** The step fell below the resolution of time. */
  small: 4,
} as const
