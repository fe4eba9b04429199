import type { SubjectRun } from '../course/subject-run.ts'

/** Samples per accepted step: enough to bracket every extreme of a quartic or quintic piece. */
const PER_STEP = 6

/** Times at which a run is sampled, ascending; an event time occurs twice, first before it, as `before` says, then after. Those of steps that end by `from` are left out. */
export function sampleTimes(
  run: SubjectRun,
  from = Number.NEGATIVE_INFINITY,
): {
  readonly times: Float64Array<ArrayBuffer>
  readonly before: Uint8Array
} {
  const { knots, eventTimes } = run
  const isEvent = new Set(eventTimes)
  const first = knots.findIndex((_, k) => !(knots[k + 1]! <= from))
  const times = run.memory.column(0, Math.max(knots.length - 1 - first, 0) * (PER_STEP + 1) + 2)
  const before = new Uint8Array(times.length)
  let count = 0
  if (knots.length > 0) times[count++] = knots[first]!
  for (let k = Math.max(first, 0); k + 1 < knots.length; k++) {
    const a = knots[k]!
    const b = knots[k + 1]!
    for (let s = 1; s < PER_STEP; s++) times[count++] = a + (s / PER_STEP) * (b - a)
    if (isEvent.has(b)) {
      before[count] = 1
      times[count++] = b
    }
    times[count++] = b
  }
  return { times: times.subarray(0, count), before: before.subarray(0, count) }
}
