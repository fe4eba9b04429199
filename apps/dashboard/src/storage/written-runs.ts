import * as z from 'zod/mini'
import { activeScenario } from '../document/desk.ts'
import type { ProjectDocument } from '../document/project-document.ts'
import { readDocument } from '../document/read-document.ts'
import { readSteps } from '../document/read-steps.ts'
import { historyWriter } from '../document/saved-history.ts'
import { canonicalJson } from '../document/write-document.ts'
import { mostRuns, type Run } from '../state/run-history.ts'

const step = z.object({ label: z.string(), at: z.number(), back: z.string() })

const form = z.object({
  schema: z.literal(1),
  runs: z
    .array(
      z.object({
        number: z.int().check(z.positive()),
        at: z.number(),
        kind: z.literal(['course', 'population']),
        name: z.string(),
        after: z.string(),
        model: z.string(),
        seed: z.nullable(z.number()),
        hash: z.nullable(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
      }),
    )
    .check(z.maxLength(mostRuns)),
  document: z.string(),
  /** What turns the document of each run into that of the one before, the newest last. */
  past: z.array(step),
})

/** Runs as text, the newest first: their inputs and hashes, without results. The oldest go where their inputs take too much. */
export function writeRuns(runs: readonly Run[]): string {
  const [newest, ...older] = runs.slice(0, mostRuns)
  if (!newest) return ''
  const steps = older.map(({ document, at }) => ({ step: { label: '', at }, state: document })).toReversed()
  const { document, past } = historyWriter()(newest.document, steps)
  const facts = runs.slice(0, 1 + past.length).map(({ number, at, kind, name, after, model, seed, hash }) => ({
    ...{ number, at, kind, name, after, model, seed, hash },
  }))
  return canonicalJson({ schema: 1, runs: facts, document, past })
}

/** The runs of a text, as far as they can be read. */
export function readRuns(text: string): readonly Run[] {
  try {
    const { runs, document, past } = form.parse(JSON.parse(text))
    const newest = readDocument(JSON.parse(document))
    if (!newest.ok) return []
    const documents: ProjectDocument[] = [newest.document]
    for (const { state } of readSteps(document, past)) documents.push(state)
    return runs.flatMap((facts, k): readonly Run[] => {
      const made = documents[k]
      const desk = made?.desks[made.open]
      return made && desk ? [{ ...facts, document: made, scenario: activeScenario(desk), course: null }] : []
    })
  } catch {
    return []
  }
}
