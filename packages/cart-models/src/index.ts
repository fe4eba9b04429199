export type { LibraryModel, Observation, PanelDefinition, ParameterNote, Trust } from './library-model.ts'
export { libraryModel, libraryModels } from './library-models.ts'
