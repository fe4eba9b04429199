import { compileModel, parseModel } from '@cartkin/model'
import type { ModelLookup } from './model-cache.ts'

/** Reads and compiles a model text. */
export function compileText(text: string): ModelLookup {
  const parsed = parseModel(text)
  return parsed.ok ? { ok: true, model: compileModel(parsed.model) } : { ok: false, diagnostics: parsed.diagnostics }
}
