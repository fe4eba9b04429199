/** One cell with the place where it begins. */
export interface Cell {
  readonly text: string
  readonly line: number
  readonly column: number
}

/** How the bytes of a file stand for characters. */
export type DetectedEncoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'Windows-1252'

/** What was found out about a file rather than told; to be shown beside the data. */
export interface DetectedFormat {
  readonly delimiter: ',' | ';' | '\t'
  /** ',' only in files whose cells are not separated by commas. */
  readonly decimalSeparator: '.' | ','
  readonly byteOrderMark: boolean
  readonly lineEnding: 'LF' | 'CRLF' | 'CR' | 'mixed' | 'none'
}

/** The cells of a delimited text, by rows; every row as long as the header. Unquoted cells are trimmed. */
export interface DelimitedText {
  readonly file: string
  readonly format: DetectedFormat
  readonly header: readonly Cell[]
  readonly rows: readonly (readonly Cell[])[]
  /** What a reader of the file should know: what was trimmed or left out, with counts. */
  readonly notes: readonly string[]
}

/** How a text is read where it does not say so itself. */
export interface DelimitedReading {
  readonly limits?: DelimitedLimits
  /** Whether lines that begin with `#` or `@` are comments; defaults to false. */
  readonly comments?: boolean
  /** Defaults to what the numbers say. */
  readonly decimalSeparator?: '.' | ','
  /** Is told every few thousand rows how many have been taken apart. */
  readonly onRows?: (rows: number) => void
}

/** Limits above which a file is refused before it fills the memory. */
export interface DelimitedLimits {
  /** Defaults to 200 million. */
  readonly characters?: number
  /** Defaults to 4 million. */
  readonly cells?: number
  /** Defaults to 1,000. */
  readonly columns?: number
  /** Characters of one cell; defaults to 10,000. */
  readonly cellLength?: number
}
