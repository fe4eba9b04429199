import type { TopLevelSpec } from 'vega-lite'
import type { MarkKind } from '../datasets/observed-data.ts'
import type { Palette } from './palette.ts'

type Layers = Extract<TopLevelSpec, { readonly layer: readonly unknown[] }>['layer']

/** Channels of a panel that its layers share. */
interface Channels {
  readonly x: { readonly field: 'time'; readonly type: 'quantitative' }
  readonly y: { readonly field: 'value'; readonly type: 'quantitative' }
  readonly series: { readonly field: 'series'; readonly type: 'nominal' }
  readonly colour: (name: keyof Palette) => { readonly expr: string }
}

/**
 * The data on a panel: values as hollow marks, those of a subject joined by a thin line; values below quantification as
 * triangles on their limit with a stem to the axis; limits as dashed lines with their names; values left out as crosses.
 */
export function observedLayers({ x, y, series, colour }: Channels): Layers {
  const of = (kind: MarkKind) => [{ filter: `datum.kind === '${kind}'` }]
  const marks = (kind: MarkKind, size: number) => ({
    name: kind,
    data: { name: 'marks' },
    transform: of(kind),
    mark: { type: 'point', filled: false, size, strokeWidth: 1.5, clip: true } as const,
    encoding: { x, y, stroke: series, shape: { field: 'shape', type: 'nominal', scale: null } } as const,
  })
  const name = { type: 'text', align: 'left', baseline: 'bottom', dx: 3, dy: -3, fontSize: 10.5 } as const
  return [
    {
      name: 'limits',
      data: { name: 'limits' },
      mark: { type: 'rule', strokeDash: [5, 4], strokeWidth: 1, stroke: colour('muted') },
      encoding: { y },
    },
    {
      name: 'traces',
      data: { name: 'marks' },
      transform: [{ filter: "datum.trace !== ''" }],
      mark: { type: 'line', clip: true, strokeWidth: 0.75, opacity: 0.45 },
      encoding: { x, y, stroke: series, detail: { field: 'trace', type: 'nominal' } },
    },
    {
      name: 'stems',
      data: { name: 'marks' },
      transform: of('below'),
      mark: { type: 'rule', clip: true, strokeWidth: 1, opacity: 0.45 },
      encoding: { x, y, y2: { value: 'height' }, stroke: series },
    },
    marks('excluded', 44),
    marks('observed', 34),
    marks('below', 44),
    marks('above', 44),
    {
      name: 'limitHalos',
      data: { name: 'limits' },
      mark: { ...name, stroke: colour('ground'), strokeWidth: 4, strokeJoin: 'round' },
      encoding: { x: { value: 0 }, y, text: { field: 'label', type: 'nominal' } },
    },
    {
      name: 'limitNames',
      data: { name: 'limits' },
      mark: { ...name, fill: colour('ink') },
      encoding: { x: { value: 0 }, y, text: { field: 'label', type: 'nominal' } },
    },
  ]
}
