import { dataRemarks, type EventData, pooledFault } from '@cartkin/tables'
import { formatNumber } from '../components/controls/format-number.ts'
import type { DataChoice } from '../document/data-choice.ts'
import type { OpenedModel } from '../state/opened-model.ts'
import type { DataFault, FileReading } from './file-reading.ts'
import type { DataCheck, ObservedData, ObservedEndpoint, ObservedMark } from './observed-data.ts'

interface Checked {
  readonly reading: FileReading
  readonly choice: DataChoice
  readonly model: Pick<OpenedModel, 'quantities' | 'horizon' | 'start'>
  readonly endpoints: readonly ObservedEndpoint[]
  readonly data: EventData
  readonly marks: readonly ObservedMark[]
  readonly limits: ObservedData['limits']
  readonly horizon: number
  readonly timeNote: string
  /** Lines of zeros that count as below quantification without a limit that was said. */
  readonly zeros: readonly number[]
}

/** A fault of the file as a sentence. */
export function faultCheck({ problem, expected, text, place }: DataFault, kind: unknown = 'fault'): DataCheck {
  const value = text === '' ? '' : `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}” `
  const header = place && place.header !== '' ? ` (${place.header})` : ''
  const where = place ? `Row ${place.line}, column ${place.column}${header}: ` : ''
  const said = `${value}${problem}; ${expected}.`
  return {
    kind: kind === 'doubt' ? 'doubt' : 'fault',
    text: where === '' ? ofFile(said) : `${where}${said}`,
    lines: place ? [place.line] : [],
  }
}

const noValues = 'No values were found: say under “Columns” which column holds them (DV).'

/** All there is to say of data that were read, what matters most first. */
export function dataChecks(checked: Checked): readonly DataCheck[] {
  const { reading, choice, model, endpoints, data, marks, timeNote, horizon } = checked
  const late = marks.filter(({ time }) => time > horizon)
  const early = marks.filter(({ time }) => time < model.start)
  const pooled = endpoints.some(({ quantity }) => quantity !== null) ? pooledFault(data) : undefined
  const observed = new Set(marks.map(({ subject }) => subject))
  const remarks = dataRemarks(
    {
      ...data,
      subjects: data.subjects.map((subject) => (observed.has(subject.id) ? subject : { ...subject, records: [] })),
    },
    model.horizon,
  ).filter(({ subject }) => observed.has(subject))
  const out: DataCheck[] = [
    ...(endpoints.length === 0 ? [fault(noValues)] : []),
    ...endpoints.flatMap((endpoint) => endpointChecks(endpoint, checked)),
    ...(pooled
      ? [
          doubt(
            `Row ${pooled.position?.line}: ${pooled.problem}; ${pooled.expected}.`,
            pooled.position ? [pooled.position.line] : [],
          ),
        ]
      : []),
    ...reading.doubts.map((fault) => faultCheck(fault, 'doubt')),
    ...(remarks.length > 0 && remarks.length === observed.size && remarks.length > 3
      ? [doubt(`All ${remarks.length} subjects: ${remarks[0]?.message}.`)]
      : remarks.map(({ subject, message }) => doubt(`Subject ${subject}: ${message}.`, linesIn(message)))),
    ...(late.length > 0
      ? [
          {
            ...doubt(
              `${counted(late.length, 'value')} after time ${horizon}, the end of the run, ${late.length === 1 ? 'is' : 'are'} not shown.`,
              late.map(({ line }) => line),
            ),
            runUntil: late.reduce((last, { time }) => Math.max(last, time), horizon),
          },
        ]
      : []),
    ...(early.length > 0
      ? [
          doubt(
            `${counted(early.length, 'value')} before time ${model.start}, the start of the run, ${early.length === 1 ? 'is' : 'are'} not shown.`,
            early.map(({ line }) => line),
          ),
        ]
      : []),
    ...censoringChecks(checked),
    ...(choice.excluded.length > 0
      ? [done(`${counted(choice.excluded.length, 'row')} left out by you.`, choice.excluded)]
      : []),
    ...(timeNote === '' ? [] : [done(`${capital(timeNote)}.`)]),
    ...reading.notes.map((note) => done(`${capital(note)}.`)),
  ]
  return out
}

function endpointChecks(endpoint: ObservedEndpoint, { reading }: Checked): readonly DataCheck[] {
  const { label, count, quantity, unit, quantityUnit, factor } = endpoint
  const values = label === '' ? counted(count, 'value') : `${counted(count, 'value')} of “${label}”`
  if (quantity === null)
    return [doubt(`${values} ${count === 1 ? 'is' : 'are'} not used: choose the quantity under “What was measured”.`)]
  if (factor.kind === 'other')
    return [
      fault(
        `${values} ${count === 1 ? 'is' : 'are'} in ${unit}, but ${quantity} is in ${quantityUnit}: give the right unit or another quantity.`,
      ),
    ]
  if (factor.kind === 'factor' && factor.factor !== 1)
    return [done(`${values}: ${unit} × ${formatNumber(factor.factor, 6)} = ${quantityUnit} of ${quantity}.`)]
  return factor.kind === 'unknown' && unit !== '' && quantityUnit !== '' && reading.events
    ? [
        doubt(
          `${values}: ${unit} cannot be held against ${quantityUnit} of ${quantity}; the numbers are taken as they stand.`,
        ),
      ]
    : []
}

function censoringChecks({ marks, limits, zeros, endpoints, model }: Checked): readonly DataCheck[] {
  const zeroLines = new Set(zeros)
  return limits.flatMap(({ quantity, value }) => {
    const below = marks.filter((mark) => mark.kind === 'below' && mark.quantity === quantity)
    if (below.length === 0) return []
    const unit = model.quantities.get(quantity)?.unit ?? ''
    const shown = `${formatNumber(value, 4)} ${unit}`.trim()
    const own = below.filter(({ line }) => zeroLines.has(line))
    const isTyped = endpoints.some((endpoint) => endpoint.quantity === quantity && endpoint.limit !== null)
    if (own.length > 0 && !isTyped)
      return [
        doubt(
          `${counted(own.length, 'zero')} of ${quantity} ${own.length === 1 ? 'counts' : 'count'} as below quantification, and the limit as ${shown}, the smallest value; type the LLOQ of the assay under “What was measured”.`,
          own.map(({ line }) => line),
        ),
      ]
    return [
      done(
        `${counted(below.length, 'observation')} below LLOQ (${shown}) ${below.length === 1 ? 'is' : 'are'} treated as censored.`,
        below.map(({ line }) => line),
      ),
    ]
  })
}

function fault(text: string, lines: readonly number[] = []): DataCheck {
  return { kind: 'fault', text, lines }
}

function doubt(text: string, lines: readonly number[] = []): DataCheck {
  return { kind: 'doubt', text, lines }
}

function done(text: string, lines: readonly number[] = []): DataCheck {
  return { kind: 'done', text, lines }
}

/** The first line that a remark names. */
function linesIn(message: string): readonly number[] {
  const found = /\blines? (\d+)/.exec(message)
  return found ? [Number(found[1])] : []
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

/** A sentence on the file as a whole. */
function ofFile(said: string): string {
  return /^(?:is|has|holds|begins|cannot)\b/.test(said) ? `The file ${said}` : capital(said)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
