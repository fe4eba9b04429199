import type { TopLevelSpec } from 'vega-lite'
import { type ChartOptions, chartFrame } from './chart-frame.ts'
import type { Layer } from './observation-layers.ts'
import { ink } from './palette.ts'

/** A small panel with axes of its own. */
export interface GridPanel {
  readonly title: string
  /** Below the title. */
  readonly lines: readonly string[]
  readonly layer: readonly Layer[]
}

/** Width of a letter of 11 px, about. */
const LETTER = 5.8

/** A text in lines that a panel has room for. */
export function wrapped(text: string, width: number): readonly string[] {
  const most = Math.max(12, Math.floor(width / LETTER))
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > most) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}

/** Small panels in rows, each on its own axes; the heading stands above all. `width` and `height` are of a panel, px. */
export function panelGrid(
  chart: ChartOptions & { readonly columns?: number },
  {
    description,
    heading,
    panels,
    size,
  }: {
    readonly description: string
    /** What the vertical axes have in common. */
    readonly heading: string
    readonly panels: readonly GridPanel[]
    readonly size: { readonly width: number; readonly height: number }
  },
): TopLevelSpec {
  const { $schema, config, description: said, title } = chartFrame(chart, description)
  return {
    $schema,
    config: { ...config, concat: { spacing: 16 } },
    description: said,
    title: title ?? { text: heading, fontSize: 12, fontWeight: 'normal', color: ink.text },
    columns: chart.columns ?? 4,
    concat: panels.map(({ title: text, lines, layer }) => ({
      ...size,
      title: {
        text,
        fontSize: 12,
        subtitleFontSize: 11,
        offset: 6,
        ...(lines.length === 0 ? {} : { subtitle: [...lines] }),
      },
      layer: [...layer],
    })),
  }
}
