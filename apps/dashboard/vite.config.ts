import { libraryModels, libraryShelves } from '@cartkin/cart-models'
import { defineConfig, type Plugin } from 'vite'
import { contentSecurityPolicy, securityHeaders } from './headers.ts'
import { diagnosticTemplate } from './src/plot/diagnostic-spec.ts'
import { panelTemplate } from './src/plot/panel-template.ts'

/** Puts the policy into the built page; the development server needs inline styles and is served without it. */
const policyInPage: Plugin = {
  name: 'policy-in-page',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
      injectTo: 'head-prepend',
    },
  ],
}

/** Transforms of Vega that no panel has: maps, forces, trees, word clouds and the like. A specification that names one is refused. */
const unusedTransforms: readonly string[] = [
  ...['vega-geo', 'vega-force', 'vega-hierarchy', 'vega-label', 'vega-regression', 'vega-voronoi', 'vega-wordcloud'],
  'vega-crossfilter',
]

const withoutTransforms: Plugin = {
  name: 'without-transforms',
  enforce: 'pre',
  apply: 'build',
  resolveId: (id) => (unusedTransforms.includes(id) ? '\0no-transforms' : null),
  load: (id) => (id === '\0no-transforms' ? 'export {}' : null),
}

/** Compiles the panels' Vega-Lite here, so that the page carries no compiler. */
const panelTemplates = virtualModule('virtual:panel-templates', () => ({
  linear: panelTemplate('linear'),
  log: panelTemplate('log'),
}))

const diagnosticTemplates = virtualModule('virtual:diagnostic-templates', () => ({
  linearLinear: diagnosticTemplate('linear', 'linear'),
  linearLog: diagnosticTemplate('linear', 'log'),
  logLinear: diagnosticTemplate('log', 'linear'),
  logLog: diagnosticTemplate('log', 'log'),
}))

/** Titles of the library's models; the models themselves are loaded when they are opened. */
const libraryIndex = virtualModule('virtual:library-index', () => ({
  shelves: libraryShelves.map(({ title, models }) => ({
    title,
    models: models.map(({ id, title }) => ({ id, title })),
  })),
}))

/** What each of them is for, where it comes from and which scenarios it has. */
const libraryCatalogue = virtualModule('virtual:library-catalogue', () => ({
  presets: Object.fromEntries(
    libraryModels.map(({ id, summary, citation, scenarios = [] }) => [
      id,
      { summary, citation, scenarios: scenarios.map(({ title }) => title) },
    ]),
  ),
}))

/** A module of constants that are worked out by the build. */
function virtualModule(name: string, constants: () => Readonly<Record<string, unknown>>): Plugin {
  return {
    name,
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load: (id) =>
      id === `\0${name}`
        ? Object.entries(constants())
            .map(([key, value]) => `export const ${key} = ${JSON.stringify(value)}`)
            .join('\n')
        : null,
  }
}

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [policyInPage, panelTemplates, diagnosticTemplates, libraryIndex, libraryCatalogue, withoutTransforms],
  server: { headers: isolation },
  preview: { headers: { ...securityHeaders } },
  worker: { format: 'es' },
  build: {
    target: 'es2024',
    outDir: 'dist',
    emptyOutDir: true,
    // Inlined assets would be data: URLs, which the policy allows for images only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
})
