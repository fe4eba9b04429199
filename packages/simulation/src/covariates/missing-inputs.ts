import { type Model, nearestName, type Span } from '@cartkin/model'

/** An input of a model that nothing gives a value. */
export interface MissingInput {
  readonly name: string
  /** The nearest of the names that the text knows, where one is near: the input may be a slip of the pen. */
  readonly nearest: string | undefined
  /** The texts it is compared with; empty for an input of numbers. */
  readonly levels: readonly string[]
  /** Where the text uses it first. */
  readonly span: Span
}

/** A run lacks values of inputs; plain data in `inputs`. */
export class MissingInputError extends RangeError {
  override readonly name = 'MissingInputError'
  readonly inputs: readonly MissingInput[]

  /** `where`: in front of the message, such as `subject 3: `. */
  constructor(inputs: readonly MissingInput[], where = '') {
    super(
      `${where}${inputs.map((input) => missingInputText(input, 'give it a value by name or in the data')).join(' ')}`,
    )
    this.inputs = inputs
  }
}

/** What is missing and what to do about it; `remedy` is a phrase such as "give --param x=…". */
export function missingInputText({ name, nearest, levels }: MissingInput, remedy: string): string {
  const texts =
    levels.length === 0 ? '' : ` (the text compares it with ${levels.map((level) => `"${level}"`).join(', ')})`
  const question = nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`
  return `\`${name}\` has no value: it is neither assigned in the text nor in ini, so it is an input; ${remedy}${texts}.${question}`
}

/**
 * The inputs that have no value in `values` (in `model.parameters` order; NaN: none). `further`: names known beside those
 * of the text, such as columns of the data, for the question what was meant.
 */
export function missingInputs(
  model: Model,
  values: Float64Array,
  further: readonly string[] = [],
): readonly MissingInput[] {
  const known = [
    ...model.parameters.flatMap(({ name, kind }) => (kind === 'covariate' ? [] : [name])),
    ...model.states.map(({ name }) => name),
    ...model.outputs.map(({ name }) => name),
    ...further,
  ]
  return model.parameters.flatMap(({ name, kind, levels, span }, k) =>
    kind === 'covariate' && Number.isNaN(values[k]) ? [{ name, levels, span, nearest: nearestName(name, known) }] : [],
  )
}
