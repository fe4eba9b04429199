import { applied, difference } from './difference.ts'
import type { Kept } from './history.ts'
import type { ProjectDocument } from './project-document.ts'
import { readDocument } from './read-document.ts'
import { canonicalJson, writeDocument } from './write-document.ts'

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
const mostSteps = 100
const longestPast = 4_000_000

/** Writes histories: the parts of earlier calls are kept, so that saving after a change costs what has changed. */
export function historyWriter(): (present: ProjectDocument, past: readonly Kept<ProjectDocument>[]) => SavedHistory {
  const known = new WeakMap<ProjectDocument, { readonly after: ProjectDocument; readonly back: string }>()
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
    for (const { step, state } of past.slice(-mostSteps).toReversed()) {
      const back = backTo(state, after)
      length += back.length
      if (length > longestPast) break
      steps.unshift({ label: step.label, at: step.at, back })
      after = state
    }
    return { document: writeDocument(present), past: steps }
  }
}

/**
 * The steps of a saved history, the newest first, as far as they can be read. What two states share stays one thing in
 * memory.
 */
export function* readPast({ document, past }: SavedHistory): Generator<Kept<ProjectDocument>> {
  const shared = new WeakMap<object, object>()
  let after: unknown = JSON.parse(document)
  for (const { label, at, back } of past.slice(-mostSteps).toReversed()) {
    after = applied(after, JSON.parse(back))
    const before = readDocument(after)
    if (!before.ok || !isObject(after)) return
    share(shared, after, before.document)
    yield { step: { label, at }, state: before.document }
  }
}

/** Puts in the place of parts that were read from raw ones those that have been read from the same raw ones before. */
function share(shared: WeakMap<object, object>, raw: object, read: object): void {
  const rawParts = new Map<string, unknown>(Object.entries(raw))
  for (const [key, part] of Object.entries(read)) {
    const from = rawParts.get(key)
    if (!isObject(part) || !isObject(from)) continue
    const known = shared.get(from)
    if (known) Object.assign(read, { [key]: known })
    else {
      share(shared, from, part)
      shared.set(from, part)
    }
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
