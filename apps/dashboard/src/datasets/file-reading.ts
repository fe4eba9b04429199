import type { Subject } from '@cartkin/simulation'
import type { ColumnMeaning, DetectedEncoding, DetectedFormat } from '@cartkin/tables'

/** What is wrong with a file, or may be, and where; lines and columns count from 1. */
export interface DataFault {
  readonly problem: string
  readonly expected: string
  /** The offending text; empty for none. */
  readonly text: string
  /** Null where the whole file is meant. */
  readonly place: { readonly line: number; readonly column: number; readonly header: string } | null
}

/** Texts or numbers of a column by which subjects can be told apart: of each, what its first row says. */
export interface GroupColumn {
  readonly header: string
  /** In the order of the file. */
  readonly levels: readonly string[]
  /** Place of a subject's among them. */
  readonly ofSubject: readonly number[]
}

/** Subjects of a file and their records, as plain data. */
export interface FileEvents {
  readonly subjects: readonly Subject[]
  /** Line of the file of each record of each subject. */
  readonly lines: readonly (readonly number[])[]
  readonly covariates: readonly string[]
  readonly groups: readonly GroupColumn[]
  /** As the file says them; empty where it does not. */
  readonly timeUnit: string
  readonly units: ReadonlyMap<string, string>
}

/** What came of reading a file with some choices; plain data, which cross threads. */
export interface FileReading {
  readonly rows: number
  /** Names of the columns; empty where the file could not be taken apart. */
  readonly header: readonly string[]
  readonly format: DetectedFormat | null
  readonly encoding: DetectedEncoding | null
  /** What each column is taken for. */
  readonly columns: readonly ColumnMeaning[]
  /** What keeps the data from being used. */
  readonly faults: readonly DataFault[]
  readonly doubts: readonly DataFault[]
  /** What was understood on the way: sentences. */
  readonly notes: readonly string[]
  /** Null where there are faults. */
  readonly events: FileEvents | null
}

/** Some rows of a file as they were taken apart, numbers with a decimal point; of a file that could not be, its lines. */
export interface FilePage {
  /** Rows there are. */
  readonly rows: number
  /** Place of the first of these among them, from 0. */
  readonly from: number
  readonly shown: readonly { readonly line: number; readonly cells: readonly string[] }[]
}

/** Rows of a page. */
export const pageRows = 50
