/** Vega specifications of panels, compiled from Vega-Lite by the build (`panelTemplates` in vite.config.ts). */
declare module 'virtual:panel-templates' {
  import type { Spec } from 'vega'

  export const linear: Spec
  export const log: Spec
}

/** Vega specifications of figures of fits by the scales of their axes, compiled alike (`diagnosticTemplates` in vite.config.ts). */
declare module 'virtual:diagnostic-templates' {
  import type { Spec } from 'vega'

  export const linearLinear: Spec
  export const linearLog: Spec
  export const logLinear: Spec
  export const logLog: Spec
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
