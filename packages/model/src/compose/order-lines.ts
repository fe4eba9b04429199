import { writtenTarget } from '../check/written-target.ts'
import { quote } from '../text/quote.ts'
import type { Line } from './part-lines.ts'
import type { Problems } from './problems.ts'

/**
 * The lines of all parts in an order that gives every name before it is read: part after part in their own order, but for
 * lines that an earlier part needs, which come right before it. A circle is told with the names on it.
 */
export function orderLines(parts: readonly (readonly Line[])[], problems: Problems): readonly Line[] {
  const lines = parts.flat()
  const needs = linesNeeded(parts)
  const ordered: Line[] = []
  const state = new Uint8Array(lines.length)
  const next = new Int32Array(lines.length)
  for (const first of lines.keys()) {
    const open = state[first] === 0 ? [first] : []
    while (open.length > 0) {
      const at = open[open.length - 1] ?? 0
      state[at] = 1
      const need = needs[at]?.[next[at] ?? 0]
      if (need === undefined) {
        const line = lines[at]
        if (line !== undefined) ordered.push(line)
        state[at] = 2
        open.pop()
        continue
      }
      next[at] = (next[at] ?? 0) + 1
      if (state[need] === 0) open.push(need)
      else if (state[need] === 1) {
        tellCircle(
          open.slice(open.indexOf(need)).flatMap((k) => lines[k] ?? []),
          problems,
        )
        return ordered
      }
    }
  }
  return ordered
}

/** For each line those that must come before it, in their order. */
function linesNeeded(parts: readonly (readonly Line[])[]): readonly (readonly number[])[] {
  const lastWriter = new Map<string, number>()
  let count = 0
  for (const { writes } of parts.flat()) {
    for (const name of writes) lastWriter.set(name, count)
    count++
  }
  const needs: number[][] = []
  let start = 0
  for (const part of parts) {
    const writer = new Map<string, number>()
    const readers = new Map<string, number[]>()
    let firstDerivative: number | undefined
    let firstSinceLinear = start
    const isOwn = (k: number) => k >= start && k < start + part.length
    for (const [k, line] of part.entries()) {
      const at = start + k
      const own = new Set<number>()
      for (const name of line.reads) {
        const last = lastWriter.get(name)
        if (last !== undefined && (line.isConnection || !isOwn(last))) own.add(last)
        if (line.isConnection) continue
        const before = writer.get(name)
        if (before !== undefined) own.add(before)
        const list = readers.get(name)
        if (list === undefined) readers.set(name, [at])
        else list.push(at)
      }
      for (const name of line.writes) {
        const before = writer.get(name)
        if (before !== undefined) own.add(before)
        for (const reader of readers.get(name) ?? []) if (reader !== at) own.add(reader)
        readers.delete(name)
        writer.set(name, at)
      }
      if (line.isConstant && firstDerivative !== undefined) own.add(firstDerivative)
      // it reads all that stands above it
      if (line.hasLinear) for (let before = firstSinceLinear; before < at; before++) own.add(before)
      if (line.hasLinear) firstSinceLinear = at
      if (line.hasDerivative) firstDerivative ??= at
      needs.push([...own].sort((a, b) => a - b))
    }
    start += part.length
  }
  return needs
}

/** "`a_x` needs `b_y` of part `b`, which needs `a_x`". */
function tellCircle(circle: readonly Line[], problems: Problems): void {
  const [first, ...rest] = circle
  if (first === undefined) return
  const shown = rest.slice(0, 8).map((line) => `${giver(line)} of part ${quote(line.part)}`)
  const chain = [...shown, ...(rest.length > shown.length ? ['…'] : []), giver(first)].join(', which needs ')
  problems.error(
    first.part,
    `The connections go in a circle: ${giver(first)} of part ${quote(first.part)} needs ${chain}. Connect one of them to a state, which has its value at any time.`,
  )
}

function giver({ statement }: Line): string {
  return statement.kind === 'assignment' ? writtenTarget(statement.target.kind, statement.target.name) : 'an `if`'
}
