/** Dataflows of panels, made from Vega-Lite by the build (`panelTemplates` in build/dataflow-module.ts). */
declare module 'virtual:panel-templates' {
  import type { Runtime } from 'vega'

  export const linear: Runtime
  export const log: Runtime
}

/** Those of figures of fits by the scales of their axes, made alike (`diagnosticTemplates` in build/dataflow-module.ts). */
declare module 'virtual:diagnostic-templates' {
  import type { Runtime } from 'vega'

  export const linearLinear: Runtime
  export const linearLog: Runtime
  export const logLinear: Runtime
  export const logLog: Runtime
}

/** Titles of the library's models, shelf by shelf (`libraryIndex` in vite.config.ts). */
declare module 'virtual:library-index' {
  import type { ModelIndex } from './state/model-shelf.ts'

  export const shelves: ModelIndex
}

/** What the library's models are for, and where they come from (`libraryCatalogue` in vite.config.ts). */
declare module 'virtual:library-catalogue' {
  import type { PresetCatalogue } from './state/preset-catalogue.ts'

  export const presets: PresetCatalogue
}

/** The model of a new project as the language reads it (`firstModelCode` in build/first-model.ts). */
declare module 'virtual:first-model' {
  import type { Model } from '@cartkin/model'

  export const model: Omit<Model, 'text'>
}

/** The dataflow of a panel with a logarithmic axis as plain Vega makes it, with code from text (redraw/vite.config.ts). */
declare module 'virtual:plain-panel' {
  import type { Runtime } from 'vega'

  export const plain: Runtime
}
