import { difference } from './difference.ts'
import type { Kept } from './history.ts'
import type { ProjectDocument } from './project-document.ts'
import { canonicalJson, canonicalWriter } from './write-document.ts'

/** A document and its past, as texts: what is saved. */
export interface SavedHistory {
  /** The document as canonical JSON. */
  readonly document: string
  /** Steps that undo takes back, the newest last: each with what turns the state after it into the one before, as JSON. */
  readonly past: readonly SavedStep[]
}

export interface SavedStep {
  readonly label: string
  readonly at: number
  readonly back: string
}

/** Most steps that are saved, and most characters that they may take. */
export const mostSavedSteps = 100
const longestPast = 4_000_000

/** Writes histories: the parts of earlier calls are kept, so that saving after a change costs what has changed. */
export function historyWriter(): (present: ProjectDocument, past: readonly Kept<ProjectDocument>[]) => SavedHistory {
  const known = new WeakMap<ProjectDocument, { readonly after: ProjectDocument; readonly back: string }>()
  const write = canonicalWriter()
  const backTo = (before: ProjectDocument, after: ProjectDocument): string => {
    const held = known.get(before)
    if (held?.after === after) return held.back
    const back = canonicalJson(difference(after, before))
    known.set(before, { after, back })
    return back
  }
  return (present, past) => {
    const steps: SavedStep[] = []
    let length = 0
    let after = present
    for (const { step, state } of past.slice(-mostSavedSteps).toReversed()) {
      const back = backTo(state, after)
      length += back.length
      if (length > longestPast) break
      steps.unshift({ label: step.label, at: step.at, back })
      after = state
    }
    return { document: write(present), past: steps }
  }
}
