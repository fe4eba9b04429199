import { resolve } from 'node:path'
import type { Model } from '@cartkin/model'
import { isDose, textLevels } from '@cartkin/simulation'
import { readInput, readingOptions, subjectsFor } from '@cartkin/studies'
import { checkEventData, DataError, type EventData, inModelTime } from '@cartkin/tables'
import { toText } from '../arguments/convert.ts'
import { dataOptionTable, dataReading } from '../arguments/data-arguments.ts'
import { optional } from '../arguments/option.ts'
import { command } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { checkedModel, findModel } from '../inputs/find-model.ts'
import { dataTimeUnitOption } from '../inputs/read-events.ts'
import type { Io } from '../io.ts'
import { textTable } from '../output/text-table.ts'
import { toJson } from '../output/to-json.ts'

/** Problems that are told; the rest are counted. */
const mostTold = 20

export const checkData = command({
  name: 'check-data',
  summary: 'Check event data: what was detected and understood, and every fault with its row and column',
  positionals: ['DATA.csv'],
  options: {
    model: optional('MODEL', 'Model that the data are for: its states, rates, durations and unit of time', toText),
    'data-time-unit': dataTimeUnitOption,
    ...dataOptionTable,
  },
  examples: [
    'cartkin check-data patients.csv',
    'cartkin check-data patients.csv --model model.txt --json',
    'cartkin check-data assay.csv --column TIME=day DV=copies --missing -99 --lloq 50',
  ],
  notes:
    'Detected and told are encoding, delimiter, decimal separator, how missing values and limits of quantification are\nwritten, times and units, and what each column is taken for. Faults end with exit code 3; what may be meant so, such as a\ndose twice or MDV 0 without a value, is told and does not.',
  async execute({ positionals: [path = ''], options }, io) {
    const found = options.model === undefined ? null : await findModel(options.model, io)
    const model = found === null ? null : checkedModel(found)
    const bytes = await readInput(resolve(io.folder, path), path)
    const levels = model === null ? undefined : textLevels(model)
    const read = checkEventData(bytes, path, {
      ...readingOptions(dataReading(options)),
      strict: true,
      ...(levels === undefined ? {} : { levels }),
    })
    const { data, doubts } = read
    const inModel = data && model ? forModel(data, model, options['data-time-unit'], path) : null
    const errors = [...read.errors, ...(inModel?.errors ?? [])]
    const told = new Set(doubts.map(({ message }) => message))
    const notes = [...read.notes.filter((note) => !told.has(note)), ...(inModel?.note ? [inModel.note] : [])]
    const counts = data === undefined ? null : countsOf(data)
    if (options.json)
      io.out(
        toJson({
          data: path,
          ok: errors.length === 0,
          notes,
          ...(data === undefined
            ? {}
            : { encoding: data.encoding, ...data.format, timeUnit: data.timeUnit, columns: data.columns, ...counts }),
          errors: errors.map(placeOf),
          doubts: doubts.map(placeOf),
          ...(errors.length === 0
            ? {}
            : { error: { exitCode: exitCode.badInput, message: errors.map(({ message }) => message).join('\n') } }),
        }),
      )
    else io.out(reportOf(path, notes, data))
    tell('fault', errors, io)
    tell('doubt', doubts, io)
    return errors.length === 0 ? exitCode.ok : exitCode.badInput
  },
})

/** What a model makes of the data. */
function forModel(data: EventData, model: Model, timeUnit: string | undefined, path: string) {
  const { data: converted, note } = inModelTime(data, model, timeUnit, path)
  try {
    subjectsFor(model, converted)
    return { note, errors: [] }
  } catch (error) {
    if (error instanceof DataError) return { note, errors: [alone(error), ...error.others] }
    throw error
  }
}

/** An error without the others that its message tells. */
function alone(error: DataError): DataError {
  const { file, position, text, problem, expected } = error
  return new DataError({
    file,
    problem,
    expected,
    ...(position === undefined ? {} : { position }),
    ...(text === undefined ? {} : { text }),
  })
}

function countsOf({ subjects }: EventData) {
  const records = subjects.flatMap((subject) => subject.records)
  return {
    subjects: subjects.length,
    records: records.length,
    doses: records.filter(isDose).length,
    observations: records.filter(({ dv }) => dv !== undefined).length,
    censored: records.filter(({ cens }) => cens !== undefined).length,
  }
}

function placeOf({ problem, expected, text, position }: DataError) {
  return {
    line: position?.line ?? null,
    column: position?.column ?? null,
    header: position?.header ?? null,
    text: text ?? null,
    problem,
    expected,
  }
}

function reportOf(path: string, notes: readonly string[], data: EventData | undefined): string {
  const said = notes.map((note) => `  ${note}\n`).join('')
  if (data === undefined) return `${path}:\n${said}`
  const encoding =
    data.encoding === undefined ? '' : `  encoded as ${data.encoding}, lines end in ${data.format.lineEnding}\n`
  const rows = data.columns.map(({ header, meaning, unit }) => [`  ${header}`, meaning, unit])
  return `${path}:\n${encoding}${said}\n${textTable([['  column', 'taken for', 'unit'], ...rows])}`
}

function tell(what: string, errors: readonly DataError[], io: Io): void {
  for (const { message } of errors.slice(0, mostTold)) io.note(`${what}: ${message}\n`)
  if (errors.length > mostTold) io.note(`and ${errors.length - mostTold} more of the kind "${what}"\n`)
}
