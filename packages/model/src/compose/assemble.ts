import { survey } from '../check/survey.ts'
import { isBareName } from '../print/print-name.ts'
import type { IniStatement, Statement, SyntaxTree } from '../syntax/syntax.ts'
import type { Line, PartLines } from './part-lines.ts'
import type { ReadPart } from './read-part.ts'

/** One tree of the lines of all parts, with a heading wherever another part begins. */
export function assemble(
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
