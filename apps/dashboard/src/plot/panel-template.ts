import type { Scale, Spec } from 'vega'
import { compile } from 'vega-lite'
import { panelSpec } from './panel-spec.ts'

/**
 * The Vega specification of a panel, compiled from Vega-Lite when the page is built, so that the page brings no compiler:
 * axes, series and colours are signals (`PanelSignals`); only another kind of scale takes another template.
 */
export function panelTemplate(scale: 'linear' | 'log'): Spec {
  const { spec } = compile(panelSpec(scale))
  return { ...spec, scales: (spec.scales ?? []).map(withSeries) }
}

/** A scale of the series has names and range by signals. */
function withSeries(scale: Scale): Scale {
  const range = { color: 'colours', stroke: 'colours', strokeDash: 'dashes' }[scale.name]
  if (range === undefined) return scale
  return { name: scale.name, type: 'ordinal', domain: { signal: 'names' }, range: { signal: range } }
}
