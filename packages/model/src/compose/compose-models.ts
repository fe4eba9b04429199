import { doseFunctions } from '../check/dose-functions.ts'
import { findLinearForm } from '../check/linear-compartments.ts'
import { namedConstants } from '../check/named-constants.ts'
import { survey } from '../check/survey.ts'
import { parseModel } from '../parse-model.ts'
import { printTree } from '../print/normalised-text.ts'
import { isBareName } from '../print/print-name.ts'
import type { Expression, IniStatement, Statement, SyntaxTree } from '../syntax/syntax.ts'
import { budget } from '../text/budget.ts'
import { quote } from '../text/quote.ts'
import { checkShared } from './check-shared.ts'
import type { Composition, CompositionPart, CompositionResult } from './composition.ts'
import { mergeMetadata } from './merge-metadata.ts'
import { nameOwners, type WholeNames } from './name-owners.ts'
import { orderLines } from './order-lines.ts'
import { type Line, type PartLines, partLines } from './part-lines.ts'
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

/** What counts compartments or doses of a part counts those of all. */
function checkNumbers(parts: readonly ReadPart[], problems: Problems): void {
  if (parts.length < 2) return
  for (const { part, model, tree } of parts) {
    const dvid = tree.body.find(({ kind }) => kind === 'dvid')
    if (dvid?.kind === 'dvid') {
      const message =
        '`dvid()` numbers the compartments of its part, which have other numbers in the whole; take it out.'
      problems.error(part.id, message, { text: part.text, at: dvid.at })
    }
    const isOfAll = model.doseInputs.some(
      ({ state, quantity }) => state === undefined && quantity !== 'slope' && quantity !== 'since',
    )
    if (isOfAll) {
      problems.warn(
        part.id,
        `Part ${quote(part.id)} counts doses into any state (tad(), dosenum() and their kin without one), so those of the other parts count, too; name the state in the brackets.`,
      )
    }
  }
}

/** `linCmt()` of a part must not take names of another for its own. */
function checkLinear(parts: readonly ReadPart[], tree: SyntaxTree, problems: Problems): void {
  const open = parts.filter(({ survey: { linear } }) => linear !== undefined && linear.names.length === 0)
  if (open.length === 0) return
  const together = findLinearForm(namesFor(tree, survey(tree)))
  for (const { part, tree: own, survey: found } of open) {
    const alone = findLinearForm(namesFor(own, found))
    if (JSON.stringify(alone) === JSON.stringify(together)) continue
    problems.error(
      part.id,
      'In the whole `linCmt()` would find parameters of other parts by their names: write its own in the brackets, such as `linCmt(cl, v)`, or give the other parts a prefix.',
      { text: part.text, at: found.linear?.at ?? { offset: 0, length: 1 } },
    )
  }
}

function namesFor({ ini = [] }: SyntaxTree, { variables, used }: ReturnType<typeof survey>): readonly string[] {
  const effects = ini.flatMap((entry) => {
    if (entry.kind === 'theta') return [entry.name]
    return entry.kind === 'omega' ? entry.names.map(({ name }) => name) : []
  })
  return [...variables.keys(), ...effects, ...used]
}

/** One tree of the lines of all parts, with a heading wherever another part begins. */
function assemble(
  name: string,
  parts: readonly ReadPart[],
  made: readonly PartLines[],
  ordered: readonly Line[],
  metadata: SyntaxTree['metadata'],
): { readonly tree: SyntaxTree; readonly headings: ReadonlyMap<Statement | IniStatement, string> } {
  const headings = new Map<Statement | IniStatement, string>()
  const setHeading = ({ part, statement, comment }: Line, otherwise: string, isNew = otherwise !== '') => {
    const about = comment === '' ? otherwise : comment
    if (isNew || comment !== '') headings.set(statement, about === '' ? part : `${part}: ${about}`)
  }
  const parameters = made.flatMap(({ lines }) => {
    const own = lines.filter(({ isParameter }) => isParameter)
    for (const [k, line] of own.entries()) setHeading(line, k === 0 ? 'parameters' : '')
    return own.map(({ statement }) => statement)
  })
  let last = ''
  for (const line of ordered) {
    setHeading(line, '', line.part !== last)
    last = line.part
  }
  for (const [k, { ini }] of made.entries()) {
    if (ini?.[0] !== undefined) headings.set(ini[0], parts[k]?.part.id ?? '')
  }
  const equations = withoutRepeats(ordered.map(({ statement }) => statement))
  const hasIni = made.some(({ ini }) => ini !== undefined)
  const [only, second] = parts
  const tree: SyntaxTree = {
    title: name,
    name: second === undefined ? (only?.tree.name ?? '') : isBareName(name) ? name : 'composed',
    metadata,
    ini: hasIni ? made.flatMap(({ ini }) => ini ?? []) : undefined,
    body: [...parameters, ...equations],
  }
  return { tree: { ...tree, body: [...numbering(parts, tree), ...tree.body] }, headings }
}

/** What parts say alike of an input that they share is said once. */
function withoutRepeats(statements: readonly Statement[]): readonly Statement[] {
  const said = new Set<string>()
  return statements.filter((statement) => {
    if (statement.kind !== 'levels') return true
    const key = JSON.stringify([statement.name, statement.levels])
    if (said.has(key)) return false
    said.add(key)
    return true
  })
}

/** `cmt()` of all states where their lines alone would number them otherwise than part after part. */
function numbering(parts: readonly ReadPart[], tree: SyntaxTree): readonly Statement[] {
  const wanted = parts.flatMap(({ survey: { states }, names, dropped }) =>
    [...states.keys()].flatMap((state) => (dropped.has(state) ? [] : (names.get(state) ?? state))),
  )
  const found = [...survey(tree).states.keys()]
  if (wanted.every((state, k) => state === found[k])) return []
  return wanted.map((state) => ({ kind: 'compartment', name: state, at: { offset: 0, length: 0 } }))
}
