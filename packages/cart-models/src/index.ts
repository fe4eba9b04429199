export { type AxiCelFit, axiCelFit } from './axi-cel-fit.ts'
export { type CalibrationTarget, parseTargets } from './calibration-targets.ts'
export { checkTargets, type KeyNumbers, type TargetCheck } from './check-targets.ts'
export {
  type CytokineMarker,
  type CytokineSelection,
  type CytokineSummaryRow,
  cytokineAttribution,
  cytokineObservations,
  parseCytokineSummary,
} from './cytokine-summary.ts'
export type { LibraryModel, Observation, PanelDefinition, ParameterNote, Trust } from './library-model.ts'
export { libraryModel, libraryModels } from './library-models.ts'
export { type LupusKeyNumbers, lupusKeyNumbers } from './lupus-key-numbers.ts'
export {
  type LupusPatientNumbers,
  type LupusPopulationKeyNumbers,
  lupusPopulationKeyNumbers,
} from './lupus-population-key-numbers.ts'
export { type OncologyKeyNumbers, oncologyKeyNumbers } from './oncology-key-numbers.ts'
export type { Scenario } from './scenario.ts'
export { type SteinKeyNumbers, type SteinParameters, steinKeyNumbers } from './stein-key-numbers.ts'
export { twoSidedGridTable } from './two-sided-grid-table.ts'
