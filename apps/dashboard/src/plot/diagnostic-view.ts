import { linearLinear, linearLog, logLinear, logLog } from 'virtual:diagnostic-templates'
import { closedView } from './closed-view.ts'
import { axisTicks, type DiagnosticFigure, toneColour } from './diagnostic-figure.ts'
import type { DiagnosticData, DiagnosticSignals } from './diagnostic-spec.ts'
import type { Palette } from './palette.ts'

/** A figure of a fit drawn by Vega. */
export interface DiagnosticView {
  draw(
    figure: DiagnosticFigure,
    size: { readonly width: number; readonly height: number },
    palette: Palette,
  ): Promise<void>
  /** Marks a subject and the point that has the focus. */
  mark(chosen: string | null, focused: number): Promise<void>
  toSvg(): Promise<string>
  finalize(): void
}

const templates = {
  linear: { linear: linearLinear, log: linearLog },
  log: { linear: logLinear, log: logLog },
} as const

/** Room around the plot rectangle, pixels: that of the specification. */
const around = { across: 88, down: 48 }

/** `onPoint` is told the place of the point under the pointer, −1 for none, and whether it was pressed. */
export function createDiagnosticView(
  container: HTMLElement,
  { x, y }: Pick<DiagnosticFigure, 'x' | 'y'>,
  onPoint: (place: number, isPressed: boolean) => void,
): DiagnosticView {
  const view = closedView(templates[x.scale][y.scale], container)
  const placeOf = (item: { readonly datum?: unknown } | null | undefined): number => {
    const datum = item?.datum
    return typeof datum === 'object' && datum !== null && 'place' in datum ? Number(datum.place) : -1
  }
  view.addEventListener('mouseover', (_, item) => onPoint(placeOf(item), false))
  view.addEventListener('mouseout', () => onPoint(-1, false))
  view.addEventListener('click', (_, item) => placeOf(item) >= 0 && onPoint(placeOf(item), true))
  return {
    async draw(figure, { width, height }, palette) {
      const plot = { width: Math.max(60, width - around.across), height: Math.max(60, height - around.down) }
      view.width(plot.width).height(plot.height)
      const signals = signalsOf(figure, plot, palette)
      for (const [name, value] of Object.entries(signals)) view.signal(name, value)
      for (const [name, rows] of Object.entries(rowsOf(figure, palette))) view.data(name, [...rows])
      await view.runAsync()
    },
    async mark(chosen, focused) {
      await view
        .signal('chosen', chosen ?? '')
        .signal('focused', focused)
        .runAsync()
    },
    toSvg: () => view.toSVG(),
    finalize: () => void view.finalize(),
  }
}

function signalsOf(
  { x, y }: DiagnosticFigure,
  plot: { readonly width: number; readonly height: number },
  { ink, muted, grid, accent, ground }: Palette,
): Omit<DiagnosticSignals, 'chosen' | 'focused'> {
  const across = axisTicks(x, Math.floor(plot.width / 60))
  const up = axisTicks(y, Math.floor(plot.height / 36))
  return {
    ...{ xLow: x.domain.low, xHigh: x.domain.high, yLow: y.domain.low, yHigh: y.domain.high },
    ...{ xTicks: across.ticks, yTicks: up.ticks, xLabels: across.labels, yLabels: up.labels },
    ...{ xTitle: x.title, yTitle: y.title, ink, muted, grid, accent, ground },
  }
}

function rowsOf(figure: DiagnosticFigure, palette: Palette): Readonly<Record<DiagnosticData, readonly object[]>> {
  const { points, lines, boxes, rules } = figure
  return {
    boxes: boxes.map((box) => ({ ...box, colour: toneColour(box.tone, palette) })),
    rules: rules.map((rule) => ({ ...rule })),
    lines: lines.flatMap(({ series, tone, dashed, points: own }) =>
      own.map((point) => ({ ...point, series, dashed, colour: toneColour(tone, palette) })),
    ),
    points: points.map((point, place) => ({ ...point, place })),
  }
}
