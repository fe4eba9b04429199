import { type Diagnostic, formatDiagnostic } from '@cartkin/model'
import { type MissingInput, missingInputs, missingInputText } from '@cartkin/simulation'
import { InputError } from '../files/input-error.ts'
import type { ModelSource } from '../steps/step-result.ts'

/** Who gives values to the inputs of a model. */
export interface InputSources {
  readonly parameters: Readonly<Record<string, number>>
  /** Further names that get values, such as columns of the data and estimated parameters. */
  readonly names?: readonly string[]
}

/**
 * Throws an InputError for inputs of the model that nothing gives a value: all of them, each at its place in the text.
 * `remedy` says how to give one: "give --param x=…".
 */
export function checkInputs(
  { id, text, model }: Pick<ModelSource, 'id' | 'text' | 'model'>,
  { parameters, names = [] }: InputSources,
  remedy: (input: MissingInput) => string,
): void {
  const given = new Set([...Object.keys(parameters), ...names])
  const values = Float64Array.from(model.parameters, ({ value }) => value)
  const missing = missingInputs(model, values, names).filter(({ name }) => !given.has(name))
  const first = missing[0]
  if (first === undefined) return
  const told = missing.map((input) => {
    const message = missingInputText(input, remedy(input))
    const diagnostic: Diagnostic = { severity: 'error', message, span: input.span }
    return formatDiagnostic(text, diagnostic, id)
  })
  const { line, column } = first.span
  throw new InputError(id, told.join('\n').slice(`${id}:${line}:${column}: `.length), { line, column })
}
