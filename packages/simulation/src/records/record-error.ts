import type { EventRecord } from './event-record.ts'

/** A record that cannot be: which, and what in it; the message begins with the record's number from 1. */
export class RecordError extends RangeError {
  override readonly name = 'RecordError'
  /** Index of the record, from 0. */
  readonly record: number
  readonly field: keyof EventRecord

  constructor(record: number, field: keyof EventRecord, message: string) {
    super(`record ${record + 1}: ${message}`)
    this.record = record
    this.field = field
  }
}
