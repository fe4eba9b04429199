import { libraryModels, libraryShelves } from '@cartkin/cart-models'
import { defineConfig, type Plugin } from 'vite'
import { diagnosticTemplates, panelTemplates } from './build/dataflow-module.ts'
import { firstModelCode } from './build/first-model.ts'
import { withoutUnusedParts } from './build/vega-parts.ts'
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
