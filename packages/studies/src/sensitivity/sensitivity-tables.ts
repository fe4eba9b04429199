import type { Interval } from '@cartkin/fitting'
import type { Column, ColumnTable } from '@cartkin/simulation'
import type { LocalSensitivities, SensitivityFindings } from './sensitivity-findings.ts'

type Row = Readonly<Record<string, number | string>>

/** One row per output and input (and pair, where second order was asked for). */
export function sensitivityTable({ found, inputs }: SensitivityFindings): ColumnTable {
  const spread = new Map(inputs.map(({ name, spread: text }) => [name, text]))
  switch (found.method) {
    case 'sobol':
      return tableOf(
        found.result.outputs.flatMap(({ name, indices, pairs }): Row[] => [
          ...indices.map(({ input, first, total, used }) => ({
            output: name,
            input,
            ...(pairs.length > 0 && { with: '' }),
            spread: spread.get(input) ?? '',
            ...named('first', first),
            ...named('total', total),
            ...(pairs.length > 0 && named('second', unknown)),
            used,
          })),
          ...pairs.map(({ inputs: [input, other], second }) => ({
            output: name,
            input,
            with: other,
            spread: '',
            ...named('first', unknown),
            ...named('total', unknown),
            ...named('second', second),
            used: Number.NaN,
          })),
        ]),
      )
    case 'morris':
      return tableOf(
        found.result.outputs.flatMap(({ name, effects }) =>
          effects.map(({ input, mu, muStar, sigma, used }) => ({
            output: name,
            input,
            spread: spread.get(input) ?? '',
            ...named('mu', mu),
            ...named('mu_star', muStar),
            ...named('sigma', sigma),
            used,
          })),
        ),
      )
    case 'local':
      return tableOf(
        found.result.outputs.flatMap(({ name, base, bars }) =>
          bars.map(({ input, low, high, atLow, atHigh }) => ({
            output: name,
            input,
            spread: spread.get(input) ?? '',
            low,
            high,
            base,
            at_low: atLow,
            at_high: atHigh,
          })),
        ),
      )
  }
}

/** One row per parameter, quantity and time. */
export function localTable({ times, courses }: LocalSensitivities): ColumnTable {
  const repeated = (read: (course: LocalSensitivities['courses'][number]) => string) =>
    courses.flatMap((course) => Array.from(times, () => read(course)))
  const joined = (read: (course: LocalSensitivities['courses'][number]) => Float64Array) =>
    Float64Array.from(courses.flatMap((course) => [...read(course)]))
  return {
    columns: [
      { kind: 'text', name: 'parameter', values: repeated(({ parameter }) => parameter) },
      { kind: 'text', name: 'quantity', values: repeated(({ quantity }) => quantity) },
      { kind: 'number', name: 'time', unit: '', values: joined(() => times) },
      { kind: 'number', name: 'derivative', unit: '', values: joined(({ derivative }) => derivative) },
      { kind: 'number', name: 'normalized', unit: '', values: joined(({ normalized }) => normalized) },
    ],
  }
}

const unknown: Interval = { value: Number.NaN, lower: Number.NaN, upper: Number.NaN }

function named(name: string, { value, lower, upper }: Interval): Row {
  return { [name]: value, [`${name}_lower`]: lower, [`${name}_upper`]: upper }
}

/** A table of rows that all have the same fields. */
function tableOf(rows: readonly Row[]): ColumnTable {
  const [first = {}] = rows
  return {
    columns: Object.entries(first).map(
      ([name, value]): Column =>
        typeof value === 'string'
          ? { kind: 'text', name, values: rows.map((row) => String(row[name] ?? '')) }
          : { kind: 'number', name, unit: '', values: Float64Array.from(rows, (row) => Number(row[name])) },
    ),
  }
}
