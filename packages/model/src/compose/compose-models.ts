import { doseFunctions } from '../check/dose-functions.ts'
import { namedConstants } from '../check/named-constants.ts'
import { parseModel } from '../parse-model.ts'
import { printTree } from '../print/normalised-text.ts'
import type { Expression } from '../syntax/syntax.ts'
import { budget } from '../text/budget.ts'
import { quote } from '../text/quote.ts'
import { assemble } from './assemble.ts'
import { checkLinear, checkNumbers } from './check-numbers.ts'
import { checkShared } from './check-shared.ts'
import type { Composition, CompositionPart, CompositionResult } from './composition.ts'
import { mergeMetadata } from './merge-metadata.ts'
import { nameOwners, type WholeNames } from './name-owners.ts'
import { orderLines } from './order-lines.ts'
import { partLines } from './part-lines.ts'
import { Problems } from './problems.ts'
import { readConnection } from './read-connection.ts'
import { type ReadPart, readPart } from './read-part.ts'

/** Most parts of a composition. */
const mostParts = 100

/**
 * Makes one model text of several. Names are prefixed or renamed, what is connected gets its value from the whole, and
 * lines stand in an order in which every name has its value before it is read. The result is ordinary text: it runs like
 * any other, and nothing of the composition is left at run time. Never throws on any text; every problem is told.
 */
export function composeModels(composition: Composition): CompositionResult {
  const problems = new Problems()
  const failed = (): CompositionResult => ({ ok: false, problems: problems.errors })
  if (!checkParts(composition.parts, problems)) return failed()
  const parts = composition.parts.flatMap((part) => readPart(part, problems) ?? [])
  if (problems.errors.length > 0) return failed()
  const whole = nameOwners(parts, problems)
  const expressions = parts.map((read) => readConnections(read, whole, problems))
  checkNumbers(parts, problems)
  const metadata = mergeMetadata(composition.name, parts, problems)
  if (problems.errors.length > 0) return failed()
  checkShared(parts, whole, problems)
  const needed = new Set(
    expressions.flatMap((list) =>
      [...list.values()].flatMap((expression) => expression.flatMap((node) => (node.kind === 'name' ? node.name : []))),
    ),
  )
  const made = parts.map((read, k) => partLines(read, expressions[k] ?? new Map(), needed, problems))
  const equations = made.map(({ lines }) => lines.filter(({ isParameter }) => !isParameter))
  const ordered = problems.errors.length > 0 ? [] : orderLines(equations, problems)
  if (problems.errors.length > 0) return failed()
  const { tree, headings } = assemble(composition.name, parts, made, ordered, metadata)
  checkLinear(parts, tree, problems)
  if (problems.errors.length > 0) return failed()
  const text = printTree(tree, headings)
  const parsed = parseModel(text)
  if (!parsed.ok) {
    problems.tell('', text, parsed.diagnostics)
    return failed()
  }
  const { model } = parsed
  problems.tell('', text, model.warnings)
  return {
    ok: true,
    text,
    model,
    names: new Map(parts.map((read) => [read.part.id, namesLeft(read)])),
    inputs: model.parameters.flatMap(({ name, kind }) =>
      kind === 'covariate' ? (whole.inputs.get(name) ?? { name, parts: [] }) : [],
    ),
    warnings: problems.warnings,
  }
}

/** Names of a part, without the states that are dropped. */
function namesLeft({ names, known, dropped }: ReadPart): ReadonlyMap<string, string> {
  return new Map([...names].filter(([own]) => !(dropped.has(own) && known.get(own)?.kind === 'state')))
}

function checkParts(parts: readonly CompositionPart[], problems: Problems): boolean {
  if (parts.length === 0) problems.error('', 'A composition has at least one part.')
  if (parts.length > mostParts) problems.error('', `There are ${parts.length} parts; at most ${mostParts} are allowed.`)
  const written = (record: CompositionPart['connect']) => Object.entries(record ?? {}).flat()
  const length = parts
    .flatMap(({ text, connect, rename, drop = [] }) => [text, ...written(connect), ...written(rename), ...drop])
    .reduce((sum, { length: own }) => sum + own, 0)
  if (length > budget.source) {
    problems.error('', `The texts of the parts have ${length} characters together; at most ${budget.source} are read.`)
  }
  const ids = new Set<string>()
  for (const { id } of parts) {
    if (id.trim() === '') problems.error(id, 'A part has no id.')
    if (ids.has(id)) problems.error(id, `Two parts have the id ${quote(id)}; give each its own.`)
    ids.add(id)
  }
  return problems.errors.length === 0
}

/** The expressions of a part's connections; what is no expression and names that the whole does not have are told. */
function readConnections(
  read: ReadPart,
  { owners, inputs }: WholeNames,
  problems: Problems,
): ReadonlyMap<string, Expression> {
  const { id } = read.part
  const found = new Map<string, Expression>()
  for (const [own, text] of read.connected) {
    const result = readConnection(text)
    if (!('expression' in result)) {
      problems.tell(id, text, result.diagnostics)
      continue
    }
    const { expression } = result
    for (const node of expression) {
      if (node.kind !== 'name' && node.kind !== 'derivative') continue
      const { name, at } = node
      const isLanguage = name === 't' || name === 'time' || namedConstants.has(name) || doseFunctions.has(name)
      if (owners.has(name) || inputs.has(name) || (node.kind === 'name' && isLanguage)) continue
      const near = problems.didYouMean(name, [...owners.keys(), ...inputs.keys()])
      problems.error(id, `${quote(own)} is connected to ${quote(name)}, which no part gives.${near}`, { text, at })
    }
    found.set(own, expression)
  }
  return found
}
