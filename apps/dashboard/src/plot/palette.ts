import { seriesDashes } from '@cartkin/charts'

/**
 * Colours of plots, read from the style sheet so that light and dark schemes have one source. Series are the colours of
 * Okabe and Ito that keep 3:1 on the ground they are drawn on.
 */
export interface Palette {
  readonly series: readonly string[]
  readonly reference: string
  readonly ink: string
  readonly muted: string
  readonly grid: string
  readonly rule: string
  readonly ground: string
  readonly accent: string
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string): string => style.getPropertyValue(name).trim()
  return {
    series: [1, 2, 3, 4, 5].map((k) => colour(`--series-${k}`)),
    reference: colour('--reference'),
    ink: colour('--ink'),
    muted: colour('--muted'),
    grid: colour('--grid'),
    rule: colour('--rule'),
    ground: colour('--ground'),
    accent: colour('--accent'),
  }
}

export function seriesColour({ series, ink }: Palette, index: number): string {
  return series[index % series.length] ?? ink
}

/** Dash pattern of a series, pixels, so that colour is never the only difference; empty for the first, which is solid. */
export function seriesDash(index: number): readonly number[] {
  const pattern = seriesDashes[index % seriesDashes.length] ?? []
  return pattern[1] === 0 ? [] : pattern
}

/** Dash of a scenario that is not active and has the first look, which is solid where it is active. */
const firstDash: readonly number[] = [10, 3, 2, 3, 2, 3]

/** Dash pattern of a scenario: solid for the active one; no two looks share one. */
export function scenarioDash(look: number, isActive: boolean): readonly number[] {
  const dash = isActive ? [] : seriesDash(look)
  return isActive || dash.length > 0 ? dash : firstDash
}
