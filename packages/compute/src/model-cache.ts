import {
  type CompiledModel,
  compileModel,
  type Diagnostic,
  openSharedModel,
  parseModel,
  type SharedModel,
} from '@cartkin/model'

export type ModelLookup =
  | { readonly ok: true; readonly model: CompiledModel }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/** Compiled models by their text: a slider that moves a parameter does not compile the model again. */
export interface ModelCache {
  get(text: string): ModelLookup
  /** Takes a model that another thread compiled from this text, unless it is there. */
  add(text: string, model: SharedModel): void
}

/** A cache that keeps the `limit` models used last (8); texts with errors are not kept. */
export function createModelCache(limit = 8): ModelCache {
  const models = new Map<string, CompiledModel>()
  const keep = (text: string, model: CompiledModel) => {
    models.set(text, model)
    for (const oldest of models.keys()) {
      if (models.size <= limit) break
      models.delete(oldest)
    }
  }
  return {
    get(text) {
      const known = models.get(text)
      models.delete(text)
      if (known) {
        models.set(text, known)
        return { ok: true, model: known }
      }
      const parsed = parseModel(text)
      if (!parsed.ok) return { ok: false, diagnostics: parsed.diagnostics }
      const model = compileModel(parsed.model)
      keep(text, model)
      return { ok: true, model }
    },
    add(text, model) {
      if (!models.has(text)) keep(text, openSharedModel(model))
    },
  }
}
