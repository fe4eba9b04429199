import { check } from '../check/check.ts'
import { isReserved } from '../check/is-assignable.ts'
import { type Survey, survey } from '../check/survey.ts'
import { readUnitComment } from '../check/unit-comment.ts'
import type { Model } from '../model.ts'
import { isBareName } from '../print/print-name.ts'
import { parseSyntax } from '../syntax/parse-syntax.ts'
import type { Statement, SyntaxTree } from '../syntax/syntax.ts'
import { budget } from '../text/budget.ts'
import { Diagnostics } from '../text/diagnostics.ts'
import { quote } from '../text/quote.ts'
import type { Extent } from '../text/source-text.ts'
import type { CompositionPart } from './composition.ts'
import type { Problems } from './problems.ts'

export type NameKind = 'state' | 'parameter' | 'effect' | 'input' | 'variable' | 'time' | 'endpoint' | 'level'

/** What is known of a name of a part. */
export interface PartName {
  readonly kind: NameKind
  readonly unit: string
  readonly label: string
  readonly at: Extent
}

/** A part that has been read on its own. */
export interface ReadPart {
  readonly part: CompositionPart
  readonly tree: SyntaxTree
  readonly model: Model
  readonly survey: Survey
  /** Every name of the part that is not the language's. */
  readonly known: ReadonlyMap<string, PartName>
  /** Those that are connected, with their expressions. */
  readonly connected: ReadonlyMap<string, string>
  readonly dropped: ReadonlySet<string>
  /** The name in the whole of each. */
  readonly names: ReadonlyMap<string, string>
}

/** Reads a part on its own; undefined where it cannot be, which has been told. */
export function readPart(part: CompositionPart, problems: Problems): ReadPart | undefined {
  const { id, text, prefix = '' } = part
  const before = problems.errors.length
  const diagnostics = new Diagnostics(text)
  const tree = parseSyntax(text, diagnostics)
  const model = check(text, tree, diagnostics)
  if (model === undefined || diagnostics.errors.length > 0) {
    problems.tell(id, text, diagnostics.errors)
    return undefined
  }
  const surveyed = survey(tree)
  const known = knownNames(tree, model, surveyed)
  const rename = entriesOf(part.rename)
  const connected = entriesOf(part.connect)
  const dropped = new Set(part.drop)
  const refuse = (message: string, at?: Extent) => problems.error(id, message, at && { text, at })
  if (prefix !== '' && !isBareName(prefix)) {
    refuse(`The prefix ${quote(prefix)} begins no name; expected letters, digits, \`.\` and \`_\`, such as \`toc_\`.`)
  }
  for (const [what, names] of [
    ['renamed', rename.keys()],
    ['connected', connected.keys()],
    ['dropped', dropped],
  ] as const) {
    for (const name of names) {
      if (!known.has(name))
        refuse(`${quote(name)} is to be ${what}, but there is no such name.${problems.didYouMean(name, known.keys())}`)
    }
  }
  for (const [name, next] of rename) {
    if (!isBareName(next)) {
      refuse(`${quote(name)} cannot be renamed to ${quote(next)}; a name has letters, digits, \`.\` and \`_\`.`)
    } else if (isReserved(next)) refuse(`${quote(name)} cannot be renamed to ${quote(next)}, which is reserved.`)
  }
  for (const name of connected.keys()) {
    const { kind, at } = known.get(name) ?? { kind: 'input', at: undefined }
    const remedy = remedies.get(kind)
    if (remedy !== undefined) refuse(`${quote(name)} ${remedy}`, at)
    if (dropped.has(name)) refuse(`${quote(name)} is both connected and dropped; choose one.`, at)
  }
  for (const name of dropped) {
    const { kind, at } = known.get(name) ?? { kind: 'variable', at: undefined }
    if (kind !== 'variable' && kind !== 'state') {
      refuse(`${quote(name)} is no output and no state and cannot be dropped; connect it instead.`, at)
    }
  }
  const names = new Map<string, string>()
  for (const [name, { kind, at }] of known) {
    const isShared = (kind === 'input' || kind === 'level') && !connected.has(name)
    const next = rename.get(name) ?? (isShared ? name : `${prefix}${name}`)
    names.set(name, next)
    if (next.length > budget.identifier) {
      refuse(`${quote(next)} has ${next.length} letters; at most ${budget.identifier} are allowed.`, at)
    }
  }
  if (surveyed.linear !== undefined && (prefix !== '' || rename.size > 0)) {
    refuse(
      '`linCmt()` finds its parameters and compartments by their names, so its part takes no prefix and no new names; give them to the other parts, or write its equations with d/dt.',
      surveyed.linear.at,
    )
  }
  return problems.errors.length > before
    ? undefined
    : { part, tree, model, survey: surveyed, known, connected, dropped, names }
}

const remedies: ReadonlyMap<NameKind, string> = new Map<NameKind, string>([
  [
    'state',
    'is a state and cannot be connected: connect what is computed from it, and drop the state if nothing else needs it.',
  ],
  ['time', 'is a time at which the model changes and cannot be connected; connect what it is computed from.'],
  ['endpoint', 'is the name of an endpoint and cannot be connected; connect what is observed.'],
  ['level', 'says for whom random effects are drawn and cannot be connected; rename it.'],
])

/** Own entries alone: a name such as `constructor` is a name like any other. */
function entriesOf(record: Readonly<Record<string, string>> | undefined): ReadonlyMap<string, string> {
  return new Map(Object.entries(record ?? {}))
}

function knownNames(tree: SyntaxTree, model: Model, found: Survey): ReadonlyMap<string, PartName> {
  const known = new Map<string, PartName>()
  const nowhere: Extent = { offset: 0, length: 1 }
  const times = new Set(moments(tree.body))
  for (const { name, unit, label, span } of model.states) known.set(name, { kind: 'state', unit, label, at: span })
  for (const { name, kind, unit, label, span, transform } of model.parameters) {
    if (found.variables.has(name) && kind === 'covariate') continue
    known.set(name, {
      kind: kind === 'eta' ? 'effect' : kind === 'covariate' ? 'input' : 'parameter',
      // the unit of a logarithm is that of what it is the logarithm of
      unit: transform.kind === 'identity' ? unit : '',
      label,
      at: span,
    })
  }
  const units = new Map(model.outputs.map(({ name, unit, label }) => [name, { unit, label }]))
  for (const [name, { first, comment }] of found.variables) {
    if (known.has(name)) continue
    const about = units.get(name) ?? readUnitComment(comment)
    known.set(name, { kind: times.has(name) ? 'time' : 'variable', ...about, at: first })
  }
  for (const { endpoint } of model.errorModels) {
    if (!known.has(endpoint)) known.set(endpoint, { kind: 'endpoint', unit: '', label: '', at: nowhere })
  }
  for (const { level } of model.omega) {
    if (level !== 'id' && !known.has(level)) known.set(level, { kind: 'level', unit: '', label: '', at: nowhere })
  }
  return known
}

// nesting is bounded by the parser's budget
function moments(body: readonly Statement[]): readonly string[] {
  return body.flatMap((statement) => {
    if (statement.kind === 'conditional')
      return [...statement.branches.flatMap((branch) => moments(branch.body)), ...moments(statement.otherwise)]
    return statement.kind === 'assignment' && statement.target.kind === 'modelTime' ? [statement.target.name] : []
  })
}
