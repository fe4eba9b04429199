import type { Row } from './row.ts'

/** A row as a line of the table. */
export function describeRow(row: Row): string {
  const { problem, method, rival, target, ratio, ours, theirs, unit, state } = row
  const at = Number.isNaN(target) ? '' : ` at ${target.toExponential(0)}`
  const own = `${problem.padEnd(12)}${at.padEnd(9)} ${method.padEnd(9)} ${amount(ours)} ${unit}${error(row.achievedError)}`
  if (state === 'absent') return `${own}   ${rival}: absent`
  if (state === 'missed') return `${own}   ${rival}: target not reached by ${Number.isNaN(ours) ? 'us' : 'it'}`
  return `${own}   ${rival.padEnd(11)} ${amount(theirs)} ${unit}${error(row.rivalError)} ${ratio.toFixed(2).padStart(7)}x  ${held(row)}`
}

function held({ reach, bar }: Row): string {
  if (bar !== null) return `bar ${bar}x`
  return reach === null ? '' : `no bar yet, ${reach}x to reach`
}

function amount(value: number): string {
  return (value < 100 ? value.toFixed(1) : value.toFixed(0)).padStart(8)
}

function error(value: number): string {
  return Number.isNaN(value) ? '' : ` (${value.toExponential(1)})`
}
