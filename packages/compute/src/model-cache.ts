import type { CompiledModel, Diagnostic, Model, SharedModel } from '@cartkin/model'
import { compileText } from './compile-text.ts'
import { createModelMemory } from './model-memory.ts'

export type ModelLookup =
  | { readonly ok: true; readonly model: CompiledModel }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/** Compiled models by their text: a slider that moves a parameter does not compile the model again. */
export interface ModelCache {
  get(text: string): ModelLookup
  /** Takes a model that another thread compiled or read from this text, unless it is there. */
  add(text: string, model: SharedModel | Model): void
}

/** A cache that keeps the `limit` models used last (8); texts with errors are not kept. */
export function createModelCache(limit = 8): ModelCache {
  const memory = createModelMemory(limit)
  return {
    get(text) {
      const known = memory.recall(text)
      if (known) return { ok: true, model: known }
      const found = compileText(text)
      if (found.ok) memory.keep(text, found.model)
      return found
    },
    add: memory.add,
  }
}
