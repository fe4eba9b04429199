/** Index of the first entry that is no finite number, -1 where there is none. */
export function firstNotFinite(v: Float64Array): number {
  for (let i = 0; i < v.length; i++) if (!Number.isFinite(v[i]!)) return i
  return -1
}
