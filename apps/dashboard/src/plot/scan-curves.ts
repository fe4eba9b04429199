import type { Curve } from './paint-curves.ts'
import { type Palette, seriesDash } from './palette.ts'
import type { Curves } from './panel-model.ts'
import { scanColours } from './scan-ramp.ts'

/** The family of a scan in one panel, for the canvas: the highlighted one thick and last, so that it lies above the others. */
export function scanCurves(
  family: readonly (Curves | null)[],
  highlighted: number | null,
  quantities: readonly string[],
  { ground }: Pick<Palette, 'ground'>,
): readonly Curve[] {
  const colours = scanColours(family.length, ground)
  const curves = family.map((course, k) =>
    quantities.flatMap((quantity, series): readonly Curve[] => {
      const values = course?.values.get(quantity)
      if (!course || !values) return []
      const width = k === highlighted ? 3.5 : 1.5
      return [{ times: course.times, values, colour: colours[k] ?? '', width, dash: seriesDash(series) }]
    }),
  )
  const above = highlighted === null ? [] : (curves[highlighted] ?? [])
  return [...curves.filter((_, k) => k !== highlighted).flat(), ...above]
}
