import type { Assignment, Target } from '../syntax/syntax.ts'
import { quote } from '../text/quote.ts'
import type { CheckContext } from './check-context.ts'
import { doseFunctions } from './dose-functions.ts'
import { namedConstants } from './named-constants.ts'
import { reservedNames } from './reserved-names.ts'
import { bindingKey, type Scope } from './scope.ts'
import { writtenTarget } from './written-target.ts'

/** Whether the text may not give a name of its own choosing this name. */
export function isReserved(name: string): boolean {
  return namedConstants.has(name) || reservedNames.has(name)
}

/** Whether a statement refers to the rate that it adds to: `d/dt(x) = d/dt(x) + …`. */
export function refersToItself({ target, value }: Assignment): boolean {
  return target.kind === 'derivative' && value.some((node) => node.kind === 'derivative' && node.name === target.name)
}

/** Whether a statement may give its target a value; what forbids it is reported. */
export function isAssignable(context: CheckContext, statement: Assignment, scope: Scope): boolean {
  const problem = problemWith(context, statement, scope)
  if (problem !== undefined) context.diagnostics.error(statement.target.at, problem)
  return problem === undefined
}

function problemWith(context: CheckContext, statement: Assignment, scope: Scope): string | undefined {
  const { kind, name } = statement.target
  switch (kind) {
    case 'variable':
    case 'modelTime':
      return (
        problemOfName(context, statement, 'assigned') ??
        (context.states.has(name)
          ? `${quote(name)} is a state and cannot be assigned; its initial value is written ${name}(0) = expression.`
          : undefined)
      )
    case 'derivative':
      return problemOfName(context, statement, 'a state') ?? problemOfRate(context, statement, scope)
    default:
      return context.states.has(name)
        ? undefined
        : `${writtenTarget(kind, name)} is given, but there is no d/dt(${name}).${context.diagnostics.didYouMean(name, context.states.keys())}`
  }
}

function problemOfName({ parameters }: CheckContext, statement: Assignment, what: string): string | undefined {
  const { name, at } = statement.target
  if (isReserved(name) && !isOwnValue(statement)) {
    return `${quote(name)} is reserved and cannot be ${what}; choose another name.`
  }
  const parameter = parameters.find(name)
  const isOwnLine = parameter?.span.offset === at.offset
  if (parameter === undefined || isOwnLine || parameter.kind === 'covariate') return undefined
  return `${quote(name)} is a parameter (line ${parameter.span.line}) and cannot be ${what}; choose another name.`
}

/** `tad <- tad()`: shows the value under its name. */
function isOwnValue({ target, value }: Assignment): boolean {
  const [only] = value
  const isCall = only?.kind === 'call' && value.length === 1 && only.name === target.name
  return isCall && target.kind === 'variable' && doseFunctions.has(target.name)
}

function problemOfRate({ places, diagnostics }: CheckContext, statement: Assignment, scope: Scope): string | undefined {
  const { name }: Target = statement.target
  const key = bindingKey('derivative', name)
  if (scope.get(key) === undefined || refersToItself(statement)) return undefined
  const first = places.get(key)
  const where = first === undefined ? '' : `; the first is at ${diagnostics.lines.place(first)}`
  return `A second d/dt(${name})${where}. Add the terms in one equation.`
}
