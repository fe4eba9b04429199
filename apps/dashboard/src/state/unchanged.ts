import { computed, type ReadonlySignal } from '@preact/signals'

/** A computed value that stays the same object while nothing of it changes. */
export function unchanged<T>(compute: () => T, isEqual: (a: T, b: T) => boolean): ReadonlySignal<T> {
  let last: { readonly value: T } | null = null
  return computed(() => {
    const value = compute()
    if (last && isEqual(last.value, value)) return last.value
    last = { value }
    return value
  })
}
