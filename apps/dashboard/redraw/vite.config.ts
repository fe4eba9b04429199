import { parse } from 'vega'
import { defineConfig } from 'vite'
import { panelTemplates } from '../build/dataflow-module.ts'
import { constantsModule } from '../build/written-module.ts'
import { panelTemplate } from '../src/plot/panel-template.ts'

/** The page of the benchmark `redraw`: the dashboard's own modules that draw a panel, and plain Vega beside them. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [panelTemplates, constantsModule('virtual:plain-panel', () => ({ plain: parse(panelTemplate('log')) }))],
  build: { target: 'es2024', emptyOutDir: true, chunkSizeWarningLimit: 2000 },
})
