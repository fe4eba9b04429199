export type { LibraryModel, Observation, PanelDefinition, ParameterNote, Trust } from './library-model.ts'
export { libraryModels } from './library-models.ts'
