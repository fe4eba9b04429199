import type { Plugin } from 'vite'

/**
 * Parts of Vega that no panel has, with what others take from them: maps, forces, trees, word clouds, files, colours by name,
 * and parsers of what the build has parsed. A specification that names such a transform is refused; what is called all the same throws.
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
  'd3-scale-chromatic': 'Set3 Set2 Set1 Pastel2 Pastel1 Paired Observable10 Dark2 Category10 Accent'
    .split(' ')
    .map((name) => `scheme${name}`),
  'vega-expression': ['Literal', 'CallExpression', 'constants', 'functions', 'parseExpression', 'codegenExpression'],
}

/** Vega without them. */
export const withoutUnusedParts: Plugin = {
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
