export { type DecodedData, decodeData } from './cells/decode-data.ts'
export { decodeText } from './cells/decode-text.ts'
export type {
  Cell,
  DelimitedLimits,
  DelimitedReading,
  DelimitedText,
  DetectedEncoding,
  DetectedFormat,
} from './cells/delimited-text.ts'
export { parseDelimited } from './cells/parse-delimited.ts'
export type { ColumnMeaning } from './columns/column-meaning.ts'
export { type StandardColumn, standardColumns } from './columns/event-columns.ts'
export { combinedError, DataError, type DataPosition } from './data-error.ts'
export {
  checkEventData,
  type EventData,
  type EventDataCheck,
  type EventDataOptions,
  readEventData,
} from './event-data/read-event-data.ts'
export type { Json, Manifest, ManifestFile } from './manifests/manifest.ts'
export { type ManifestInput, manifestOf } from './manifests/manifest-of.ts'
export { parseManifest } from './manifests/parse-manifest.ts'
export { sha256Hex } from './manifests/sha256-hex.ts'
export { type ManifestFinding, verifyManifest } from './manifests/verify-manifest.ts'
export { type NonmemCsv, type NonmemOptions, nonmemCsv } from './nonmem/nonmem-csv.ts'
export { type ArrowTable, arrowToTable } from './results/arrow-to-table.ts'
export { csvToTable } from './results/csv-to-table.ts'
export { tableToArrow } from './results/table-to-arrow.ts'
export { type CsvOptions, tableToCsv } from './results/table-to-csv.ts'
