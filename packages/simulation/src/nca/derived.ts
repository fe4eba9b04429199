import { type Found, undefinedBecause } from '../results/found.ts'

/** A figure made of others; where one of them is not defined, neither is it, for the same reason. */
export function derived(inputs: readonly Found[], compute: (...values: number[]) => number): Found {
  const missing = inputs.find(({ value }) => Number.isNaN(value))
  if (missing !== undefined) return undefinedBecause(missing.note)
  const value = compute(...inputs.map((input) => input.value))
  return Number.isFinite(value) ? { value, note: '' } : undefinedBecause('a division by 0')
}
