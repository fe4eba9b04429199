import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { InputError } from './input-error.ts'

/** Largest YAML file read, bytes. */
const largest = 1_000_000

/**
 * Reads YAML (or JSON) text, with `<<: *anchor` for what repeats, and checks it against a schema. Throws an InputError
 * with line and column of the first thing wrong, what was expected and the value found.
 */
export function readYaml<T>(schema: z.ZodType<T>, text: string, file: string): T {
  if (text.length > largest) throw new InputError(file, `holds ${text.length} characters; at most ${largest} are read`)
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, merge: true })
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const [error] = document.errors
  if (error) throw new InputError(file, error.message, place(error.pos[0]))
  const value: unknown = document.toJS({ maxAliasCount: 100 })
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = deepest(result.error.issues)
  const where = issue.path.length === 0 ? '' : `${issue.path.map(String).join('.')}: `
  const found = shown(issue.path.reduce<unknown>(entry, value))
  const got = found === null || issue.code === 'custom' || issue.message.includes(found) ? '' : `, got ${found}`
  throw new InputError(file, `${where}${issue.message}${got}`, place(offsetOf(document, issue.path)))
}

function entry(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

/** A single value as it can be shown in a message; null for none and for what is not single. */
function shown(value: unknown): string | null {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 60))
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

/** Where the node at a path begins, or the nearest one above it that is there. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      const [start] = node.range
      if (typeof start === 'number') return start
    }
  }
  return document.contents?.range?.[0] ?? 0
}

/** Of a union, the issue that lies deepest is the one the writer meant. */
function deepest(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue {
  const flat = issues.flatMap((issue): z.core.$ZodIssue[] =>
    issue.code === 'invalid_union'
      ? [issue, ...issue.errors.flat().map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))]
      : [issue],
  )
  return flat.reduce((best, issue) => (issue.path.length > best.path.length ? issue : best))
}
