import type { ErrorArgument, ErrorModel } from '../model.ts'
import type { Assignment, Expression } from '../syntax/syntax.ts'
import type { Diagnostics } from '../text/diagnostics.ts'
import { didYouMean } from '../text/nearest-name.ts'
import { quote } from '../text/quote.ts'
import type { Parameters } from './parameters.ts'

type Part = 'additive' | 'proportional' | 'lognormal'

const parts: ReadonlyMap<string, Part> = new Map<string, Part>([
  ['add', 'additive'],
  ['norm', 'additive'],
  ['dnorm', 'additive'],
  ['prop', 'proportional'],
  ['lnorm', 'lognormal'],
  ['dlnorm', 'lognormal'],
  ['logn', 'lognormal'],
  ['dlogn', 'lognormal'],
])

const unsupportedParts: ReadonlySet<string> = new Set(
  'propT propF powT powF logitNorm probitNorm boxCox yeoJohnson combined1 combined2 pois binom nbinom nbinomMu beta t geom ordinal'.split(
    ' ',
  ),
)

interface Term {
  readonly name: string
  readonly index: number
}

/** The calls that `a(…) + b(…)` adds up; undefined where something else is in the sum. */
function termsOf(expression: Expression): Term[] | undefined {
  const terms: Term[] = []
  let index = expression.length - 1
  for (;;) {
    const node = expression[index]
    if (node?.kind === 'call') {
      terms.push({ name: node.name, index })
      return terms.toReversed()
    }
    if (node?.kind !== 'binary' || node.operator !== '+') return undefined
    const right = expression[node.right]
    if (right?.kind !== 'call') return undefined
    terms.push({ name: right.name, index: node.right })
    index = node.left
  }
}

/** Whether `name ~ value` is a residual error line, such as `CAR ~ add(a) + prop(b)`, and no hidden assignment. */
export function isErrorLine(statement: Assignment): boolean {
  if (!statement.hidden || statement.target.kind !== 'variable') return false
  const terms = termsOf(statement.value)
  return terms?.some(({ name }) => parts.has(name) || unsupportedParts.has(name)) ?? false
}

/** Reads a residual error line; what cannot be used is reported. */
export function readErrorLine(
  statement: Assignment,
  parameters: Parameters,
  diagnostics: Diagnostics,
): ErrorModel | undefined {
  const found: Partial<Record<Part, string>> = {}
  for (const { name, index } of termsOf(statement.value) ?? []) {
    const call = statement.value[index]
    if (call?.kind !== 'call') continue
    const part = parts.get(name)
    if (part === undefined) {
      diagnostics.error(
        call.at,
        `The residual error ${quote(name)} is not supported yet; there are add, prop and lnorm.`,
      )
      return undefined
    }
    const argument = statement.value[call.arguments[0] ?? -1]
    if (call.arguments.length !== 1 || argument?.kind !== 'name') {
      diagnostics.error(call.at, `${quote(name)} takes the name of one parameter: ${name}(sd).`)
      return undefined
    }
    if (parameters.indexOf(argument.name) === undefined) {
      diagnostics.error(
        argument.at,
        `${quote(argument.name)} is not a parameter; give it a value in \`ini\` or before the first d/dt.${didYouMean(argument.name, parameters.names())}`,
      )
      return undefined
    }
    if (found[part] !== undefined) {
      diagnostics.error(call.at, `There are two ${part} residual errors for ${quote(statement.target.name)}.`)
      return undefined
    }
    found[part] = argument.name
  }
  const { name } = statement.target
  const parameter = (given: string): ErrorArgument => ({ kind: 'parameter', name: given })
  const { additive, proportional, lognormal } = found
  return {
    kind: 'continuous',
    name,
    endpoint: name,
    transform: { kind: lognormal === undefined ? 'identity' : 'log' },
    ...((additive ?? lognormal) === undefined ? {} : { additive: parameter(additive ?? lognormal ?? '') }),
    ...(proportional === undefined
      ? {}
      : { proportional: { coefficient: parameter(proportional), exponent: { kind: 'number', value: 1 } } }),
    combination: 'variance',
    distribution: { kind: 'normal' },
  }
}
