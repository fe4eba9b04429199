export { type ArrowTable, arrowToTable } from './arrow-to-table.ts'
export type { ColumnMeaning } from './column-meaning.ts'
export { csvToTable } from './csv-to-table.ts'
export { combinedError, DataError, type DataPosition } from './data-error.ts'
export { type DecodedData, decodeData } from './decode-data.ts'
export { decodeText } from './decode-text.ts'
export type {
  Cell,
  DelimitedLimits,
  DelimitedReading,
  DelimitedText,
  DetectedEncoding,
  DetectedFormat,
} from './delimited-text.ts'
export { type StandardColumn, standardColumns } from './event-columns.ts'
export type { Json, Manifest, ManifestFile } from './manifest.ts'
export { type ManifestInput, manifestOf } from './manifest-of.ts'
export { type NonmemCsv, type NonmemOptions, nonmemCsv } from './nonmem-csv.ts'
export { parseDelimited } from './parse-delimited.ts'
export { parseManifest } from './parse-manifest.ts'
export {
  checkEventData,
  type EventData,
  type EventDataCheck,
  type EventDataOptions,
  readEventData,
} from './read-event-data.ts'
export { sha256Hex } from './sha256-hex.ts'
export { tableToArrow } from './table-to-arrow.ts'
export { type CsvOptions, tableToCsv } from './table-to-csv.ts'
export { type ManifestFinding, verifyManifest } from './verify-manifest.ts'
