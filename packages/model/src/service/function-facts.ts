import { doseFunctions } from '../check/dose-functions.ts'
import { functions } from '../check/functions.ts'
import { residualForms } from '../check/residual-errors.ts'
import { targetForms } from '../syntax/parse-target.ts'

/** What is called with brackets: how it is written, and what it does. */
export interface FunctionFacts {
  readonly name: string
  /** `pow(base, exponent)`; several forms are separated by ` or `. */
  readonly signature: string
  readonly summary: string
}

/** The functions of expressions, by name. */
export const expressionFunctions: ReadonlyMap<string, FunctionFacts> = new Map(
  [...functions, ...doseFunctions].map(([name, { signature, summary }]) => [
    name,
    { name, signature: withName(name, signature), summary },
  ]),
)

/** `(x), (x, low) or (x, low, high)` with the name before each bracket that opens a form. */
function withName(name: string, signature: string): string {
  return signature.split(', (').join(`, ${name}(`).split(' or (').join(` or ${name}(`).replace('(', `${name}(`)
}

/** The terms of residual error lines, by name. */
export const residualFunctions: ReadonlyMap<string, FunctionFacts> = new Map(
  [...residualForms].map(([name, { written, summary }]) => [name, { name, signature: written, summary }]),
)

/** Functions of a state on the left side, by name. */
export const propertyFunctions: ReadonlyMap<string, FunctionFacts> = new Map(
  targetForms
    .filter(({ kind }) => kind !== 'variable' && kind !== 'derivative' && kind !== 'initial')
    .map(({ written, summary }) => {
      const name = written.slice(0, written.indexOf('('))
      return [name, { name, signature: written, summary }]
    }),
)
