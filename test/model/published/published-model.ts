import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type CompiledModel, canonicalBytes, compileModel, type Model, normalisedText } from '@cartkin/model'
import {
  type EventRecord,
  gridTable,
  parameterVector,
  type SubjectRun,
  sampleRandomEffects,
  simulateSubject,
} from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../compile-text.ts'

const hashOf = (model: Model) => createHash('sha256').update(canonicalBytes(model)).digest('hex')

/** Compiles the text of a published model and states what holds for each; `wrongUnit` is [what stands there, what is put in its place]. */
export function publishedModel(text: string, wrongUnit: readonly [string, string]): CompiledModel {
  const model = modelOf(text)

  describe('the text', () => {
    it('has no warning', () => {
      expect(model.warnings.map(({ span, message }) => `${span.line}:${span.column} ${message}`)).toEqual([])
    })

    it('gives every number a unit', () => {
      const numbers = model.parameters.filter(({ kind }) => kind === 'parameter')
      expect([...numbers, ...model.states].filter(({ unit }) => unit === '').map(({ name }) => name)).toEqual([])
    })

    it('is warned of a unit that is wrong', () => {
      expect(text.split(wrongUnit[0])).toHaveLength(2)
      expect(modelOf(text.replace(...wrongUnit)).warnings.length).toBeGreaterThan(0)
    })

    it('is the same model once normalised', () => {
      const normalised = modelOf(normalisedText(model))
      expect(hashOf(normalised)).toBe(hashOf(model))
      expect(normalised.warnings).toEqual([])
    })
  })

  return compileModel(model)
}

interface Conditions {
  /** Parameters and inputs, by name. */
  readonly given?: Readonly<Record<string, number>>
  /** Values of all parameters, in place of `given`. */
  readonly parameters?: Float64Array
  readonly records?: readonly EventRecord[]
}

/** A run from day 0 with the default solver. */
function runTo(end: number, model: CompiledModel, conditions: Conditions): SubjectRun {
  const { given = {}, parameters = parameterVector(model.model, given), records = [] } = conditions
  const run = simulateSubject({ model, parameters, records, start: 0, end })
  expect(run.outcome.status).toBe('finished')
  return run
}

/** States and outputs at the times, by name. */
export function courseAt(
  times: Float64Array,
  model: CompiledModel,
  conditions: Conditions = {},
): (name: string) => Float64Array {
  const table = gridTable(model.model, runTo(times.at(-1) ?? 0, model, conditions), times)
  return (name) => {
    const column = table.columns.find((own) => own.name === name)
    if (column?.kind !== 'number') throw new Error(`the model shows no ${name}`)
    return column.values
  }
}

/** The largest value from `from` on and the first time of the grid at which it is reached. */
export function peak(
  times: Float64Array,
  values: Float64Array,
  from = 0,
): { readonly value: number; readonly at: number } {
  let value = Number.NEGATIVE_INFINITY
  let at = Number.NaN
  times.forEach((t, k) => {
    if (t < from || !(values[k]! > value)) return
    value = values[k]!
    at = t
  })
  return { value, at }
}

/** Area by trapezoid over the grid. */
export function area(times: Float64Array, values: Float64Array): number {
  let sum = 0
  for (let k = 1; k < times.length; k++) sum += 0.5 * (times[k]! - times[k - 1]!) * (values[k]! + values[k - 1]!)
  return sum
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  return Number.isInteger(half) ? (sorted[half - 1]! + sorted[half]!) / 2 : sorted[Math.floor(half)]!
}

/** Variance around 0 of a random effect over 2000 subjects. */
export function drawnVariance({ model }: CompiledModel, typical: Float64Array, name: string): number {
  const place = model.parameters.findIndex((parameter) => parameter.name === name)
  const count = 2000
  let sum = 0
  for (let index = 0; index < count; index++)
    sum += sampleRandomEffects(model, typical, { seed: 3, index })[place]! ** 2
  return sum / count
}

/** Relative distance from a reference that is not 0. */
export function deviation(value: number, reference: number): number {
  return Math.abs(value / reference - 1)
}

/** Rows of a file of the golden evidence; the columns named are numbers, the rest is left out. */
export function goldenRows<Name extends string>(
  file: string,
  columns: readonly Name[],
): readonly Record<Name, number>[] {
  const url = new URL(`../../../packages/cart-models/evidence/golden/${file}`, import.meta.url)
  const [header = '', ...lines] = readFileSync(url, 'utf8').trim().split(/\r?\n/)
  const places = header.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    const values = columns.map((name) => [name, numberOf(cells[places.indexOf(name)], `${name} of ${file}`)])
    return Object.fromEntries(values)
  })
}

function numberOf(cell: string | undefined, what: string): number {
  const value = Number(cell === '' ? undefined : cell)
  if (!Number.isFinite(value)) throw new Error(`${what} is no number: ${cell}`)
  return value
}
