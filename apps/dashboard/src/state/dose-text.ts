import type { RegimenDose } from '@cartkin/simulation'
import { timeText } from './time-units.ts'

/** A dose in a line: "100 into depot at 0 h, every 12 h, 6 doses". */
export function doseText({ time, cmt, amt, rate = 0, ii, addl = 0, label }: RegimenDose, timeUnit: string): string {
  const unit = timeUnit === '' ? '' : ` ${timeUnit}`
  const parts = [`${label ?? `${amt} into ${cmt}`} at ${timeText(timeUnit, String(time))}`]
  if (rate > 0) parts.push(`rate ${rate}`)
  if (rate === -1) parts.push(`rate by rate(${cmt})`)
  if (rate === -2) parts.push(`duration by dur(${cmt})`)
  if (addl > 0) parts.push(`every ${ii}${unit}`, `${addl + 1} doses`)
  return parts.join(', ')
}
