import type { FitSubject } from '../problem/fit-problem.ts'

/** Why subjects cannot be fitted each alone by plans of their ids: two have one id, or a plan is of none. Undefined where they can. */
export function plansFault(subjects: readonly FitSubject[], plans: ReadonlyMap<string, unknown>): string | undefined {
  const ids = new Set<string>()
  for (const { id } of subjects) {
    if (ids.has(id)) return `two subjects are called ${id}; give each its own id`
    ids.add(id)
  }
  const stray = plans.keys().find((id) => !ids.has(id))
  return stray === undefined ? undefined : `there is a plan for subject ${stray}, which is not among the subjects`
}
