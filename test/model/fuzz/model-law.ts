import { parseModel } from '@cartkin/model'
import { wrongPrint } from '../hostile/text-probe.ts'
import type { RandomModel } from './random-model.ts'

/** What is wrong with how a legal text is read: its names must come back, and its print must read as the same model. */
export function lawProblems(made: RandomModel, isPrinted: boolean): string[] {
  const result = parseModel(made.text)
  if (!result.ok) return result.diagnostics.map(({ message, span }) => `${span.line}:${span.column} ${message}`)
  const { model } = result
  const parameters = new Map(model.parameters.map((parameter) => [parameter.name, parameter]))
  const problems = [
    ...differences('states', names(model.states), made.states),
    ...differences('outputs', names(model.outputs).toSorted(), [...made.outputs].toSorted()),
    ...differences(
      'parameters',
      model.parameters.map(({ name, kind }) => `${name}: ${kind}`).toSorted(),
      [...made.parameters].map(([name, kind]) => `${name}: ${kind}`).toSorted(),
    ),
    ...differences(
      'values',
      [...made.values.keys()].map((name) => `${name} = ${parameters.get(name)?.value}`),
      [...made.values].map(([name, value]) => `${name} = ${value}`),
    ),
    ...differences(
      'endpoints',
      model.errorModels.map(({ endpoint }) => endpoint),
      made.endpoints,
    ),
    ...differences(
      'levels',
      [...made.levels.keys()].map((name) => `${name}: ${parameters.get(name)?.levels.join('|')}`),
      [...made.levels].map(([name, levels]) => `${name}: ${levels.join('|')}`),
    ),
  ]
  return isPrinted ? [...problems, ...wrongPrint(model)] : problems
}

function names(named: readonly { readonly name: string }[]): string[] {
  return named.map(({ name }) => name)
}

function differences(what: string, found: readonly string[], declared: readonly string[]): string[] {
  const extra = found.filter((name) => !declared.includes(name))
  const missing = declared.filter((name) => !found.includes(name))
  if (extra.length > 0 || missing.length > 0)
    return [`${what}: read [${extra.join(', ')}], written [${missing.join(', ')}]`]
  return found.join('\n') === declared.join('\n') ? [] : [`${what} in another order: ${found.join(', ')}`]
}
