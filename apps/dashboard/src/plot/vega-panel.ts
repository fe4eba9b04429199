import { type Loader, parse, View, Warn } from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import { compile } from 'vega-lite'
import type { Palette } from './palette.ts'
import { type PanelData, panelSpec } from './panel-spec.ts'
import type { PixelScales, PlotFrame } from './plot-frame.ts'

/** A panel drawn by Vega. Its expressions are interpreted, so that it runs under a policy without eval. */
export interface VegaPanel {
  readonly scales: Pick<PixelScales, 'x' | 'y'>
  /** Replaces data sets and redraws. */
  show(rows: Partial<Readonly<Record<PanelData, readonly object[]>>>): Promise<void>
  /** The panel as an SVG document. */
  toSvg(): Promise<string>
  /** Ends the view; what it has drawn stays until it is replaced. */
  finalize(): void
}

/** Specifications are made here and name no file; whatever asks for one is refused. */
const refuse = (uri: string): Promise<never> => Promise.reject(new Error(`panels load nothing, refused ${uri}`))
const closedLoader: Loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse }

export function createVegaPanel(
  container: HTMLElement,
  frame: PlotFrame,
  quantities: readonly string[],
  palette: Palette,
): VegaPanel {
  const { spec } = compile(panelSpec(frame, quantities, palette))
  const view = new View(parse(spec, undefined, { ast: true }), {
    expr: expressionInterpreter,
    loader: closedLoader,
    renderer: 'svg',
    logLevel: Warn,
    hover: false,
    container,
  })
  const scale = (name: string): ((value: number) => number) => view.scale(name)
  return {
    scales: { x: (time) => scale('x')(time), y: (value) => scale('y')(value) },
    async show(rows) {
      for (const [name, values] of Object.entries(rows)) view.data(name, [...values])
      await view.runAsync()
    },
    toSvg: () => view.toSVG(),
    finalize: () => void view.finalize(),
  }
}
