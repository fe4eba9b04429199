/** What the last accepted validation found of a target. */
export type RecordedRow =
  | { readonly id: string; readonly state: 'met' }
  /** A known miss, and why it is one; it is shown as missed all the same. */
  | { readonly id: string; readonly state: 'missed'; readonly reason: string }

/**
 * Reads evidence/targets/validation_record.json: which targets the models meet. A target that is recorded as met and is
 * missed is a regression; one recorded as missed that is met asks for a new record. Throws an Error that names the row
 * (from 1) for anything but rows with an identifier of their own, a state, and a reason for each miss.
 */
export function parseValidationRecord(jsonText: string): ReadonlyMap<string, RecordedRow> {
  const rows: unknown = JSON.parse(jsonText)
  if (!Array.isArray(rows)) throw new Error('validation record: expected a list of rows')
  const record = new Map<string, RecordedRow>()
  rows.forEach((row: unknown, index) => {
    const read = recordedRow(row)
    if (read === undefined)
      throw new Error(
        `validation record, row ${index + 1}: expected { id, state: "met" } or { id, state: "missed", reason }, got ${JSON.stringify(row)}`,
      )
    if (record.has(read.id)) throw new Error(`validation record, row ${index + 1}: ${read.id} has two rows`)
    record.set(read.id, read)
  })
  return record
}

function recordedRow(row: unknown): RecordedRow | undefined {
  if (typeof row !== 'object' || row === null) return undefined
  const fields = new Map<string, unknown>(Object.entries(row))
  const [id, state, reason] = [fields.get('id'), fields.get('state'), fields.get('reason')]
  if (typeof id !== 'string' || id === '') return undefined
  if (state === 'met') return { id, state }
  if (state !== 'missed' || typeof reason !== 'string' || reason === '') return undefined
  return { id, state, reason }
}
