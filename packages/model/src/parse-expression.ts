import { Switches } from './check/compare.ts'
import { lowerExpression } from './check/lower-expression.ts'
import { Algebra } from './graph/algebra.ts'
import type { NodeId } from './graph/graph.ts'
import { GraphBudgetError } from './graph/graph-builder.ts'
import type { Diagnostic } from './model.ts'
import { parseSyntaxExpression } from './syntax/parse-syntax-expression.ts'
import { SyntaxProblem, TokenReader } from './syntax/token-reader.ts'
import { tokenize } from './syntax/tokenize.ts'
import { RegisterFile } from './tape/register-file.ts'
import { layOut } from './tape/tape.ts'
import { Diagnostics } from './text/diagnostics.ts'
import { quote } from './text/quote.ts'
import type { Extent } from './text/source-text.ts'

export type NumberExpression =
  | {
      readonly ok: true
      readonly names: readonly string[]
      readonly evaluate: (value: (name: string) => number) => number
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/**
 * Reads one arithmetic expression over parameter names, such as the `amt: w_flu + w_cy` of a regimen.
 *
 * `names` are in order of first appearance; `evaluate` asks for each once.
 */
export function parseExpression(text: string): NumberExpression {
  const diagnostics = new Diagnostics(text)
  const algebra = new Algebra()
  const names = new Map<string, NodeId>()
  const refuse = (what: string, at: Extent): NodeId => {
    diagnostics.error(at, `${what} has no meaning in this expression; only parameters, numbers and functions have.`)
    return algebra.zero
  }
  let root: NodeId | undefined
  try {
    const reader = new TokenReader(text, tokenize(text, diagnostics), diagnostics)
    reader.skipLineEnds()
    const expression = parseSyntaxExpression(reader)
    reader.skipLineEnds()
    if (reader.peek().kind !== 'end') reader.fail('an operator or the end of the expression')
    root = lowerExpression(expression, {
      algebra,
      switches: new Switches(algebra),
      diagnostics,
      name: (name, at) => {
        if (name === 't' || name === 'time') return refuse(quote(name), at)
        const node = names.get(name) ?? algebra.parameter(names.size)
        names.set(name, node)
        return node
      },
      derivative: (name, at) => refuse(quote(`d/dt(${name})`), at),
    })
  } catch (problem) {
    if (problem instanceof GraphBudgetError) diagnostics.error({ offset: 0, length: 1 }, `${problem.message}.`)
    else if (!(problem instanceof SyntaxProblem)) throw problem
  }
  if (root === undefined || diagnostics.errors.length > 0) return { ok: false, diagnostics: diagnostics.errors }
  const inputs = { parameterCount: names.size, stateCount: 0, switchCount: 0, doseCount: 0 }
  const registers = new RegisterFile(layOut(algebra.builder.finish(), [[root]], inputs))
  const order = [...names.keys()]
  const evaluate = (value: (name: string) => number): number => {
    registers.setParameters(Float64Array.from(order, value))
    return registers.root(0, 0)
  }
  return { ok: true, names: order, evaluate }
}
