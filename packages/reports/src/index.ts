export { type CompiledChart, compileChart } from './compile-chart.ts'
export { type EndpointTableRow, endpointTable } from './endpoint-table.ts'
export { type EstimateRow, type EstimateTable, estimateTable } from './estimate-table.ts'
export { htmlReport } from './html-report.ts'
export type { MathElement } from './math-element.ts'
export { type ParameterTableRow, parameterTable } from './parameter-table.ts'
export { type LicensedData, licenceNote, provenanceTable } from './provenance-table.ts'
export { renderSvg, type Svg } from './render-svg.ts'
export type {
  Report,
  ReportBlock,
  ReportCell,
  ReportColumn,
  ReportEquations,
  ReportFigure,
  ReportSection,
  ReportTable,
  Trust,
} from './report.ts'
export { type TargetTableRow, targetTable } from './target-table.ts'
export { trustTags } from './trust-tag.ts'
