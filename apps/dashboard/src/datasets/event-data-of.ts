import { DataError, type EventData } from '@cartkin/tables'
import type { FileEvents, FileReading } from './file-reading.ts'

/** What was read of a file as the library's checks take it; rows that are left out (lines of the file) are not in it. */
export function eventDataOf(
  file: string,
  { format, encoding, columns, notes }: FileReading,
  events: FileEvents,
  excluded: ReadonlySet<number>,
): EventData | null {
  if (!format) return null
  const lines =
    excluded.size === 0 ? events.lines : events.lines.map((own) => own.filter((line) => !excluded.has(line)))
  const subjects =
    excluded.size === 0
      ? events.subjects
      : events.subjects.map((subject, k) => ({
          ...subject,
          records: subject.records.filter((_, place) => !excluded.has(events.lines[k]?.[place] ?? 0)),
        }))
  const lineOf = (subject: number, record: number): number => lines[subject]?.[record] ?? 0
  const standing = new Set(columns.map(({ meaning }) => meaning))
  return {
    subjects,
    covariates: events.covariates,
    notes,
    doubts: [],
    format,
    encoding: encoding ?? undefined,
    columns,
    timeUnit: events.timeUnit,
    units: events.units,
    has: (column) => standing.has(column),
    missingAtStart(subject, covariate) {
      if (events.subjects[subject]?.parameters[covariate] !== undefined) return undefined
      const position = { line: lineOf(subject, 0), column: 1, header: covariate }
      return new DataError({ file, position, problem: 'there is no value', expected: 'the first row needs one' })
    },
    lineOf,
    refusal: (subject, record, header, problem, expected) =>
      new DataError({ file, position: { line: lineOf(subject, record), column: 1, header }, problem, expected }),
  }
}
