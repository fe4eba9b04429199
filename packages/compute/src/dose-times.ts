import { type EventRecord, isDose } from '@cartkin/simulation'

/** Times at or before `end` at which something is given, additional doses included; ascending, without repeats. */
export function doseTimes(records: readonly EventRecord[], end: number): Float64Array {
  const times = new Set<number>()
  for (const record of records) {
    if (!isDose(record)) continue
    const { time, ii = 0, addl = 0 } = record
    for (let k = 0; k <= addl && time + k * ii <= end; k++) times.add(time + k * ii)
  }
  return Float64Array.from(times).sort()
}
