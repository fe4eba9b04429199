import { survey } from '../check/survey.ts'
import { readUnitComment } from '../check/unit-comment.ts'
import type { Model, Parameter } from '../model.ts'
import type { Assignment, Statement, SyntaxTree } from '../syntax/syntax.ts'
import type { Token } from '../syntax/tokens.ts'
import type { Extent } from '../text/source-text.ts'

export type NameKind = 'state' | 'parameter' | 'eta' | 'input' | 'output' | 'local'

/** What a text says of one name. */
export interface NameFacts {
  readonly name: string
  /** `local`: a value that `~` hides from results. */
  readonly kind: NameKind
  readonly unit: string
  readonly label: string
  /** For parameters, random effects and inputs: value, bounds and levels. */
  readonly parameter: Parameter | undefined
  /** Where it is given: the name in `ini`, the left sides of its lines; an input has none. */
  readonly definitions: readonly Extent[]
  /** The statements that give it a value, in order. */
  readonly statements: readonly Assignment[]
}

/** The names of a text, from what the checker could make of it, or from the tree alone where that was nothing. */
export function nameFacts(
  tree: SyntaxTree,
  model: Model | undefined,
  tokens: readonly Token[],
): ReadonlyMap<string, NameFacts> {
  const names = new Map<string, NameFacts>()
  const places = definitionPlaces(tree, tokens)
  const { states, variables, errorLines } = survey(tree)
  const statements = assignmentsByName(tree.body, errorLines)
  const add = (name: string, kind: NameKind, unit: string, label: string, parameter?: Parameter) => {
    if (names.has(name)) return
    names.set(name, {
      name,
      kind,
      unit,
      label,
      parameter,
      definitions: places.get(name) ?? [],
      statements: statements.get(name) ?? [],
    })
  }
  for (const state of model?.states ?? []) add(state.name, 'state', state.unit, state.label)
  for (const name of states.keys()) add(name, 'state', '', '')
  for (const parameter of model?.parameters ?? []) {
    // a name read before its line is an input only until then
    if (parameter.kind === 'covariate' && variables.has(parameter.name)) continue
    const kind = parameter.kind === 'covariate' ? 'input' : parameter.kind
    add(parameter.name, kind, parameter.unit, parameter.label, parameter)
  }
  for (const output of model?.outputs ?? []) add(output.name, 'output', output.unit, output.label)
  for (const [name, { shown, comment }] of variables) {
    const { unit, label } = readUnitComment(comment)
    add(name, shown ? 'output' : 'local', unit, label)
  }
  return names
}

function assignmentsByName(
  body: readonly Statement[],
  errorLines: ReadonlySet<Statement>,
): ReadonlyMap<string, readonly Assignment[]> {
  const found = new Map<string, Assignment[]>()
  const visit = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (statement.kind === 'conditional') {
        for (const branch of statement.branches) visit(branch.body)
        visit(statement.otherwise)
      } else if (statement.kind === 'assignment' && !errorLines.has(statement)) {
        const { kind, name } = statement.target
        if (kind === 'variable' || kind === 'derivative' || kind === 'initial') push(found, name, statement)
      }
    }
  }
  visit(body)
  return found
}

/** The extents of the names that are given a value: in `ini`, and left of each assignment. */
function definitionPlaces(tree: SyntaxTree, tokens: readonly Token[]): ReadonlyMap<string, readonly Extent[]> {
  const lengths = new Map(tokens.map(({ at }) => [at.offset, at.length]))
  const places = new Map<string, Extent[]>()
  const add = (name: string, { offset }: Extent) => push(places, name, { offset, length: lengths.get(offset) ?? 1 })
  for (const entry of tree.ini ?? []) {
    if (entry.kind === 'theta') add(entry.name, entry.at)
    else if (entry.kind === 'omega') for (const { name, at } of entry.names) add(name, at)
    else if (entry.kind === 'broken' && entry.target !== undefined) add(entry.target.name, entry.target.at)
  }
  const { errorLines } = survey(tree)
  const visit = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (statement.kind === 'conditional') {
        for (const { body } of statement.branches) visit(body)
        visit(statement.otherwise)
      } else if ((statement.kind === 'assignment' || statement.kind === 'broken') && !errorLines.has(statement)) {
        const { target } = statement
        if (target?.kind === 'variable' || target?.kind === 'modelTime') add(target.name, target.at)
        else if (target?.kind === 'derivative') push(places, target.name, target.at)
      }
    }
  }
  visit(tree.body)
  return places
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const known = lists.get(key)
  if (known === undefined) lists.set(key, [item])
  else known.push(item)
}
