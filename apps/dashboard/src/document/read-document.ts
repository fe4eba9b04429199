import type * as z from 'zod/mini'
import { documentSchema } from './document-schema.ts'
import type { ProjectDocument } from './project-document.ts'

export type ReadDocument =
  | { readonly ok: true; readonly document: ProjectDocument }
  | { readonly ok: false; readonly problem: string }

/** Values lie in one another no deeper than this in any document. */
const deepest = 40
/** Most values of a document, all lists and records taken together. */
const mostValues = 500_000

/**
 * Anything as a document: fields it does not know are dropped, those that earlier versions lacked get their values. What is
 * no document is refused in words.
 */
export function readDocument(unknown: unknown): ReadDocument {
  if (!isWithin(unknown)) return refused('it is nested too deeply, or has too many values')
  const version = versionOf(unknown)
  if (version === null) return refused('it is no cartkin project')
  if (version !== 1)
    return refused(
      `it was made by another version of cartkin (its form is ${String(version).slice(0, 20)}, expected 1)`,
    )
  const read = documentSchema.safeParse(unknown)
  if (read.success) {
    for (const [model, { scenarios }] of Object.entries(read.data.desks))
      if (new Set(scenarios.map(({ id }) => id)).size < scenarios.length)
        return refused(`two scenarios of ${model} have one id`)
    return { ok: true, document: read.data }
  }
  const [issue] = read.error.issues
  return refused(`${issue?.path.join('.') || 'the document'}: ${issue === undefined ? 'unreadable' : wordsOf(issue)}`)
}

/** The same from text. */
export function parseDocument(text: string): ReadDocument {
  try {
    return readDocument(JSON.parse(text))
  } catch {
    return refused('it is not JSON')
  }
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `expected ${issue.expected}`
  if (issue.code === 'too_big') return `more than ${issue.maximum}`
  if (issue.code === 'too_small') return `less than ${issue.minimum}`
  if (issue.code === 'invalid_value') return `expected ${issue.values.join(' or ')}`
  return issue.message.toLowerCase()
}

function refused(problem: string): ReadDocument {
  return { ok: false, problem }
}

function versionOf(unknown: unknown): unknown {
  return typeof unknown === 'object' && unknown !== null && 'schema' in unknown && 'open' in unknown
    ? unknown.schema
    : null
}

function isWithin(unknown: unknown): boolean {
  let values = 0
  const visit = (value: unknown, depth: number): boolean => {
    values++
    if (values > mostValues || depth > deepest) return false
    return typeof value !== 'object' || value === null || Object.values(value).every((part) => visit(part, depth + 1))
  }
  return visit(unknown, 0)
}
