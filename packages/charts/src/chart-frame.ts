import type { Config } from 'vega-lite'
import { theme } from './theme.ts'

/** What every chart can be told about its place on the page. */
export interface ChartOptions {
  /** Heading; none where the page has one. */
  readonly title?: string
  readonly subtitle?: string
  /** What the chart shows, for those who cannot see it; a summary of the rows when absent. */
  readonly description?: string
  /** Of the plot without axes, px; 'container' fills the page's element. */
  readonly width?: number | 'container'
  readonly height?: number | 'container'
}

/** The parts of a specification that all charts share. */
export interface ChartFrame {
  readonly $schema: string
  readonly config: Config
  readonly description: string
  readonly width: number | 'container'
  readonly height: number | 'container'
  readonly autosize?: { readonly type: 'fit'; readonly contains: 'padding' }
  readonly title?: { readonly text: string; readonly subtitle?: string }
}

/** Room above the plot for labels of doses, px. */
const HEADROOM = 20

/** A frame with room above the plot, below legend and title. */
export function withHeadroom(frame: ChartFrame, hasLegend: boolean): ChartFrame {
  const { config } = frame
  const room = hasLegend
    ? { legend: { ...config.legend, offset: HEADROOM } }
    : { title: { ...config.title, offset: HEADROOM + 4 } }
  return { ...frame, config: { ...config, ...room } }
}

/** @param description used where the options bring none. */
export function chartFrame(options: ChartOptions, description: string, width = 640, height = 280): ChartFrame {
  const { title, subtitle } = options
  const heading = title === undefined ? {} : { title: { text: title, ...(subtitle === undefined ? {} : { subtitle }) } }
  const contained = options.width === 'container' || options.height === 'container'
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config: theme,
    description: options.description ?? description,
    width: options.width ?? width,
    height: options.height ?? height,
    ...(contained ? { autosize: { type: 'fit', contains: 'padding' } } : {}),
    ...heading,
  }
}
