import { libraryModels, libraryShelves } from '@cartkin/cart-models'
import { parse, type Spec } from 'vega'
import { defineConfig, type Plugin } from 'vite'
import { firstModelCode } from './build/first-model.ts'
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

/** The first model is fetched along with the page, not after it. */
const firstModelPreloaded: Plugin = {
  name: 'first-model-preloaded',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
      return chunks
        .filter(({ facadeModuleId, moduleIds }) =>
          [facadeModuleId, ...moduleIds].some((id) => id?.endsWith('/cart-models/src/lupus/lupus-qsp.ts')),
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

/**
 * Specifications become Vega's dataflows here, expressions and all, so that the page carries neither compiler nor parser. Those
 * of a module differ in few operators: the first is written whole, of the others what is theirs.
 */
function dataflowModule(name: string, specifications: () => readonly [first: Named, ...others: Named[]]): Plugin {
  return moduleOf(name, () => {
    const [first, ...others] = specifications()
    const { operators, ...rest } = dataflow(first)
    const own = others.map((other) => {
      const { operators: theirs, ...same } = dataflow(other)
      if (JSON.stringify(same) !== JSON.stringify(rest) || theirs.length !== operators.length)
        throw new Error(`${name}: ${other.name} differs from ${first.name} in more than operators`)
      const changed = theirs.flatMap((operator, k) =>
        JSON.stringify(operator) === JSON.stringify(operators[k]) ? [] : [[k, operator] as const],
      )
      return `export const ${other.name} = withOperators(${JSON.stringify(Object.fromEntries(changed))})`
    })
    return [
      `export const ${first.name} = ${JSON.stringify({ ...rest, operators })}`,
      `const withOperators = (changed) => ({ ...${first.name}, operators: ${first.name}.operators.map((operator, k) => changed[k] ?? operator) })`,
      ...own,
    ].join('\n')
  })
}

interface Named {
  readonly name: string
  readonly specification: Spec
}

interface Dataflow {
  readonly operators: readonly unknown[]
}

const dataflow = ({ specification }: Named): Dataflow =>
  JSON.parse(JSON.stringify(parse(specification, undefined, { ast: true })))

const panelTemplates = dataflowModule('virtual:panel-templates', () => [
  { name: 'linear', specification: panelTemplate('linear') },
  { name: 'log', specification: panelTemplate('log') },
])

const diagnosticTemplates = dataflowModule('virtual:diagnostic-templates', () => [
  { name: 'linearLinear', specification: diagnosticTemplate('linear', 'linear') },
  { name: 'linearLog', specification: diagnosticTemplate('linear', 'log') },
  { name: 'logLinear', specification: diagnosticTemplate('log', 'linear') },
  { name: 'logLog', specification: diagnosticTemplate('log', 'log') },
])

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
  return moduleOf(name, () =>
    Object.entries(constants())
      .map(([key, value]) => `export const ${key} = ${JSON.stringify(value)}`)
      .join('\n'),
  )
}

/** A module whose code the build writes. */
function moduleOf(name: string, code: () => string): Plugin {
  return {
    name,
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load: (id) => (id === `\0${name}` ? code() : null),
  }
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
    moduleOf('virtual:first-model', firstModelCode),
    panelTemplates,
    diagnosticTemplates,
    libraryIndex,
    libraryCatalogue,
    withoutUnusedParts,
  ],
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
    // Vega's parsers only declare; without this they would come with the rest
    rolldownOptions: { treeshake: { moduleSideEffects: (id) => !/vega-(parser|event-selector)/.test(id) } },
  },
})
