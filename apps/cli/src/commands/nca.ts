import { timeRatio } from '@cartkin/model'
import {
  type AnalysedCourse,
  nca as analyse,
  cellAplasia,
  cellPoints,
  cellularKinetics,
  drugFigures,
  drugPoints,
  type EventRecord,
  type Figure,
  type FigureSummary,
  givenDoses,
  type NcaDose,
  type NcaUnits,
  ncaSummary,
  ncaSummaryTable,
  ncaTable,
  type ObservedCourse,
  seriesOfDose,
  usedPointsTable,
} from '@cartkin/simulation'
import { dataOptionTable, dataReading } from '../arguments/data-arguments.ts'
import { checkKind, ncaOptionTable } from '../arguments/nca-arguments.ts'
import type { OptionValues } from '../arguments/option.ts'
import { command } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { BadInput, Misuse } from '../failure.ts'
import { type Courses, readCourses } from '../inputs/read-courses.ts'
import { checkTarget, deliver } from '../output/deliver.ts'
import { textTable } from '../output/text-table.ts'
import { toJson } from '../output/to-json.ts'

const options = { ...ncaOptionTable, ...dataOptionTable }
type Given = OptionValues<typeof options>

export const nca = command({
  name: 'nca',
  summary: 'Non-compartmental analysis or cellular kinetics of data or of a simulated result',
  positionals: ['DATA|RESULT'],
  options,
  examples: [
    'cartkin nca theophylline.csv --dose 320 --method linear --out figures.csv',
    'cartkin nca patients.csv --cells --quantity 1 --lloq 50 --summary kinetics.csv',
    'cartkin nca lupus.arrow --cells --quantity CAR --aplasia-below B=10',
  ],
  notes:
    'DATA is a CSV that fit reads (ID, TIME, DV or y, DVID or y_ID, AMT, …), RESULT an Arrow or CSV file of simulate, or a table of\npredictions of fit with --value predicted. Definitions are those of Phoenix WinNonlin; the terminal line is the one with the\nbest adjusted R². A figure that is not defined is NaN, and its note says why. With --cells times are in days unless the file\nor --unit time=h says otherwise, and the infusion is at time 0.',
  async execute({ positionals: [path = ''], options: given }, io) {
    if (given.cells) checkKind(given)
    for (const target of [given.out, given.summary, given.points])
      if (target !== undefined) await checkTarget(target, io)
    const aplasia = new Map(given['aplasia-below'])
    const read = await readCourses(
      path,
      { quantities: given.quantity, beside: [...aplasia.keys()], value: given.value, reading: dataReading(given) },
      io,
    )
    if (read.courses.length === 0) throw new BadInput(`${path}: holds no values to analyse`)

    const analysed: AnalysedCourse[] = []
    const failures: { readonly id: string; readonly quantity: string; readonly reason: string }[] = []
    for (const course of read.courses) {
      const { id, quantity } = course
      try {
        analysed.push({ id, quantity, ...analysis(course, read, given, aplasia.get(quantity)) })
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        failures.push({ id, quantity, reason: error.message })
      }
    }
    const summary = ncaSummary(analysed)
    const files = []
    if (given.out !== undefined) files.push(await deliver(ncaTable(analysed), given.out, io))
    if (given.summary !== undefined) files.push(await deliver(ncaSummaryTable(summary), given.summary, io))
    if (given.points !== undefined) files.push(await deliver(usedPointsTable(analysed), given.points, io))
    for (const { id, quantity, reason } of failures)
      io.note(`subject ${id}${quantity === '' ? '' : `, ${quantity}`}: ${reason}\n`)
    if (given.json) io.out(toJson({ courses: analysed, summary, failures, files }))
    else io.out(analysed.length === 1 ? oneCourse(analysed[0]?.figures ?? []) : overSubjects(summary))
    return failures.length > 0 ? exitCode.partialFailure : exitCode.ok
  },
})

