import { applied } from './difference.ts'
import type { Kept } from './history.ts'
import type { ProjectDocument } from './project-document.ts'
import { readDocument } from './read-document.ts'
import { mostSavedSteps, type SavedHistory } from './saved-history.ts'

/**
 * The steps of a saved history, the newest first, as far as they can be read. What two states share stays one thing in
 * memory.
 */
export function* readPast({ document, past }: SavedHistory): Generator<Kept<ProjectDocument>> {
  const shared = new WeakMap<object, object>()
  let after: unknown = JSON.parse(document)
  for (const { label, at, back } of past.slice(-mostSavedSteps).toReversed()) {
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
