import { verdict } from './describe-row.ts'
import type { Row } from './row.ts'

const HEAD = [
  'question',
  'problem',
  'error',
  'ours',
  'µs or ms',
  'steps',
  'rival',
  'µs or ms',
  'steps',
  'ratio',
  'auto',
  '',
]

/** Rows as a Markdown table. */
export function markdownTable(rows: readonly Row[]): string {
  const lines = [HEAD, HEAD.map(() => '---'), ...rows.map(cells)].map((line) => `| ${line.join(' | ')} |`)
  return `${lines.join('\n')}\n`
}

function cells(row: Row): readonly string[] {
  const { question, problem, target, method, ours, work, rival, theirs, ratio, auto = Number.NaN, state } = row
  return [
    ...[question, problem, Number.isNaN(target) ? '' : target.toExponential(0)],
    ...[method, number(ours), number(work?.ours?.steps), rival],
    ...[state === 'measured' ? number(theirs) : state, number(work?.theirs?.steps), number(ratio), number(auto)],
    row.note ?? verdict(row),
  ]
}

function number(value = Number.NaN): string {
  if (Number.isNaN(value)) return ''
  return value < 100 ? `${Number(value.toPrecision(3))}` : value.toFixed(0)
}
