import type { Scenario } from '../document/scenario.ts'
import { type Palette, scenarioDash, seriesColour } from './palette.ts'

/** How a curve is drawn. */
export interface CurveStyle {
  readonly colour: string
  /** Dash pattern, pixels; empty for a solid line. */
  readonly dash: readonly number[]
}

/** A series as a panel's view knows it. */
export interface PanelSeries extends CurveStyle {
  readonly name: string
}

/** Stroke widths, pixels. */
export const activeWidth = 2.25
export const otherWidth = 1.5

/** Names a scenario's curve among the series of a panel; that of the active one has the quantity's own name. */
export function seriesName(quantity: string, other?: Pick<Scenario, 'id'>): string {
  return other ? `${other.id}/${quantity}` : quantity
}

/** Names the grey line among the series. */
export const referenceSeries = 'reference'

/** Names the observations of a quantity among the series. */
export function observedName(quantity: string): string {
  return `observed/${quantity}`
}

/**
 * Tells scenarios and quantities apart. In a panel of one quantity, colour and dash are the scenario's; in one of several the
 * colour is the quantity's and the dash the scenario's. The active scenario is solid.
 */
export function curveStyle(
  palette: Palette,
  quantities: readonly string[],
  k: number,
  { look }: Pick<Scenario, 'look'>,
  isActive: boolean,
): CurveStyle {
  return {
    colour: seriesColour(palette, quantities.length > 1 ? k : look),
    dash: scenarioDash(look, isActive),
  }
}

/** All series of a panel. Observations belong to no scenario: beside several, they are neutral unless the colour is the quantity's. */
export function panelSeries(
  palette: Palette,
  quantities: readonly string[],
  active: Pick<Scenario, 'look'>,
  others: readonly Pick<Scenario, 'id' | 'look'>[],
): readonly PanelSeries[] {
  const curves = quantities.flatMap((quantity, k) => {
    const own = curveStyle(palette, quantities, k, active, true)
    const isNeutral = quantities.length === 1 && others.length > 0
    return [
      { name: seriesName(quantity), ...own },
      { name: observedName(quantity), colour: isNeutral ? palette.muted : own.colour, dash: [] },
      ...others.map((other) => ({
        name: seriesName(quantity, other),
        ...curveStyle(palette, quantities, k, other, false),
      })),
    ]
  })
  return [...curves, { name: referenceSeries, colour: palette.reference, dash: [] }]
}
