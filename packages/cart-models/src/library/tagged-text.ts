import { parseModel } from '@cartkin/model'
import type { LibraryModel } from './library-model.ts'
import { trustTags } from './trust-tags.ts'

/**
 * The text of a library model with the tag of each parameter's trust at the end of its comment: `# [1/day] Loss of effector
 * CAR-T cells [fit]`. It computes the same and is what leaves the library: a value that was taken from memory or assumed is
 * seen to be so wherever the text goes. Throws an Error for a text with errors.
 */
export function taggedText({ id, text, parameters }: Pick<LibraryModel, 'id' | 'text' | 'parameters'>): string {
  const parsed = parseModel(text)
  if (!parsed.ok) throw new Error(`the library's ${id} has errors`)
  const lines = text.split('\n')
  for (const { name, unit, label, span } of parsed.model.parameters) {
    const note = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    const line = lines[span.line - 1]
    if (note === undefined || line === undefined) continue
    const tag = `[${trustTags[note.trust].letter}]`
    // at the beginning of a comment brackets would be a unit
    lines[span.line - 1] = unit === '' && label === '' ? `${line} # trust ${tag}` : `${line.trimEnd()} ${tag}`
  }
  return lines.join('\n')
}
