import type { Row } from './row.ts'

/** A row as a line of the table. */
export function describeRow(row: Row): string {
  const { problem, method, rival, target, ratio, ours, theirs, unit, state, note } = row
  const at = Number.isNaN(target) ? '' : ` at ${target.toExponential(0)}`
  const own = `${`${problem}${at}`.padEnd(note === undefined ? 21 : 40)} ${method.padEnd(9)} ${amount(ours)} ${unit}${error(row.achievedError)}`
  if (state === 'absent') return `${own}   ${note ?? `${rival}: absent`}`
  if (state === 'missed') return `${own}   ${rival}: target not reached by ${Number.isNaN(ours) ? 'us' : 'it'}`
  const auto = row.auto === undefined ? '' : ` auto ${times(row.auto)}`
  return `${own}   ${rival.padEnd(11)} ${amount(theirs)} ${unit}${error(row.rivalError)} ${times(ratio)}${auto}  ${[verdict(row), note ?? ''].filter((text) => text !== '').join('; ')}`
}

/** What a row was to reach and whether it did; empty where nothing is set. */
export function verdict({ ratio, reach, aim, bar }: Row): string {
  const least = reach ?? aim
  if (least === null) return ''
  const asked = reach === null ? `aim ${aim}x` : `bar ${reach}x`
  const met = ratio >= least ? 'met' : 'missed'
  const beyond = aim !== null && reach !== null && ratio >= aim ? `, aim ${Number(aim.toFixed(2))}x met` : ''
  return `${asked} ${met}${beyond}${bar === null ? ' (not held)' : ''}`
}

function times(ratio: number): string {
  return Number.isNaN(ratio) ? '      –' : `${ratio.toFixed(2).padStart(6)}x`
}

function amount(value: number): string {
  return (value < 100 ? value.toFixed(1) : value.toFixed(0)).padStart(8)
}

function error(value: number): string {
  return Number.isNaN(value) ? '' : ` (${value.toExponential(1)})`
}
