import type { Scale, Spec } from 'vega'
import { compile } from 'vega-lite'
import { panelSpec } from './panel-spec.ts'

/**
 * The Vega specification of a panel, compiled from Vega-Lite when the page is built, so that the page brings no compiler:
 * axes, series and colours are signals (`PanelSignals`); only another kind of scale takes another template.
 */
export function panelTemplate(scale: 'linear' | 'log'): Spec {
  const { spec } = compile(panelSpec(scale))
  return { ...spec, scales: (spec.scales ?? []).map(withSignals) }
}

const seriesRanges: Readonly<Record<string, string>> = { color: 'colours', stroke: 'colours', strokeDash: 'dashes' }

/** Domains of the axes, and names and range of the series, come by signals. */
function withSignals(scale: Scale): Scale {
  const { name } = scale
  if (name === 'x') return { ...scale, domain: [{ signal: 'timeLow' }, { signal: 'timeHigh' }] }
  if (name === 'y') return { ...scale, domain: [{ signal: 'valueLow' }, { signal: 'valueHigh' }] }
  const range = seriesRanges[name]
  if (range === undefined) throw new RangeError(`a panel has no scale "${name}"`)
  return { name, type: 'ordinal', domain: { signal: 'names' }, range: { signal: range } }
}
