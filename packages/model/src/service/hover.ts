import type { Parameter } from '../model.ts'
import type { Assignment } from '../syntax/syntax.ts'
import { type TextAnalysis, tokenAt } from './analyse-text.ts'
import { expressionFunctions, type FunctionFacts, propertyFunctions, residualFunctions } from './function-facts.ts'
import type { NameKind } from './name-facts.ts'

/** What an editor shows of the word under the pointer. */
export type Hover =
  | {
      readonly kind: NameKind
      readonly offset: number
      readonly length: number
      readonly name: string
      readonly unit: string
      readonly label: string
      /** Value, bounds and levels, for what has them. */
      readonly parameter: Pick<Parameter, 'value' | 'lower' | 'upper' | 'fixed' | 'levels'> | undefined
      /** The lines of the text that give it a value, at most three, each shortened. */
      readonly lines: readonly string[]
    }
  | {
      readonly kind: 'function'
      readonly offset: number
      readonly length: number
      readonly name: string
      readonly signature: string
      readonly summary: string
    }

const mostLines = 3
const longestLine = 160

/** What is known of the word at an offset; undefined for blanks, signs, numbers and unknown words. */
export function hoverAt(analysis: TextAnalysis, offset: number): Hover | undefined {
  const index = tokenAt(analysis, offset)
  const token = index === undefined ? undefined : analysis.tokens[index]
  if (index === undefined || token?.kind !== 'name') return undefined
  const role = analysis.roles[index]
  if (role === 'call') {
    const facts = functionFacts(token.name)
    return facts === undefined ? undefined : { kind: 'function', ...token.at, ...facts }
  }
  const known = role === 'value' ? analysis.names.get(token.name) : undefined
  if (known === undefined) return undefined
  const { name, kind, unit, label, parameter, statements } = known
  const isParameter = kind === 'parameter' || kind === 'eta' || kind === 'input'
  const lines = isParameter ? [] : statements.slice(0, mostLines).map((statement) => lineOf(analysis.text, statement))
  return { kind, ...token.at, name, unit, label, parameter, lines }
}

function functionFacts(name: string): FunctionFacts | undefined {
  return expressionFunctions.get(name) ?? residualFunctions.get(name) ?? propertyFunctions.get(name)
}

/** A statement as it is written, on one line. */
function lineOf(text: string, { at: { offset, length } }: Assignment): string {
  const cut = text.slice(offset, offset + Math.min(length, longestLine))
  const line = Array.from(cut, (character) => (character < ' ' ? ' ' : character)).join('')
  return length > longestLine ? `${line}…` : line
}
