import type { Manifest } from '@cartkin/tables'
import type { ReportBlock, ReportCell, ReportTable } from './report.ts'

function counts(status: Manifest['status']): string {
  return Object.entries(status)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')
}

/**
 * What a result was made from and by: versions, hashes, seed, status counts, licences.
 *
 * @param manifest the result's manifest; its `self` is not shown, since a report is one of the files that it covers.
 * @param details more lines, such as the solver and its tolerances, as label and text.
 */
export function provenanceTable(
  manifest: Omit<Manifest, 'files' | 'self' | 'format'>,
  details: readonly (readonly [label: string, text: string])[] = [],
): ReportTable {
  const { versions, model, data, seed, status, licences } = manifest
  const hash = (text: string): ReportCell => ({ text, tone: 'code' })
  const row = (label: string, cell: ReportCell): readonly ReportCell[] => [label, cell]
  const read = data === null ? [] : [row('Data', data.file), row('Data, SHA-256', hash(data.sha256))]
  return {
    kind: 'table',
    caption: 'What this report was made from. The same inputs, versions and seed give the same bits.',
    columns: [{ header: 'Item' }, { header: 'Value' }],
    rows: [
      ...Object.entries(versions).map(([name, version]) => row(name, version)),
      ...(model.id === '' ? [] : [row('Model', model.id), row('Model text, SHA-256', hash(model.sha256))]),
      ...read,
      ...(seed === null ? [] : [row('Seed', String(seed))]),
      ...(Object.keys(status).length === 0 ? [] : [row('Runs', counts(status))]),
      ...details.map(([label, text]) => row(label, text)),
      ...licences.map((licence) => row('Data licence', licence)),
    ],
  }
}

/** Data with conditions on their use. */
export interface LicensedData {
  /** `CC BY-NC 4.0`. */
  readonly licence: string
  /** Whom to name: authors, title, source. */
  readonly attribution: string
}

/** The note that must stand in a report which uses such data: attribution, and non-commercial use where the licence asks for it. */
export function licenceNote({ licence, attribution }: LicensedData): ReportBlock {
  const nonCommercial = licence.toUpperCase().split(/[\s-]/).includes('NC')
  const limit = nonCommercial
    ? ' For non-commercial use only: this holds for every figure and number here that derives from them.'
    : ''
  return {
    kind: 'note',
    tone: nonCommercial ? 'warning' : 'plain',
    text: `Data: ${attribution}, licensed ${licence}.${limit}`,
  }
}
