import type { EventRecord } from '@cartkin/simulation'
import { isMeasured } from '@cartkin/tables'

/** How values below the limit of quantification enter a fit (Beal, J. Pharmacokinet. Pharmacodyn. 28:481, 2001). */
export type BlqMethod = 'M1' | 'M2' | 'M3' | 'M4'

const meanings: Readonly<Record<BlqMethod, string>> = {
  M1: 'are left out, which biases what is estimated from low values',
  M2: 'are left out, and the others count given that they lie above their limit',
  M3: 'count with the probability of lying there',
  M4: 'count with the probability of lying there, given that true values are positive',
}

/** Whether a record is a value below its limit of quantification. */
export function isBelowQuantification(record: EventRecord): boolean {
  return isMeasured(record) && record.cens === 1
}

/** Whether a method leaves values below the limit of quantification out. */
export function leavesOut(method: BlqMethod): boolean {
  return method === 'M1' || method === 'M2'
}

/** What became of the values below quantification, with their number; empty where there are none. */
export function belowQuantificationNote(records: readonly EventRecord[], method: BlqMethod): string {
  const count = records.filter(isBelowQuantification).length
  if (count === 0) return ''
  return `${count} ${count === 1 ? 'value' : 'values'} below quantification ${meanings[method]} (${method})`
}
