/** Where in a text something was found; lines and columns count from 1, columns in characters. */
export interface DataPosition {
  readonly line: number
  readonly column: number
  /** Name of the table column, where there is one. */
  readonly header?: string
}

/** What a refusal is made from. */
export interface DataProblem {
  readonly file: string
  readonly position?: DataPosition
  /** The offending text, as it stands in the file. */
  readonly text?: string
  /** What is wrong, without place and value: `is not a number`. */
  readonly problem: string
  /** What would have been accepted, and the remedy. */
  readonly expected: string
}

const LONGEST_QUOTE = 60

function quote(text: string): string {
  const shown = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text
  return JSON.stringify(shown)
}

function messageOf({ file, position, text, problem, expected }: DataProblem): string {
  const header = position?.header === undefined ? '' : ` (${position.header})`
  const place = position === undefined ? '' : `, line ${position.line}, column ${position.column}${header}`
  const value = text === undefined ? '' : `${quote(text)} `
  return `${file}${place}: ${value}${problem}; ${expected}`
}

/**
 * A data file that cannot be read as it stands. The message names file, line, column, header, the text and what was
 * expected; the same facts are fields, so that they can be shown beside the cell.
 */
export class DataError extends Error {
  override readonly name = 'DataError'
  readonly file: string
  readonly position: DataPosition | undefined
  readonly text: string | undefined
  readonly problem: string
  readonly expected: string
  /** What else is wrong with the file; the first of these stand in the message, too. */
  readonly others: readonly DataError[]

  constructor(problem: DataProblem, others: readonly DataError[] = []) {
    super(withOthers(messageOf(problem), others))
    this.file = problem.file
    this.position = problem.position
    this.text = problem.text
    this.problem = problem.problem
    this.expected = problem.expected
    this.others = others
  }
}

/** How many problems of a file are told at once. */
export const mostTold = 20

function withOthers(message: string, others: readonly DataError[]): string {
  const told = others.slice(0, mostTold - 1).map((other) => other.message)
  const rest = others.length - told.length
  return [message, ...told, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n')
}

/** All that is wrong with a file as one error, which is the first of them; undefined where nothing is. */
export function combinedError(errors: readonly DataError[]): DataError | undefined {
  const [first, ...others] = errors
  if (first === undefined || others.length === 0) return first
  const { file, position, text, problem, expected } = first
  const facts = { file, problem, expected, ...(position ? { position } : {}), ...(text === undefined ? {} : { text }) }
  return new DataError(facts, others)
}