function analysis(
  course: ObservedCourse,
  { records, timeUnit, doseUnit, unitOf, isResult }: Courses,
  given: Given,
  threshold: number | undefined,
): Pick<AnalysedCourse, 'figures' | 'used'> {
  const said = new Map(given.unit)
  const units: NcaUnits = {
    time: said.get('time') ?? (timeUnit || (given.cells ? 'day' : '')),
    concentration: said.get('value') ?? unitOf(course.quantity),
    dose: said.get('dose') ?? doseUnit,
  }
  const infusion = given['dose-time'] ?? 0
  if (threshold !== undefined) {
    const figures = cellAplasia(course.series, threshold, { infusion, units })
    return { figures: Object.values(figures), used: [] }
  }
  const common = {
    below: Object.fromEntries(given.blq.flat()),
    ...(given.method === undefined ? {} : { method: given.method }),
    // event data were censored at their limit when they were read
    ...(isResult ? limitOf(given, course.quantity) : {}),
    units,
  }
  if (given.cells) {
    const unitsPerDay = timeRatio(units.time ?? '', 'day')
    if (unitsPerDay === undefined)
      throw new Misuse(`the unit of time, ${units.time}, is none; say it with --unit time=day (h, week, …)`)
    const kinetics = cellularKinetics(course.series, { ...common, infusion, unitsPerDay })
    return { figures: Object.values(kinetics.figures), used: cellPoints(kinetics) }
  }
  const { dose, series, tau } = doseOf(course, records.get(course.id) ?? [], given)
  const [from, to] = given['lambda-z'] ?? []
  const result = analyse(series, dose, {
    ...common,
    ...(tau === undefined ? {} : { tau }),
    partial: given.partial,
    terminal: {
      ...(given['min-points'] === undefined ? {} : { minPoints: given['min-points'] }),
      ...(given['include-peak'] ? { includePeak: true } : {}),
      ...(from === undefined || to === undefined ? {} : { from, to }),
    },
  })
  return { figures: drugFigures(result), used: drugPoints(result) }
}

/** The limit of quantification that is given for an endpoint, else that for all. */
function limitOf({ lloq }: Given, quantity: string): { readonly lloq?: number } {
  const limits = new Map(lloq)
  const limit = limits.get(quantity) ?? limits.get('')
  return limit === undefined ? {} : { lloq: limit }
}

/** The dose of the data, with what the options say in its place, and the values that belong to it. */
function doseOf(course: ObservedCourse, records: readonly EventRecord[], given: Given) {
  const doses = givenDoses(records)
  const own = given['which-dose'] === 'last' ? doses.at(-1) : doses[0]
  const duration = given.duration ?? own?.duration
  const route = given.route ?? (duration === undefined ? 'extravascular' : 'infusion')
  const amount = given.dose ?? own?.amount
  const time = given['dose-time'] ?? own?.time
  const last = course.series.reduce((latest, row) => Math.max(latest, row.time), Number.NEGATIVE_INFINITY)
  if (time !== undefined && time > last)
    throw new RangeError(`the dose (time ${time}) comes after the last value (time ${last})`)
  const dose: NcaDose = {
    route,
    ...(time === undefined ? {} : { time }),
    ...(amount === undefined ? {} : { amount }),
    ...(route === 'infusion' && duration !== undefined ? { duration } : {}),
  }
  const series =
    own === undefined || given['dose-time'] !== undefined
      ? course.series
      : seriesOfDose(records, course, own, route === 'bolus')
  return { dose, series, tau: given.tau ?? own?.tau }
}

function oneCourse(figures: readonly Figure[]): string {
  return textTable([
    ['figure', 'value', 'unit', 'what'],
    ...figures.map(({ name, label, unit, value, note }) => [
      name,
      shown(value),
      unit,
      note === '' ? label : `${label} (${note})`,
    ]),
  ])
}

function overSubjects(summary: readonly FigureSummary[]): string {
  const isNamed = summary.some(({ quantity }) => quantity !== '')
  const row = (quantity: string, rest: readonly string[]) => (isNamed ? [quantity, ...rest] : rest)
  return textTable([
    row('quantity', ['figure', 'unit', 'n', 'geometric mean', 'CV %', 'median', 'range']),
    ...summary.map(({ quantity, name, unit, n, reason, geometricMean, geometricCV, median, minimum, maximum }) =>
      row(
        quantity,
        n === 0
          ? [name, unit, '0', '', '', '', `not defined: ${reason}`]
          : [
              name,
              unit,
              String(n),
              shown(geometricMean),
              shown(geometricCV),
              shown(median),
              `${shown(minimum)} to ${shown(maximum)}`,
            ],
      ),
    ),
  ])
}

function shown(value: number): string {
  return Number.isNaN(value) ? '' : String(Number(value.toPrecision(5)))
}
