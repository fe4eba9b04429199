import { literalValue } from '../check/lower-expression.ts'
import type { Assignment, Conditional, Expression, IniStatement, Statement } from '../syntax/syntax.ts'
import { commentAbove } from './comment-above.ts'
import type { Problems } from './problems.ts'
import { pruneLines } from './prune-lines.ts'
import type { ReadPart } from './read-part.ts'
import { namesOf, renamed, renamedIni, type StatementNames } from './statement-names.ts'
import { withConnections } from './with-connections.ts'

/** A statement of a part, in names of the whole. */
export interface Line extends StatementNames {
  readonly part: string
  readonly statement: Statement
  /** The comment on lines of its own above it; empty where there is none. */
  readonly comment: string
  /** The line of a connection: what it reads is what the whole has at the end. */
  readonly isConnection: boolean
  /** A number that is a parameter of the part. */
  readonly isParameter: boolean
  /** A number that is none, because it stands below a d/dt; so it must stay. */
  readonly isConstant: boolean
}

export interface PartLines {
  readonly lines: readonly Line[]
  readonly ini: readonly IniStatement[] | undefined
}

/** The statements of a part with its connections in them and what is dropped gone, in names of the whole. */
export function partLines(
  read: ReadPart,
  expressions: ReadonlyMap<string, Expression>,
  needed: ReadonlySet<string>,
  problems: Problems,
): PartLines {
  const { part, tree, model, survey, connected, dropped, names } = read
  const rename = (name: string) => names.get(name) ?? name
  const parameters = new Map(
    model.parameters.flatMap(({ name, kind, inIni, span }) =>
      kind === 'parameter' && !inIni ? [[name, span.offset] as const] : [],
    ),
  )
  const lines: Line[] = []
  /** Where the definition of a connected name stood, as a place among the lines. */
  const places = new Map<string, number>()
  for (const statement of tree.body) {
    const left = without(statement, read, (name) => {
      if (!places.has(name)) places.set(name, lines.length)
    })
    if (left === undefined) continue
    const isErrorLine = survey.errorLines.has(statement)
    const isLiteral = isShownNumber(left)
    const isParameter = isLiteral && parameters.get(left.target.name) === left.target.at.offset
    const moved = renamed(left, rename)
    lines.push({
      ...namesOf(moved, isErrorLine),
      part: part.id,
      statement: moved,
      comment: commentAbove(part.text, left),
      isConnection: false,
      isParameter,
      isConstant: isLiteral && !isParameter && !isErrorLine,
    })
  }
  const ini = tree.ini && withoutConnected(tree.ini, read, problems)
  const kept =
    connected.size === 0 && dropped.size === 0
      ? { lines, ini: ini?.map((entry) => renamedIni(entry, rename)) }
      : pruneLines(
          read,
          lines,
          ini?.map((entry) => renamedIni(entry, rename)),
          needed,
          problems,
        )
  return { ini: kept.ini, lines: withConnections(read, kept.lines, lines, places, expressions) }
}

function isShownNumber(statement: Statement): statement is Assignment {
  const isPlain = statement.kind === 'assignment' && !statement.hidden && statement.target.kind === 'variable'
  return isPlain && literalValue(statement.value) !== undefined
}

/** What is left of a statement when connected names and dropped states have no lines; undefined for nothing. */
function without(statement: Statement, read: ReadPart, gone: (connected: string) => void): Statement | undefined {
  const { connected, dropped, known, survey } = read
  switch (statement.kind) {
    case 'assignment': {
      const { kind, name } = statement.target
      if (kind === 'variable' && connected.has(name) && !survey.errorLines.has(statement)) {
        gone(name)
        return undefined
      }
      return dropped.has(name) && known.get(name)?.kind === 'state' ? undefined : statement
    }
    case 'conditional': {
      const inside = (body: readonly Statement[]) => body.flatMap((inner) => without(inner, read, gone) ?? [])
      const branches = statement.branches.map(({ condition, body }) => ({ condition, body: inside(body) }))
      const otherwise = inside(statement.otherwise)
      const size = (of: Pick<Conditional, 'branches' | 'otherwise'>) =>
        of.branches.reduce((sum, { body }) => sum + body.length, of.otherwise.length)
      // one that was empty before still reads what its condition names
      return size({ branches, otherwise }) === 0 && size(statement) > 0
        ? undefined
        : { ...statement, branches, otherwise }
    }
    case 'interpolation': {
      const names = statement.names.filter((name) => !connected.has(name))
      return names.length === 0 ? undefined : { ...statement, names }
    }
    // the whole numbers its states itself
    case 'compartment':
      return known.get(statement.name)?.kind === 'state' ? undefined : statement
    case 'order':
    case 'jacobian':
      return undefined
    case 'broken':
    case 'dvid':
    case 'levels':
    case 'unit':
      return statement
  }
}

/** `ini` without the effects that are connected, and without what is said of them there. */
function withoutConnected(
  ini: readonly IniStatement[],
  { part, model, connected }: ReadPart,
  problems: Problems,
): readonly IniStatement[] {
  for (const { names } of model.omega) {
    const first = names.find((name) => connected.has(name))
    const other = names.find((name) => !connected.has(name))
    if (first === undefined || other === undefined) continue
    problems.error(
      part.id,
      `\`${first}\` is connected and has a covariance with \`${other}\`, which is not; connect all random effects of a block, or none.`,
    )
  }
  let isGone = false
  return ini.filter((entry) => {
    if (entry.kind === 'theta') isGone = connected.has(entry.name)
    else if (entry.kind === 'omega') isGone = entry.names.every(({ name }) => connected.has(name))
    return !isGone
  })
}
