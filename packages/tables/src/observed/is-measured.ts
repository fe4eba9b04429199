import type { EventRecord } from '@cartkin/simulation'

/** Whether a record holds a value to be fitted. */
export function isMeasured(record: EventRecord): record is EventRecord & { readonly dv: number } {
  return record.evid === 0 && record.dv !== undefined && record.mdv !== true
}
