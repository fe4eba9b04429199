import { difference } from './difference.ts'
import type { Kept } from './history.ts'
import type { ProjectDocument } from './project-document.ts'
import { canonicalJson, canonicalWriter } from './write-document.ts'

/** A document with what undo goes back over and redo brings again, as texts: what is saved. */
export interface SavedHistory {
  /** The document as canonical JSON. */
  readonly document: string
  /** Steps that undo takes back, the newest last: each with what turns the state after it into the one before. */
  readonly past: readonly SavedStep[]
  /** Steps that redo brings again, the next one last: each with what turns the state before it into the one after. */
  readonly future: readonly SavedStep[]
}

export interface SavedStep {
  readonly label: string
  readonly at: number
  /** What turns the state on the side of the present into the one on the other side, as JSON. */
  readonly back: string
}

/** Most steps that are saved on either side of the present, and most characters that all of them may take. */
export const mostSavedSteps = 100
const longestSteps = 4_000_000

export type HistoryWriter = (
  present: ProjectDocument,
  past: readonly Kept<ProjectDocument>[],
  future?: readonly Kept<ProjectDocument>[],
) => SavedHistory

/** Writes histories: the parts of earlier calls are kept, so that saving after a change costs what has changed. */
export function historyWriter(): HistoryWriter {
  const known = new WeakMap<ProjectDocument, { readonly nearer: ProjectDocument; readonly back: string }>()
  const write = canonicalWriter()
  const backTo = (farther: ProjectDocument, nearer: ProjectDocument): string => {
    const held = known.get(farther)
    if (held?.nearer === nearer) return held.back
    const back = canonicalJson(difference(nearer, farther))
    known.set(farther, { nearer, back })
    return back
  }
  return (present, past, future = []) => {
    let length = 0
    const saved = (steps: readonly Kept<ProjectDocument>[]): readonly SavedStep[] => {
      const written: SavedStep[] = []
      let nearer = present
      for (const { step, state } of steps.slice(-mostSavedSteps).toReversed()) {
        const back = backTo(state, nearer)
        length += back.length
        if (length > longestSteps) break
        written.unshift({ label: step.label, at: step.at, back })
        nearer = state
      }
      return written
    }
    return { document: write(present), past: saved(past), future: saved(future) }
  }
}

/** Whether something that was found is a step as it is saved. */
export function isSavedStep(step: unknown): step is SavedStep {
  return (
    typeof step === 'object' &&
    step !== null &&
    'label' in step &&
    typeof step.label === 'string' &&
    'at' in step &&
    typeof step.at === 'number' &&
    'back' in step &&
    typeof step.back === 'string'
  )
}
