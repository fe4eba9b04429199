import { seriesColours, seriesDashes } from './palette.ts'

/** Names with a colour and a dash each; no two names share both. */
export interface SeriesStyle {
  readonly names: readonly string[]
  readonly colours: readonly string[]
  readonly dashes: readonly (readonly number[])[]
}

/**
 * Gives each series its colour and dash, in the order of first appearance. The first five differ in both, later ones in the pair.
 *
 * @throws RangeError above 25 series.
 */
export function seriesStyle(series: Iterable<string>): SeriesStyle {
  const names = [...new Set(series)]
  const most = seriesColours.length * seriesDashes.length
  if (names.length > most)
    throw new RangeError(
      `a chart can tell ${most} series apart, got ${names.length}; draw several charts, or percentiles`,
    )
  const round = (i: number) => Math.floor(i / seriesColours.length)
  return {
    names,
    colours: names.map((_, i) => seriesColours[i % seriesColours.length] ?? '#000000'),
    dashes: names.map((_, i) => seriesDashes[(i + round(i)) % seriesDashes.length] ?? []),
  }
}
