/** Whose curves and values stand out in all panels: virtual patients by their numbers from 0, subjects of the data by name. */
export interface Selected {
  readonly virtual: readonly number[]
  readonly subjects: readonly string[]
}

export const noneSelected: Selected = { virtual: [], subjects: [] }

export function isNoneSelected({ virtual, subjects }: Selected): boolean {
  return virtual.length === 0 && subjects.length === 0
}

/** With `isMore`, those found are added, or one that is there is taken away; without, they take the place of what was there. */
export function selectedWith(before: Selected, found: Selected, isMore: boolean): Selected {
  if (!isMore) return found
  return {
    virtual: joined(before.virtual, found.virtual).toSorted((a, b) => a - b),
    subjects: joined(before.subjects, found.subjects),
  }
}

function joined<T>(before: readonly T[], found: readonly T[]): readonly T[] {
  const [one] = found
  if (found.length === 1 && one !== undefined && before.includes(one)) return before.filter((each) => each !== one)
  return [...new Set([...before, ...found])]
}
