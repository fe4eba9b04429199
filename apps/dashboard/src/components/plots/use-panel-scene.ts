import type { PanelDefinition } from '@cartkin/cart-models'
import { type ReadonlySignal, useComputed } from '@preact/signals'
import type { Difference } from '../../document/desk.ts'
import { differenceCurves } from '../../plot/difference-curves.ts'
import type { NamedCurve } from '../../plot/end-labels.ts'
import type { Palette } from '../../plot/palette.ts'
import type { Curves } from '../../plot/panel-model.ts'
import { curveStyle, type PanelSeries, panelSeries, referenceSeries, seriesName } from '../../plot/panel-series.ts'
import type { Course } from '../../state/course.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import type { OtherScenario } from '../../state/scene.ts'

/** What curves are drawn as: themselves, or what differs from the reference. */
export type Transform = (curves: Curves) => Curves

/** The scenarios as one panel shows them. */
export interface PanelScene {
  /** What is drawn instead of values; null for the values. */
  readonly difference: ReadonlySignal<Difference | null>
  /** Those beside the active one whose courses are there. */
  readonly others: ReadonlySignal<readonly (OtherScenario & { readonly course: Course })[]>
  /** The grey line; null where the reference is the active scenario, or is hidden. */
  readonly reference: ReadonlySignal<Course | null>
  readonly series: ReadonlySignal<readonly PanelSeries[]>
  /** The names that are written in the panel; it changes where one does. */
  readonly names: ReadonlySignal<string>
  /** With the reference as it is now, and as it was when the sliders last rested. */
  readonly live: ReadonlySignal<Transform>
  readonly atRest: ReadonlySignal<Transform>
  /** Curves that have a name at their end, with the active one's course. */
  readonly named: (course: Course | null, transform: Transform) => readonly NamedCurve[]
}

const itself: Transform = (curves) => curves

/** Nothing can be compared with a reference that is not there. */
const nothing: Transform = ({ times }) => ({ times, values: new Map() })

export function usePanelScene(
  { scene, settled, scenario }: Dashboard,
  { quantities }: PanelDefinition,
  palette: ReadonlySignal<Palette>,
): PanelScene {
  const { difference } = scene
  const look = useComputed(() => scenario.value.look)
  const others = useComputed(() =>
    scene.others.value.flatMap((other) => (other.course ? [{ ...other, course: other.course }] : [])),
  )
  const isActive = useComputed(() => scene.reference.value.scenario?.id === scenario.value.id)
  const shown = useComputed(() => scene.reference.value.shown)
  const reference = useComputed(() => {
    if (isActive.value || !(shown.value || difference.value)) return null
    return scene.comparedTo.value
  })
  const series = useComputed(() =>
    panelSeries(
      palette.value,
      quantities,
      { look: look.value },
      others.value.map(({ scenario }) => scenario),
    ),
  )
  const names = useComputed(() =>
    [scenario.value, scene.reference.value, ...others.value.map((other) => other.scenario)]
      .map(({ name }) => name)
      .join('\n'),
  )
  const transformBy = (kind: Difference | null, compared: Course | null): Transform => {
    if (!kind) return itself
    return compared ? (curves) => differenceCurves(curves, compared, quantities, kind) : nothing
  }
  const live = useComputed(() => transformBy(difference.value, difference.value && scene.comparedTo.value))
  const atRest = useComputed(() => {
    const compared = isActive.value ? settled.value : scene.comparedTo.value
    return transformBy(difference.value, difference.value && compared)
  })

  const named: PanelScene['named'] = (newest, transform) => {
    const colours = palette.peek()
    const active = scenario.peek()
    const curve = (name: string, series: string, colour: string, drawn: Curves, quantity: string): NamedCurve[] => {
      const values = drawn.values.get(quantity)
      return values ? [{ name, series, colour, times: drawn.times, values }] : []
    }
    const activeCurves = newest ? transform(newest) : null
    if (quantities.length > 1)
      return quantities.flatMap((quantity, k) => {
        const { colour } = curveStyle(colours, quantities, k, active, true)
        return activeCurves ? curve(quantity, seriesName(quantity), colour, activeCurves, quantity) : []
      })
    const [quantity] = quantities
    const beside = others.peek()
    const grey = reference.peek()
    const compared = scene.reference.peek()
    const isAlone = beside.length === 0 && !difference.peek() && compared.scenario === null
    if (quantity === undefined || isAlone) return []
    const style = (of: { readonly look: number }, isOn: boolean) => curveStyle(colours, quantities, 0, of, isOn).colour
    return [
      ...(activeCurves ? curve(active.name, quantity, style(active, true), activeCurves, quantity) : []),
      ...beside.flatMap(({ scenario: other, course: known }) =>
        curve(other.name, seriesName(quantity, other), style(other, false), transform(known), quantity),
      ),
      ...(grey && grey !== newest && (compared.scenario || difference.peek())
        ? curve(compared.name, referenceSeries, colours.reference, transform(grey), quantity)
        : []),
    ]
  }

  return { difference, others, reference, series, names, live, atRest, named }
}
