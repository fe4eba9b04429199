import { check } from './check/check.ts'
import type { ParseResult } from './model.ts'
import { parseSyntax } from './syntax/parse-syntax.ts'
import { Diagnostics } from './text/diagnostics.ts'

/** Reads a model text. Never throws on any text; every problem is a diagnostic with its place. */
export function parseModel(text: string): ParseResult {
  const diagnostics = new Diagnostics(text)
  const tree = parseSyntax(text, diagnostics)
  const model = check(text, tree, diagnostics)
  if (model === undefined || diagnostics.errors.length > 0) return { ok: false, diagnostics: diagnostics.errors }
  return { ok: true, model }
}
