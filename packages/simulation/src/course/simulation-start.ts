import type { EventRecord } from '../records/event-record.ts'

/** Where a run begins: the given start, or 0, or the first record or wanted time if that is earlier. */
export function simulationStart(records: readonly EventRecord[], times: ArrayLike<number>, start = 0): number {
  let first = start
  for (const record of records) first = Math.min(first, record.time)
  if (times.length > 0) first = Math.min(first, times[0]!)
  return first
}
