export type { TopLevelSpec } from 'vega-lite'
export { type BandChart, bandChart } from './band-chart.ts'
export { type BootstrapChart, type BootstrapPanel, bootstrapChart } from './bootstrap-chart.ts'
export type { ChartOptions } from './chart-frame.ts'
export { type CorrelationChart, correlationChart } from './correlation-chart.ts'
export { type CourseChart, courseChart } from './course-chart.ts'
export { type DistributionChart, distributionChart } from './distribution-chart.ts'
export { formatValue } from './format-value.ts'
export { type GroupCurveRow, type GroupCurvesChart, groupCurvesChart } from './group-curves-chart.ts'
export { type GroupSummaryChart, type GroupSummaryRow, groupSummaryChart } from './group-summary-chart.ts'
export { type ImportanceChart, importanceChart } from './importance-chart.ts'
export { type ObjectiveChart, objectiveChart } from './objective-chart.ts'
export { type ObservedPredictedChart, observedPredictedChart } from './observed-predicted-chart.ts'
export { ink, seriesColours, seriesDashes } from './palette.ts'
export { positiveOnly } from './positive-only.ts'
export {
  type BelowLimitChart,
  belowLimitChart,
  type CheckedRow,
  type PredictiveCheckChart,
  predictiveCheckChart,
} from './predictive-check-chart.ts'
export {
  type ProfileChart,
  type ProfileEndMark,
  type ProfilePanel,
  type ProfileRow,
  profileChart,
} from './profile-chart.ts'
export { type QuantileChart, type QuantileRow, quantileChart } from './quantile-chart.ts'
export { type RangeChart, rangeChart } from './range-chart.ts'
export { type ResidualChart, residualChart } from './residual-chart.ts'
export type {
  Axis,
  BandRow,
  CourseRow,
  DoseRow,
  ImportanceRow,
  ObjectiveRow,
  ObservationRow,
  PredictionRow,
  TargetRow,
  TornadoRow,
  WaterfallRow,
} from './rows.ts'
export { type SeriesStyle, seriesStyle } from './series-style.ts'
export { type SubjectChart, subjectChart } from './subject-chart.ts'
export { type TargetChart, targetChart } from './target-chart.ts'
export { theme } from './theme.ts'
export { type TornadoChart, tornadoChart } from './tornado-chart.ts'
export { type WaterfallChart, waterfallChart } from './waterfall-chart.ts'
