import { applied } from './difference.ts'
import type { Kept } from './history.ts'
import type { ProjectDocument } from './project-document.ts'
import { readDocument } from './read-document.ts'
import { mostSavedSteps, type SavedStep } from './saved-history.ts'

/**
 * Saved steps from one side of a document, those nearest to it first, as far as they can be read. What two states share stays
 * one thing in memory.
 */
export function* readSteps(document: string, steps: readonly SavedStep[]): Generator<Kept<ProjectDocument>> {
  const shared = new WeakMap<object, object>()
  let nearer: unknown = JSON.parse(document)
  for (const { label, at, back } of steps.slice(-mostSavedSteps).toReversed()) {
    nearer = applied(nearer, JSON.parse(back))
    const read = readDocument(nearer)
    if (!read.ok || !isObject(nearer)) return
    share(shared, nearer, read.document)
    yield { step: { label, at }, state: read.document }
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
