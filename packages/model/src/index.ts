export { compileModel, openSharedModel } from './compile-model.ts'
export type { CompiledModel, ForcedModel, ModelInstance, ModelSensitivities } from './compiled-model.ts'
export { composeModels } from './compose/compose-models.ts'
export type {
  Composition,
  CompositionInput,
  CompositionPart,
  CompositionProblem,
  CompositionResult,
} from './compose/composition.ts'
export { renameExpression } from './compose/rename-expression.ts'
export type { Graph, NodeId } from './graph/graph.ts'
export { linearCoupling } from './graph/linear-coupling.ts'
export { parametersBelow } from './graph/states-below.ts'
export { usesTime } from './graph/uses-time.ts'
export type {
  ContinuousError,
  CountError,
  Diagnostic,
  DoseInput,
  ErrorArgument,
  ErrorModel,
  ErrorTransform,
  Interpolation,
  LinearCompartments,
  Metadata,
  Model,
  OmegaBlock,
  Output,
  Parameter,
  ParseResult,
  Span,
  State,
  TimeSwitch,
} from './model.ts'
export { type NumberExpression, parseExpression } from './parse-expression.ts'
export { parseModel } from './parse-model.ts'
export { canonicalBytes } from './print/canonical-bytes.ts'
export { latexDocument } from './print/latex/latex-document.ts'
export type { MathRow } from './print/mathml/math-equation.ts'
export type { MathNode } from './print/mathml/math-node.ts'
export { type MathSection, modelMathematics } from './print/mathml/model-mathematics.ts'
export { normalisedText } from './print/normalised-text.ts'
export { analyseText, type TextAnalysis } from './service/analyse-text.ts'
export { type Completion, type Completions, completionsAt } from './service/completions.ts'
export { type Hover, hoverAt } from './service/hover.ts'
export { languageMarkdown } from './service/language-markdown.ts'
export { type Construct, type ConstructSection, languageReference } from './service/language-reference.ts'
export type { NameFacts, NameKind } from './service/name-facts.ts'
export { definitionsAt, nameAt, referencesTo } from './service/navigation.ts'
export { type TextToken, type TextTokenKind, textTokens } from './service/text-tokens.ts'
export type { SharedModel } from './shared-model.ts'
export { formatDiagnostic } from './text/format-diagnostic.ts'
export { nearestName } from './text/nearest-name.ts'
export { type DeclaredUnit, readUnit } from './units/read-unit.ts'
export { timeRatio } from './units/time-ratio.ts'
export {
  compareUnits,
  dimensionOf,
  factorOf,
  formatUnit,
  timesPower,
  type Unit,
  type UnitComparison,
} from './units/unit.ts'
