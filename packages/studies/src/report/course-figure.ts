import type { PanelDefinition } from '@cartkin/cart-models'
import { courseChart } from '@cartkin/charts'
import { type ReportFigure, renderSvg } from '@cartkin/reports'
import type { ColumnTable, Regimen } from '@cartkin/simulation'
import type { ModelSource } from '../steps/step-result.ts'
import {
  courseRows,
  doseRows,
  type Limits,
  observationRows,
  type Shown,
  shownQuantity,
  timeAxis,
  valueAxis,
} from './figure-rows.ts'
import { shownObservations, sourcesSentence } from './published-values.ts'

/** What a figure of a panel is drawn from. */
export interface CourseFigure extends Omit<Limits, 'scale'> {
  readonly source: ModelSource
  /** At least one; their names are shown where there are several. */
  readonly courses: readonly { readonly name: string; readonly table: ColumnTable }[]
  /** Doses that are marked; none when absent. */
  readonly regimen?: Regimen | undefined
}

/** One panel of a model: its quantities over time, with the published values behind them and where these come from. */
export async function courseFigure(
  { title, unit, scale, quantities }: PanelDefinition,
  { source, courses, regimen, ...drawn }: CourseFigure,
): Promise<ReportFigure> {
  const shown = quantities.map((name) => shownQuantity(source, name))
  const limits = { ...drawn, scale }
  const { to } = drawn
  const isOne = courses.length === 1
  const series = ({ label }: Shown, course: string): string => {
    if (isOne) return label
    return shown.length === 1 ? course : `${label}, ${course}`
  }
  const course = courses.flatMap(({ name, table }) =>
    shown.flatMap((quantity) => courseRows(table, { ...quantity, label: series(quantity, name) }, limits)),
  )
  const published = shownObservations(source, quantities, to)
  const observations = shown.flatMap((quantity) =>
    observationRows(published, isOne ? quantity : { ...quantity, label: 'published' }, limits),
  )
  const svg = await renderSvg(
    courseChart({
      x: timeAxis(source),
      y: valueAxis({ label: title, unit }, scale),
      course,
      observations,
      doses: regimen === undefined ? [] : doseRows(regimen, to),
      width: 360,
      height: 220,
    }),
  )
  return { kind: 'figure', svg, caption: `${title}.${sourcesSentence(published)}` }
}
