import type { PanelDefinition, RunCourse } from '@cartkin/cart-models'
import { type BandRow, bandChart, rangeChart } from '@cartkin/charts'
import { quantile } from '@cartkin/numerics'
import { type ReportFigure, renderSvg, type Svg } from '@cartkin/reports'
import { courseFigure } from '../report/course-figure.ts'
import { bandRows, numbersOf, observationRows, shownQuantity, timeAxis, valueAxis } from '../report/figure-rows.ts'
import { shownObservations, sourcesSentence } from '../report/published-values.ts'
import { bandsOf } from '../steps/population-tables.ts'
import type { ModelSource } from '../steps/step-result.ts'
import type { CourseRuns, PopulationRuns, ValidationGroup, ValidationRow } from './validation.ts'

/** Courses that are drawn one by one; more of them as percentiles. */
const mostCurves = 4
const size = { width: 360, height: 210 }

/** The range of a target with our value in it. */
export function rangePicture({ id, quantity, unit, value, lo, hi, ours, pass }: ValidationRow): Promise<Svg> {
  return renderSvg(rangeChart({ row: { id, label: quantity, unit, value, lo, hi, ours, pass } }))
}

/** The courses behind a group's targets, with the published values: the panels of the model, or bands of its population. */
export function groupFigures(group: ValidationGroup): Promise<readonly ReportFigure[]> {
  const { source, runs } = group
  if (runs.kind === 'population')
    return Promise.all(runs.quantities.map((name, q) => populationFigure(source, runs, name, q)))
  const panels = source.library?.panels ?? []
  const patients = mostAlike(runs.courses)
  if (patients.length <= mostCurves)
    return Promise.all(
      panels.map((panel) => courseFigure(panel, { source, courses: runs.courses, ...coursesOptions(source, runs) })),
    )
  return Promise.all(
    panels.flatMap((panel) => panel.quantities.map((name) => patientsFigure(source, patients, panel, name))),
  )
}

/** The most courses that have the same rows: the patients of one study. */
function mostAlike(courses: readonly RunCourse[]): readonly RunCourse[] {
  const alike = new Map<string, RunCourse[]>()
  for (const course of courses) {
    const times = numbersOf(course.table, 'time')
    const rows = `${times.length} ${times[0]} ${times.at(-1)}`
    const group = alike.get(rows)
    if (group) group.push(course)
    else alike.set(rows, [course])
  }
  return [...alike.values()].reduce((most, group) => (group.length > most.length ? group : most), [])
}

/** Doses are marked where one course is drawn. */
function coursesOptions({ library }: ModelSource, { courses }: CourseRuns) {
  const [only] = courses
  const regimen = courses.length === 1 ? (only?.regimen ?? library?.regimen) : undefined
  return { regimen, to: library?.horizon }
}

/** One quantity in many patients, as percentiles. */
async function patientsFigure(
  source: ModelSource,
  courses: readonly RunCourse[],
  { scale }: PanelDefinition,
  name: string,
): Promise<ReportFigure> {
  const to = source.library?.horizon ?? Number.POSITIVE_INFINITY
  const shown = shownQuantity(source, name)
  const published = shownObservations(source, [name], to)
  const svg = await renderSvg(
    bandChart({
      x: timeAxis(source),
      y: valueAxis(shown, scale),
      bands: bandRows(percentiles(courses, name), { to, scale }),
      subjects: courses.length,
      observations: observationRows(published, shown, { to, scale }),
      ...size,
    }),
  )
  const caption = `${shown.label} in ${courses.length} patients.${sourcesSentence(published)}`
  return { kind: 'figure', svg, caption }
}

/** Percentiles over courses with the same rows. */
function percentiles(courses: readonly RunCourse[], name: string): readonly BandRow[] {
  const columns = courses.map((run) => numbersOf(run.table, name))
  const [first] = courses
  const times = first === undefined ? new Float64Array() : numbersOf(first.table, 'time')
  return Array.from(times, (time, row) => {
    const values = Float64Array.from(columns, (values) => values[row] ?? Number.NaN)
    const at = (level: number) => quantile(values, level)
    return { time, p5: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) }
  })
}

async function populationFigure(
  source: ModelSource,
  { answer, times }: PopulationRuns,
  name: string,
  place: number,
): Promise<ReportFigure> {
  const to = times.at(-1) ?? 0
  const shown = shownQuantity(source, name)
  const scale = source.library?.panels.find(({ quantities }) => quantities.includes(name))?.scale ?? 'linear'
  const found = answer.percentiles[place]
  const published = shownObservations(source, [name], to)
  const svg = await renderSvg(
    bandChart({
      x: timeAxis(source),
      y: valueAxis(shown, scale),
      bands: bandRows(found === undefined ? [] : bandsOf(found, times), { to, scale }),
      subjects: answer.count,
      observations: observationRows(published, shown, { to, scale }),
      ...size,
    }),
  )
  return {
    kind: 'figure',
    svg,
    caption: `${shown.label} in ${answer.count} virtual patients.${sourcesSentence(published)}`,
  }
}
