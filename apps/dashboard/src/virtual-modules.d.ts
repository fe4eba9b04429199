/** Vega specifications of panels, compiled from Vega-Lite by the build (`panelTemplates` in vite.config.ts). */
declare module 'virtual:panel-templates' {
  import type { Spec } from 'vega'

  export const linear: Spec
  export const log: Spec
}
