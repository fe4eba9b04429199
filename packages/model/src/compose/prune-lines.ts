import { isErrorLine } from '../check/residual-errors.ts'
import type { Assignment, IniStatement, Statement } from '../syntax/syntax.ts'
import { quote } from '../text/quote.ts'
import type { Line } from './part-lines.ts'
import type { Problems } from './problems.ts'
import type { ReadPart } from './read-part.ts'

/** What is left of a part: its lines and its `ini`. */
interface Kept {
  readonly lines: readonly Line[]
  readonly ini: readonly IniStatement[] | undefined
}

/**
 * Takes out what only served what is gone: dropped outputs, and hidden variables and parameters that had a reader in the
 * part and have none any more. Tells of dropped states that something left reads.
 *
 * @param needed names that connections of the whole read.
 */
export function pruneLines(
  read: ReadPart,
  lines: readonly Line[],
  ini: readonly IniStatement[] | undefined,
  needed: ReadonlySet<string>,
  problems: Problems,
): Kept {
  const { part, tree, survey, known, dropped, names } = read
  const whole = (name: string) => names.get(name) ?? name
  const hadReader = new Set([...survey.used].map(whole))
  const outputs = new Set([...dropped].filter((name) => known.get(name)?.kind === 'variable').map(whole))
  for (const name of outputs) hadReader.add(name)
  const readers = new Map<string, number>()
  const count = (line: Line, by: number) => {
    for (const name of line.reads) if (!line.writes.has(name)) readers.set(name, (readers.get(name) ?? 0) + by)
  }
  const observes = ({ statement }: Line) => isErrorLineOf(statement) && outputs.has(statement.target.name)
  const left = new Set(lines.filter((line) => !observes(line)))
  for (const line of left) count(line, 1)
  const isOrphan = (name: string) => hadReader.has(name) && !needed.has(name) && (readers.get(name) ?? 0) <= 0
  const removable = new Map<string, Line[]>()
  for (const line of left) {
    const name = nameOfHidden(line, outputs)
    if (name === undefined) continue
    const list = removable.get(name)
    if (list === undefined) removable.set(name, [line])
    else list.push(line)
  }
  const open = [...removable.keys()].filter(isOrphan)
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const line of removable.get(name) ?? []) {
      if (!left.delete(line)) continue
      count(line, -1)
      for (const other of line.reads) if (removable.has(other) && isOrphan(other)) open.push(other)
    }
  }
  for (const own of dropped) {
    if (known.get(own)?.kind !== 'state') continue
    const name = whole(own)
    const reader = [...left].find(({ reads }) => reads.has(name) || reads.has(`derivative\n${name}`))
    if (reader === undefined) continue
    const target = reader.statement.kind === 'assignment' ? reader.statement.target : undefined
    const by =
      target === undefined ? 'an `if`' : quote(target.kind === 'derivative' ? `d/dt(${target.name})` : target.name)
    problems.error(part.id, `The state ${quote(own)} is dropped, but ${by} reads it; connect or drop that, too.`, {
      text: part.text,
      at: target?.at ?? known.get(own)?.at ?? { offset: 0, length: 1 },
    })
  }
  const kept = lines.filter((line) => left.has(line)).map((line) => hide(line, outputs))
  // a block of effects goes as a whole
  const goneEffects = new Set(
    read.model.omega.flatMap((block) => (block.names.map(whole).every(isOrphan) ? block.names.map(whole) : [])),
  )
  let isGone = false
  const shortened = ini?.filter((entry) => {
    if (entry.kind === 'theta') isGone = isOrphan(entry.name)
    else if (entry.kind === 'omega') isGone = entry.names.every(({ name }) => goneEffects.has(name))
    return !isGone
  })
  return { lines: kept, ini: tree.ini && shortened }

  function isErrorLineOf(statement: Line['statement']): statement is Assignment {
    return statement.kind === 'assignment' && isErrorLine(statement, () => false)
  }
}

/** The name that a line gives, where it can go when nothing reads it. */
function nameOfHidden({ statement, isParameter, writes }: Line, outputs: ReadonlySet<string>): string | undefined {
  if (statement.kind !== 'assignment' || statement.target.kind !== 'variable') return undefined
  const { name } = statement.target
  if (!writes.has(name)) return undefined
  return statement.hidden || isParameter || outputs.has(name) ? name : undefined
}

function hide(line: Line, outputs: ReadonlySet<string>): Line {
  const writesOutput = [...line.writes].some((name) => outputs.has(name))
  return writesOutput ? { ...line, statement: hidden(line.statement, outputs) } : line
}

/** Outputs that are not wanted and yet needed; the sign keeps `pow(…)` from being read as a residual error. */
function hidden(statement: Statement, outputs: ReadonlySet<string>): Statement {
  // nesting is bounded by the parser's budget
  if (statement.kind === 'conditional') {
    const inside = (body: readonly Statement[]) => body.map((inner) => hidden(inner, outputs))
    return {
      ...statement,
      branches: statement.branches.map(({ condition, body }) => ({ condition, body: inside(body) })),
      otherwise: inside(statement.otherwise),
    }
  }
  if (statement.kind !== 'assignment' || !outputs.has(statement.target.name)) return statement
  const out: Assignment = { ...statement, hidden: true }
  if (!isErrorLine(out, () => true)) return out
  const argument = out.value.length - 1
  return { ...out, value: [...out.value, { kind: 'unary', operator: '+', argument, at: out.at }] }
}
