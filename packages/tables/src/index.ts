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
export { isMissing } from './cells/missing-value.ts'
export { parseDelimited } from './cells/parse-delimited.ts'
export { parseNumber } from './cells/parse-number.ts'
export type { ColumnMeaning } from './columns/column-meaning.ts'
export { type StandardColumn, standardColumns } from './columns/event-columns.ts'
export { guessColumns } from './columns/guess-columns.ts'
export { combinedError, DataError, type DataPosition } from './data-error.ts'
export {
  checkEventData,
  type EventData,
  type EventDataCheck,
  type EventDataOptions,
  readEventData,
} from './event-data/read-event-data.ts'
export {
  type ExplorationChoice,
  type ExploredData,
  type ExploredEndpoint,
  type ExploredRow,
  type ExploredSource,
  exploredData,
} from './exploration/explored-data.ts'
export { type GroupSummary, groupSummaries } from './exploration/group-summaries.ts'
export type { Json, Manifest, ManifestFile } from './manifests/manifest.ts'
export { type ManifestInput, manifestOf } from './manifests/manifest-of.ts'
export { parseManifest } from './manifests/parse-manifest.ts'
export { sha256Hex } from './manifests/sha256-hex.ts'
export { type ManifestFinding, verifyManifest } from './manifests/verify-manifest.ts'
export { type NonmemCsv, type NonmemOptions, nonmemCsv } from './nonmem/nonmem-csv.ts'
export { commonLimit } from './observed/common-limit.ts'
export { type DataRemark, dataRemarks } from './observed/data-remarks.ts'
export { type DataInModelTime, inModelTime } from './observed/in-model-time.ts'
export { isMeasured } from './observed/is-measured.ts'
export { type Observe, observedAs, observedQuantity } from './observed/observed-as.ts'
export { pooledFault } from './observed/pooled-fault.ts'
export { doseUnitFault, unitFault } from './observed/unit-fault.ts'
export { zerosBelowLimit } from './observed/zeros-below-limit.ts'
export { type ArrowTable, arrowToTable } from './results/arrow-to-table.ts'
export { csvToTable } from './results/csv-to-table.ts'
export { tableToArrow } from './results/table-to-arrow.ts'
export { type CsvOptions, tableToCsv } from './results/table-to-csv.ts'
