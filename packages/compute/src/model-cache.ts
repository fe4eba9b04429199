import { type CompiledModel, compileModel, type Diagnostic, parseModel } from '@cartkin/model'

export type ModelLookup =
  | { readonly ok: true; readonly model: CompiledModel }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/** Compiled models by their text: a slider that moves a parameter does not compile the model again. */
export interface ModelCache {
  get(text: string, covariates?: readonly string[]): ModelLookup
}

/** A cache that keeps the `limit` models used last (8); texts with errors are not kept. */
export function createModelCache(limit = 8): ModelCache {
  const models = new Map<string, CompiledModel>()
  return {
    get(text, covariates = []) {
      const key = JSON.stringify([text, ...covariates])
      const known = models.get(key)
      models.delete(key)
      if (known) {
        models.set(key, known)
        return { ok: true, model: known }
      }
      const parsed = parseModel(text, { covariates })
      if (!parsed.ok) return { ok: false, diagnostics: parsed.diagnostics }
      const model = compileModel(parsed.model)
      models.set(key, model)
      for (const oldest of models.keys()) {
        if (models.size <= limit) break
        models.delete(oldest)
      }
      return { ok: true, model }
    },
  }
}
