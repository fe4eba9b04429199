import { libraryModels, libraryShelves } from '@cartkin/cart-models'
import { defineConfig, type Plugin } from 'vite'
import { diagnosticTemplates, panelTemplates } from './build/dataflow-module.ts'
import { firstModelCode } from './build/first-model.ts'
import { constantsModule, writtenModule } from './build/written-module.ts'
import { contentSecurityPolicy, securityHeaders } from './headers.ts'

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

/** The first model is fetched along with the page, not after it. */
const firstModelPreloaded: Plugin = {
  name: 'first-model-preloaded',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
      return chunks
        .filter(({ moduleIds }) =>
          moduleIds.some((id) => /virtual:first-model$|\/cart-models\/src\/lupus\/lupus-qsp\.ts$/.test(id)),
        )
        .map(({ fileName }) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `./${fileName}` },
          injectTo: 'head' as const,
        }))
    },
  },
}

/**
 * Parts of Vega that no panel has, with what others take from them: maps, forces, trees, word clouds,
 * files, and parsers of what the build has parsed. A specification that names such a transform is refused; what is called all the same throws.
 */
const unusedParts: Readonly<Record<string, readonly string[]>> = {
  'vega-geo': [],
  'vega-force': [],
  'vega-hierarchy': [],
  'vega-label': [],
  'vega-regression': [],
  'vega-voronoi': [],
  'vega-wordcloud': [],
  'vega-crossfilter': [],
  'vega-projection': ['projection'],
  'd3-geo': ['geoArea', 'geoBounds', 'geoCentroid'],
  'topojson-client': ['feature', 'mesh'],
  'd3-dsv': ['dsvFormat'],
  'vega-expression': ['Literal', 'CallExpression', 'constants', 'functions', 'parseExpression', 'codegenExpression'],
}

const withoutUnusedParts: Plugin = {
  name: 'without-unused-parts',
  enforce: 'pre',
  apply: 'build',
  resolveId: (id) => (Object.hasOwn(unusedParts, id) ? `\0unused:${id}` : null),
  load(id) {
    const part = /^\0unused:(.*)/.exec(id)?.[1]
    if (part === undefined) return null
    const absent = `() => { throw new Error('the page is built without ${part}') }`
    // Vega asks for a generator of code as it is loaded, and does without
    const value = (name: string) => (name === 'codegenExpression' ? '() => null' : absent)
    return ['export {}', ...(unusedParts[part] ?? []).map((name) => `export const ${name} = ${value(name)}`)].join('\n')
  },
}

/** Titles of the library's models; the models themselves are loaded when they are opened. */
const libraryIndex = constantsModule('virtual:library-index', () => ({
  shelves: libraryShelves.map(({ title, models }) => ({
    title,
    models: models.map(({ id, title }) => ({ id, title })),
  })),
}))

/** What each of them is for, where it comes from and which scenarios it has. */
const libraryCatalogue = constantsModule('virtual:library-catalogue', () => ({
  presets: Object.fromEntries(
    libraryModels.map(({ id, summary, citation, scenarios = [] }) => [
      id,
      { summary, citation, scenarios: scenarios.map(({ title }) => title) },
    ]),
  ),
}))

/** What is fetched first in any case comes in one file, which compresses better than the forty that are shared with what comes later. */
function inOneFile(name: string) {
  return { codeSplitting: { groups: [{ name, tags: ['$initial' as const] }] } }
}

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [
    policyInPage,
    firstModelPreloaded,
    writtenModule('virtual:first-model', firstModelCode),
    panelTemplates,
    diagnosticTemplates,
    libraryIndex,
    libraryCatalogue,
    withoutUnusedParts,
  ],
  server: { headers: isolation },
  preview: { headers: { ...securityHeaders } },
  worker: { format: 'es', rolldownOptions: { output: inOneFile('worker') } },
  build: {
    target: 'es2024',
    outDir: 'dist',
    emptyOutDir: true,
    // Inlined assets would be data: URLs, which the policy allows for images only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      // Vega's parsers only declare; without this they would come with the rest
      treeshake: { moduleSideEffects: (id) => !/vega-(parser|event-selector)/.test(id) },
      output: inOneFile('page'),
    },
  },
})
