import type { EventDataOptions } from '@cartkin/tables'
import type { FilePage, FileReading } from './file-reading.ts'

/** What the reader of data files is asked. */
export type ReaderRequest =
  | { readonly kind: 'read'; readonly file: Blob; readonly name: string; readonly options: EventDataOptions }
  /** The page that holds a row (from 0), or the row of a line. */
  | { readonly kind: 'page'; readonly from: number }
  | { readonly kind: 'line'; readonly line: number }

/** What it says. */
export type ReaderReply =
  | { readonly kind: 'rows'; readonly rows: number }
  | { readonly kind: 'read'; readonly reading: FileReading; readonly page: FilePage }
  | { readonly kind: 'page'; readonly page: FilePage }
  | { readonly kind: 'failed'; readonly message: string }
