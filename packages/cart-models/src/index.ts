export {
  type BloodSample,
  copiesPerMicrogram,
  copiesPerMillilitre,
  singhLeukocytes,
} from './assays/copies-per-microgram.ts'
export { type AssayLayer, withAssays } from './assays/with-assays.ts'
export { composeLibraryModels } from './library/compose-library-models.ts'
export { extinctionText } from './library/extinction-text.ts'
export type { FittedParameter, FittingNote } from './library/fitting-note.ts'
export type { LibraryComposition } from './library/library-composition.ts'
export type {
  LibraryModel,
  LibraryPart,
  Observation,
  PanelDefinition,
  ParameterNote,
  Trust,
} from './library/library-model.ts'
export { libraryModel, libraryModels } from './library/library-models.ts'
export { type LibraryShelf, libraryShelves } from './library/library-shelves.ts'
export type { Scenario } from './library/scenario.ts'
export { taggedText } from './library/tagged-text.ts'
export { trustTags } from './library/trust-tags.ts'
export {
  bodySurface,
  type FluCyRegimen,
  fluCyDoses,
  fluCyRegimens,
  renalReduction,
} from './lymphodepletion/flu-cy-regimens.ts'
export {
  type CytokineMarker,
  type CytokineSelection,
  type CytokineSummaryRow,
  cytokineAttribution,
  cytokineObservations,
  parseCytokineSummary,
} from './observations/cytokine-summary.ts'
export { type AxiCelFit, axiCelFit } from './oncology/axi-cel-fit.ts'
export { type MinucciPatient, minucciPatients } from './published/minucci-patients.ts'
export { type MuellerSchoellPatient, muellerSchoellPatients } from './published/mueller-schoell-patients.ts'
export { type CalibrationTarget, parseTargets } from './targets/calibration-targets.ts'
export { checkTargets, type KeyNumbers, type TargetCheck } from './targets/check-targets.ts'
export { keyNumberStudies } from './targets/key-number-studies.ts'
export type { KeyNumberStudy, RunCourse, StudyCourse } from './targets/key-number-study.ts'
export { type LupusKeyNumbers, lupusKeyNumbers } from './targets/lupus-key-numbers.ts'
export {
  type LupusPatientNumbers,
  type LupusPopulationKeyNumbers,
  lupusPopulationKeyNumbers,
} from './targets/lupus-population-key-numbers.ts'
export { type OncologyKeyNumbers, oncologyKeyNumbers } from './targets/oncology-key-numbers.ts'
export { runKeyNumberStudy, runStudyCourses } from './targets/run-key-number-study.ts'
export { type SteinKeyNumbers, type SteinParameters, steinKeyNumbers } from './targets/stein-key-numbers.ts'
export { targetFiles } from './targets/target-files.ts'
export { type Tuning, targetTuning } from './targets/target-tuning.ts'
export { twoSidedGridTable } from './targets/two-sided-grid-table.ts'
export { parseValidationRecord, type RecordedRow } from './targets/validation-record.ts'
