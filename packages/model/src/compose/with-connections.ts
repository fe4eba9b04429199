import { literalValue } from '../check/lower-expression.ts'
import type { Assignment, Expression } from '../syntax/syntax.ts'
import { isSameName } from './name-owners.ts'
import type { Line } from './part-lines.ts'
import type { ReadPart } from './read-part.ts'
import { namesOf } from './statement-names.ts'

/** Puts each connection before the first line that reads it, or where the definition stood that it replaces. */
export function withConnections(
  read: ReadPart,
  kept: readonly Line[],
  all: readonly Line[],
  places: ReadonlyMap<string, number>,
  expressions: ReadonlyMap<string, Expression>,
): readonly Line[] {
  const firstReader = new Map<string, number>()
  let firstLinear = Number.POSITIVE_INFINITY
  for (const [k, { reads, hasLinear }] of kept.entries()) {
    for (const name of reads) if (!firstReader.has(name)) firstReader.set(name, k)
    if (hasLinear) firstLinear = Math.min(firstLinear, k)
  }
  const positions = new Map<Line, number>([...kept.entries()].map(([k, line]) => [line, k]))
  const placeOf = (own: string): number => {
    for (const line of all.slice(places.get(own) ?? all.length)) {
      const position = positions.get(line)
      if (position !== undefined) return position
    }
    return kept.length
  }
  const before = new Map<number, Line[]>()
  for (const [own, expression] of expressions) {
    if (isSameName(read, own)) continue
    const name = read.names.get(own) ?? own
    const at = Math.min(firstReader.get(name) ?? Number.POSITIVE_INFINITY, placeOf(own), firstLinear)
    const line = connection(read, own, name, expression)
    const list = before.get(at) ?? []
    list.push(line)
    before.set(at, list)
  }
  return [...kept, undefined].flatMap((line, k) => [...(before.get(k) ?? []), ...(line === undefined ? [] : [line])])
}

function connection(read: ReadPart, own: string, name: string, expression: Expression): Line {
  const { kind = 'input', unit = '', label = '' } = read.known.get(own) ?? {}
  // what a residual error is made of must be shown
  const isOfError = [...read.survey.errorLines].some(
    (line) => line.kind === 'assignment' && line.value.some((node) => node.kind === 'name' && node.name === own),
  )
  const hidden = !isOfError && !(kind === 'variable' && (read.survey.variables.get(own)?.shown ?? false))
  const at = { offset: 0, length: 0 }
  const isNumber = !hidden && literalValue(expression) !== undefined
  const statement: Assignment = {
    kind: 'assignment',
    target: { kind: 'variable', name, at },
    hidden,
    // a number alone would be a parameter
    value: isNumber ? plusNothing(expression) : expression,
    comment: [unit === '' ? '' : `[${unit}]`, label].filter((word) => word !== '').join(' '),
    at,
  }
  return {
    ...namesOf(statement, false),
    part: read.part.id,
    statement,
    comment: '',
    isConnection: true,
    isParameter: false,
    isConstant: false,
  }
}

function plusNothing(expression: Expression): Expression {
  const at = { offset: 0, length: 0 }
  const left = expression.length - 1
  return [...expression, { kind: 'number', value: 0, at }, { kind: 'binary', operator: '+', left, right: left + 1, at }]
}
