import { linear, log } from 'virtual:panel-templates'
import { closedView } from './closed-view.ts'
import type { Palette } from './palette.ts'
import type { PanelSeries } from './panel-series.ts'
import { panelSignals } from './panel-signals.ts'
import type { PanelData } from './panel-spec.ts'
import type { PixelScales, PlotFrame } from './plot-frame.ts'

/** A panel drawn by Vega. */
export interface VegaPanel {
  /** The kind of its value axis, which stays. */
  readonly scale: 'linear' | 'log'
  readonly scales: Pick<PixelScales, 'x' | 'y'>
  /** Replaces data sets, size, axes, series and colours as far as given, and redraws. */
  show(rows: PanelRows, shape?: PanelShape): Promise<void>
  /** The panel as an SVG document. */
  toSvg(): Promise<string>
  /** Ends the view; what it has drawn stays until it is replaced. */
  finalize(): void
}

export type PanelRows = Partial<Readonly<Record<PanelData, readonly object[]>>>

/** How a panel is drawn, apart from its data. */
export interface PanelShape {
  readonly frame: PlotFrame
  readonly series: readonly PanelSeries[]
  readonly palette: Palette
}

/** An empty panel with a value axis of that kind. */
export function createVegaPanel(container: HTMLElement, valueScale: 'linear' | 'log'): VegaPanel {
  const view = closedView(valueScale === 'log' ? log : linear, container)
  const scale = (name: string): ((value: number) => number) => view.scale(name)
  return {
    scale: valueScale,
    scales: { x: (time) => scale('x')(time), y: (value) => scale('y')(value) },
    async show(rows, shape) {
      if (shape) {
        const { frame, series, palette } = shape
        view.width(frame.width).height(frame.height)
        for (const [name, value] of Object.entries(panelSignals(frame, series, palette))) view.signal(name, value)
      }
      for (const [name, values] of Object.entries(rows)) view.data(name, [...values])
      await view.runAsync()
    },
    toSvg: () => view.toSVG(),
    finalize: () => void view.finalize(),
  }
}
