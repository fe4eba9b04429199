import { courseChart, formatValue } from '@cartkin/charts'
import { type ReportBlock, type ReportCell, type ReportFigure, type ReportTable, renderSvg } from '@cartkin/reports'
import type { ColumnTable, Regimen, RegimenDose } from '@cartkin/simulation'
import type { ReportSection } from '../plan/plan.ts'
import type { CompareStepResult } from '../steps/step-result.ts'
import { comparedTables } from './compared-tables.ts'
import { courseRows, givenWords, numbersOf, shownQuantity, timeAxis, valueAxis } from './figure-rows.ts'

/** Curves of the courses over one another, what tells the courses apart, and their endpoints with the change to the first. */
export async function compareSection(
  section: ReportSection,
  result: CompareStepResult,
  again: boolean,
): Promise<readonly ReportBlock[]> {
  const figures = await Promise.all(quantitiesOf(section, result).map((name) => overlay(name, section, result)))
  if (again) return [{ kind: 'figures', figures }]
  return [...courseBlocks(result), { kind: 'figures', figures }, ...comparedTables(result)]
}

/** The wanted quantities, or those of the panels of the model. */
function quantitiesOf({ quantities }: ReportSection, { courses }: CompareStepResult): readonly string[] {
  return quantities ?? courses[0]?.result.source.library?.panels.flatMap((panel) => panel.quantities) ?? []
}

async function overlay(
  name: string,
  { scale: wanted, show, from, to, least, most }: ReportSection,
  { courses }: CompareStepResult,
): Promise<ReportFigure> {
  const [reference] = courses
  if (reference === undefined) throw new Error('a comparison has at least one course')
  const { source, answer } = reference.result
  const shown = shownQuantity(source, name)
  const panel = source.library?.panels.find(({ quantities }) => quantities.includes(name))
  const scale = wanted ?? (show === 'values' ? panel?.scale : undefined) ?? 'linear'
  const course = courses.flatMap(({ label, result }) => {
    const { table } = result.answer
    const own = show === 'values' ? table : changeFrom(answer.table, table, name, show)
    return courseRows(own, { ...shown, label }, { from, to, least, most, scale })
  })
  const axis = show === 'ratio' ? { label: `${shown.label}, ratio`, unit: '' } : shown
  const svg = await renderSvg(
    courseChart({ x: timeAxis(source), y: valueAxis(axis, scale), course, width: 360, height: 220 }),
  )
  const against = show === 'values' ? '' : `, ${show} to “${reference.label}”`
  return { kind: 'figure', svg, caption: `${shown.label}${against}.` }
}

/** A course as its difference from, or ratio to, the reference at the times that both have. */
function changeFrom(
  reference: ColumnTable,
  table: ColumnTable,
  name: string,
  show: 'difference' | 'ratio',
): ColumnTable {
  const [times, values] = [numbersOf(reference, 'time'), numbersOf(reference, name)]
  const known = new Map(Array.from(times, (time, row) => [time, values[row] ?? Number.NaN]))
  const own = numbersOf(table, name)
  const time = numbersOf(table, 'time')
  const changed = own.map((value, row) => {
    const base = known.get(time[row] ?? Number.NaN) ?? Number.NaN
    return show === 'ratio' ? value / base : value - base
  })
  return {
    columns: [
      { kind: 'number', name: 'time', unit: '', values: time },
      { kind: 'number', name, unit: '', values: changed },
    ],
  }
}

/** What is given in all courses, then what tells them apart. */
function courseBlocks({ courses }: CompareStepResult): readonly ReportBlock[] {
  const regimens = courses.map(({ result }) => result.regimen)
  const isIn = (dose: RegimenDose) => (regimen: Regimen) => regimen.doses.some((other) => isSame(other, dose))
  const common = (regimens[0]?.doses ?? []).filter((dose) => regimens.every(isIn(dose)))
  const more = regimens.map((regimen) => ({
    ...regimen,
    doses: regimen.doses.filter((dose) => !common.some((other) => isSame(other, dose))),
  }))
  const told: ReportBlock = {
    kind: 'paragraph',
    text: `Given in all courses: ${givenWords({ name: '', doses: common })}.`,
  }
  return [told, coursesTable(courses, more.some(({ doses }) => doses.length > 0) ? more : null)]
}

function isSame(a: RegimenDose, b: RegimenDose): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/**
 * Treatment beside what all get (null where there is none) and values of parameters, with their trust where they come from
 * the library.
 */
function coursesTable(courses: CompareStepResult['courses'], more: readonly Regimen[] | null): ReportTable {
  const names = [...new Set(courses.flatMap(({ result }) => Object.keys(result.parameters)))]
  const sources = new Set<string>()
  const rows = courses.map(({ label, result: { source, parameters, notes } }, k): readonly ReportCell[] => [
    label,
    ...(more === null ? [] : [givenWords(more[k] ?? { name: '', doses: [] })]),
    ...names.map((name): ReportCell => {
      const own = parameters[name]
      const value = own ?? source.model.parameters.find((parameter) => parameter.name === name)?.value
      const text = value === undefined ? 'none' : formatValue(value, 4)
      if (own === undefined) return { text, tone: 'muted' }
      const note = notes[name]
      if (note === undefined) return text
      sources.add(`${name}: ${note.source}.`)
      return { text, trust: note.trust }
    }),
  ])
  const units = new Map(
    courses.flatMap(({ result }) => result.source.model.parameters.map(({ name, unit }) => [name, unit] as const)),
  )
  return {
    kind: 'table',
    caption: 'The courses; the first is the one that others are compared with.',
    columns: [
      { header: 'Course' },
      ...(more === null ? [] : [{ header: 'Given beside' }]),
      ...names.map((name) => ({ header: name, unit: units.get(name) ?? '', kind: 'number' as const })),
    ],
    rows,
    notes: [...sources],
  }
}
