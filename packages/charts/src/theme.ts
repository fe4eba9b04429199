import type { Config } from 'vega-lite'
import { ink } from './palette.ts'

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"

/** The look that all charts share: white ground, quiet axes, no text below 11 px, two weights. */
export const theme: Config = {
  background: '#FFFFFF',
  font: FONT,
  padding: 4,
  view: { stroke: null },
  title: {
    anchor: 'start',
    frame: 'group',
    fontSize: 14,
    fontWeight: 600,
    color: ink.text,
    subtitleFontSize: 12,
    subtitleColor: ink.muted,
    subtitlePadding: 4,
    offset: 10,
  },
  axis: {
    labelFontSize: 11,
    labelColor: ink.muted,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titleColor: ink.text,
    titlePadding: 8,
    domainColor: ink.line,
    tickColor: ink.line,
    gridColor: ink.grid,
    labelOverlap: 'parity',
    labelLimit: 300,
  },
  legend: {
    orient: 'top',
    direction: 'horizontal',
    title: null,
    labelFontSize: 12,
    labelColor: ink.text,
    labelLimit: 320,
    symbolStrokeWidth: 2,
    symbolSize: 160,
    columnPadding: 10,
    offset: 6,
  },
  line: { strokeWidth: 2, strokeJoin: 'round' },
  text: { fontSize: 11, color: ink.muted },
}
