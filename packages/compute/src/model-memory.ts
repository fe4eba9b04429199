import { type CompiledModel, compileModel, type Model, openSharedModel, type SharedModel } from '@cartkin/model'

/** The compiled models that were used last, by their text. */
export interface ModelMemory {
  /** Null where the model is not there. */
  recall(text: string): CompiledModel | null
  keep(text: string, model: CompiledModel): void
  /** Takes a model that another thread compiled or read from this text, unless it is there. */
  add(text: string, model: SharedModel | Model): void
}

export function createModelMemory(limit: number): ModelMemory {
  const models = new Map<string, CompiledModel>()
  const keep = (text: string, model: CompiledModel): void => {
    models.set(text, model)
    for (const oldest of models.keys()) {
      if (models.size <= limit) break
      models.delete(oldest)
    }
  }
  return {
    keep,
    recall(text) {
      const known = models.get(text)
      if (!known) return null
      models.delete(text)
      models.set(text, known)
      return known
    },
    add(text, model) {
      if (!models.has(text)) keep(text, 'program' in model ? openSharedModel(model) : compileModel(model))
    },
  }
}
