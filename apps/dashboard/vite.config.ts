import { defineConfig, type Plugin } from 'vite'
import { contentSecurityPolicy, securityHeaders } from './headers.ts'
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
const panelTemplates: Plugin = {
  name: 'panel-templates',
  resolveId: (id) => (id === 'virtual:panel-templates' ? `\0${id}` : null),
  load: (id) =>
    id === '\0virtual:panel-templates'
      ? (['linear', 'log'] as const)
          .map((scale) => `export const ${scale} = ${JSON.stringify(panelTemplate(scale))}`)
          .join('\n')
      : null,
}

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [policyInPage, panelTemplates, withoutTransforms],
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
