import {
  type CompiledModel,
  compileModel,
  type Diagnostic,
  openSharedModel,
  parseModel,
  type SharedModel,
} from '@cartkin/model'
import type { ModelKey } from './compute-pool.ts'

export type ModelLookup =
  | { readonly ok: true; readonly model: CompiledModel }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/** Compiled models by their text: a slider that moves a parameter does not compile the model again. */
export interface ModelCache {
  get(text: string, covariates?: readonly string[]): ModelLookup
  /** Takes a model that another thread compiled from this text, unless it is there. */
  add(text: string, covariates: readonly string[], model: SharedModel): void
}

/** A cache that keeps the `limit` models used last (8); texts with errors are not kept. */
export function createModelCache(limit = 8): ModelCache {
  const models = new Map<string, CompiledModel>()
  const keep = (key: string, model: CompiledModel) => {
    models.set(key, model)
    for (const oldest of models.keys()) {
      if (models.size <= limit) break
      models.delete(oldest)
    }
  }
  return {
    get(text, covariates = []) {
      const key = modelKey({ text, covariates })
      const known = models.get(key)
      models.delete(key)
      if (known) {
        models.set(key, known)
        return { ok: true, model: known }
      }
      const parsed = parseModel(text, { covariates })
      if (!parsed.ok) return { ok: false, diagnostics: parsed.diagnostics }
      const model = compileModel(parsed.model)
      keep(key, model)
      return { ok: true, model }
    },
    add(text, covariates, model) {
      const key = modelKey({ text, covariates })
      if (!models.has(key)) keep(key, openSharedModel(model))
    },
  }
}

/** What tells models apart. */
export function modelKey({ text, covariates = [] }: ModelKey): string {
  return JSON.stringify([text, ...covariates])
}
