import { plain } from 'virtual:plain-panel'
import { View, Warn } from 'vega'
import { type Curve, paintCurves, prepareCanvas } from '../src/plot/paint-curves.ts'
import { patientPainter } from '../src/plot/paint-patients.ts'
import type { Palette } from '../src/plot/palette.ts'
import { panelSignals } from '../src/plot/panel-signals.ts'
import { pixelScales, plotFrame } from '../src/plot/plot-frame.ts'
import { createVegaPanel } from '../src/plot/vega-panel.ts'
import { type Courses, period, values } from './courses.ts'

/** One way to draw panels of curves. */
export interface Side {
  /** Draws the curves of this instant in all panels. */
  update(instant: number): Promise<void>
  end(): void
}

const palette: Palette = {
  series: ['#1b1f24', '#0072b2', '#d55e00', '#009e73', '#cc79a7'],
  ...{ reference: '#8c959f', ink: '#1b1f24', muted: '#57606a', grid: '#eaeef2', rule: '#d0d7de', ground: '#ffffff' },
  accent: '#0b5cad',
}

/** From so many curves on they are drawn as those of virtual patients are. */
const many = 100

const frame = plotFrame(360, 300, { period, timeUnit: 'day', values, scale: 'log' })

const colourOf = (curve: number): string => palette.series[curve % palette.series.length] ?? palette.ink
const dashOf = (curve: number): readonly number[] => (curve < palette.series.length ? [] : [6, 3])
const names = (curves: number): readonly string[] => Array.from({ length: curves }, (_, k) => `curve ${k}`)

/** As the dashboard draws while a slider moves: axes by Vega, curves on a canvas above, from the arrays. */
export async function canvasSide(hosts: readonly HTMLElement[], { times, instants }: Courses): Promise<Side> {
  const points = times.length
  const panels = await Promise.all(
    hosts.map(async (host) => {
      const below = host.appendChild(document.createElement('div'))
      const canvas = host.appendChild(document.createElement('canvas'))
      const vega = createVegaPanel(below, 'log')
      await vega.show({}, { frame, series: [], palette })
      return { canvas, vega }
    }),
  )
  const curvesAt = instants.map((all): readonly Curve[] =>
    Array.from({ length: all.length / points }, (_, k) => ({
      ...{ times, values: all.subarray(k * points, (k + 1) * points) },
      ...{ colour: colourOf(k), dash: dashOf(k), width: k === 0 ? 2.25 : 1.5 },
    })),
  )
  const drawFew = async (canvas: HTMLCanvasElement, scales: Parameters<typeof paintCurves>[2], instant: number) => {
    const context = prepareCanvas(canvas, frame)
    if (context) paintCurves(context, frame, scales, curvesAt[instant] ?? [])
  }
  /** The painter keeps its own time, and is done when it has drawn the last curve. */
  const drawMany = (canvas: HTMLCanvasElement, instant: number): Promise<void> =>
    new Promise((done) => {
      const context = prepareCanvas(canvas, frame)
      const all = instants[instant]
      if (!context || !all) return
      let left = all.length / points
      const stroke = CanvasRenderingContext2D.prototype.stroke.bind(context)
      context.stroke = (): void => {
        stroke()
        if (--left === 0) done()
      }
      patientPainter(context, frame, pixelScales(frame)).add([{ times, values: all, colour: colourOf(1) }])
    })
  return {
    async update(instant) {
      await Promise.all(
        panels.map(({ canvas, vega }) =>
          (curvesAt[instant]?.length ?? 0) < many ? drawFew(canvas, vega.scales, instant) : drawMany(canvas, instant),
        ),
      )
    },
    end() {
      for (const { vega } of panels) vega.finalize()
      for (const host of hosts) host.replaceChildren()
    },
  }
}

/** Plain Vega as it is quickest: the same panel with expressions made into code and a canvas, its data replaced. */
export async function vegaSide(hosts: readonly HTMLElement[], { times, instants }: Courses): Promise<Side> {
  const points = times.length
  const named = names((instants[0]?.length ?? 0) / points)
  const series = named.map((name, k) => ({ name, colour: colourOf(k), dash: dashOf(k) }))
  const views = hosts.map((host) => {
    const container = host.appendChild(document.createElement('div'))
    const view = new View(plain, { renderer: 'canvas', logLevel: Warn, hover: false, container })
    view.width(frame.width).height(frame.height)
    for (const [name, value] of Object.entries(panelSignals(frame, series, palette))) view.signal(name, value)
    return view
  })
  await Promise.all(views.map((view) => view.runAsync()))
  const rowsAt = (instant: number): object[] =>
    Array.from(instants[instant] ?? [], (value, k) => ({
      ...{ time: times[k % points], value, series: named[Math.floor(k / points)] },
    }))
  return {
    async update(instant) {
      await Promise.all(views.map((view) => view.data('courses', rowsAt(instant)).runAsync()))
    },
    end() {
      for (const view of views) view.finalize()
      for (const host of hosts) host.replaceChildren()
    },
  }
}
