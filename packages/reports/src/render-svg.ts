import { type Loader, parse, View } from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import type { TopLevelSpec } from 'vega-lite'
import { bareSvgTag } from './bare-svg-tag.ts'
import { collectingLogger, compileChart } from './compile-chart.ts'
import { escapeHtml } from './escape-html.ts'
import { mapSvgTags } from './map-svg-tags.ts'
import { scopeSvgIds } from './scope-svg-ids.ts'
import { svgProblem } from './svg-problem.ts'

declare const rendered: unique symbol

/** SVG text made by `renderSvg`; nothing else may stand in a report as a figure. */
export type Svg = string & { readonly [rendered]: true }

function refuse(): Promise<never> {
  return Promise.reject(new Error('a chart may not load anything: charts hold their data'))
}

/** Loads nothing. Addresses of links and images become `#`; the elements that hold them are refused afterwards. */
const refusingLoader: Loader = {
  load: refuse,
  http: refuse,
  file: refuse,
  sanitize: () => Promise.resolve({ href: '#' }),
}

/** The opening tag of Vega's SVG, with a role and a name in place of Vega's own. */
function nameSvg(svg: string, description: string): string {
  const end = svg.indexOf('>')
  const tag = svg.slice(0, end)
  const label = escapeHtml(description)
  return `${tag} role="img" aria-label="${label}"><title>${label}</title>${svg.slice(end + 1)}`
}

function isSvg(text: string): text is Svg {
  return svgProblem(text) === null
}

/**
 * Draws a chart as SVG text without a browser. Expressions are interpreted, no code is generated, and nothing is loaded: the
 * specification must hold its data. The SVG has the role of an image and is named by the specification's description.
 *
 * @throws Error with all warnings when Vega-Lite or Vega warns, when the specification asks to load something, or when the
 *   SVG would hold a script, a link or an event handler.
 */
export async function renderSvg(spec: TopLevelSpec): Promise<Svg> {
  const { vega, warnings } = compileChart({ ...spec, config: { ...spec.config, aria: false } })
  const messages = [...warnings]
  const view = new View(parse(vega, {}, { ast: true }), {
    expr: expressionInterpreter,
    loader: refusingLoader,
    logger: collectingLogger(messages),
    renderer: 'none',
  })
  try {
    const svg = await view.toSVG()
    if (messages.length > 0) throw new Error(`the chart cannot be drawn as it stands: ${messages.join('; ')}`)
    const named = nameSvg(scopeSvgIds(mapSvgTags(svg, bareSvgTag), 'clip'), spec.description ?? 'Chart')
    if (!isSvg(named)) throw new Error(`the chart cannot be drawn: ${svgProblem(named)}`)
    return named
  } finally {
    view.finalize()
  }
}
