import type { Config } from 'vega-lite'

/** How axes and text of every plot look; their colours are signals of the view, by these expressions. */
export function plotLook(muted: string, grid: string): Config {
  const [text, line] = [{ expr: muted }, { expr: grid }]
  return {
    font: 'system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif',
    view: { stroke: null },
    axis: {
      ...{ labelColor: text, titleColor: text, domainColor: text, tickColor: text, gridColor: line },
      ...{ labelFontSize: 11, titleFontSize: 11, titleFontWeight: 'normal' },
    },
  }
}
