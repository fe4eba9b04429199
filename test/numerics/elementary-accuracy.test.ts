import { readFileSync } from 'node:fs'
import * as numerics from '@cartkin/numerics'
import { describe, expect, it } from 'vitest'
import { fromHex, unitInTheLastPlace } from './units-in-the-last-place.ts'

/** Rows "<x> <y> <exact − y>" by golden/make-elementary.py: 150-digit arithmetic, errors in fractions of a unit in the last place. */
const golden: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(new URL('golden/elementary.json', import.meta.url), 'utf8'),
)

/** The bound each docstring promises, in units in the last place. */
const bounds: readonly (readonly [string, (x: number) => number, number])[] = [
  ['exp', numerics.exp, 0.51],
  ['expm1', numerics.expm1, 1.3],
  ['log', numerics.log, 0.53],
  ['log1p', numerics.log1p, 1],
  ['log2', numerics.log2, 0.51],
  ['log10', numerics.log10, 0.51],
  ['sin', numerics.sin, 0.8],
  ['cos', numerics.cos, 0.8],
  ['tan', numerics.tan, 0.8],
  ['sinh', numerics.sinh, 1.3],
  ['cosh', numerics.cosh, 1.3],
  ['tanh', numerics.tanh, 1],
  ['asin', numerics.asin, 1],
  ['acos', numerics.acos, 1],
  ['atan', numerics.atan, 1],
  ['erf', numerics.erf, 1.3],
  ['erfc', numerics.erfc, 1.5],
  ['normalCdf', numerics.normalCdf, 1],
  ['logNormalCdf', numerics.logNormalCdf, 1.6],
  ['normalQuantile', numerics.normalQuantile, 1.3],
  ['lgamma', numerics.lgamma, 2],
  ['expit', numerics.expit, 2],
  ['logit', numerics.logit, 2],
]

/** The largest error over the rows, and the arguments that have it. */
function worstError(rows: readonly string[], f: (...x: number[]) => number): { error: number; at: number[] } {
  let worst = { error: 0, at: [] as number[] }
  for (const row of rows) {
    const fields = row.split(' ')
    const rest = Number(fields.pop())
    const rounded = fromHex(fields.pop() ?? '')
    const at = fields.map(fromHex)
    const error = Math.abs((f(...at) - rounded) / unitInTheLastPlace(rounded) - rest)
    if (!(error <= worst.error)) worst = { error, at }
  }
  return worst
}

describe('errors against 150-digit values', () => {
  it('has a table for each function', () => {
    expect([...bounds.map(([name]) => name), 'pow'].sort()).toEqual(Object.keys(golden).sort())
  })

  it.each(bounds)('%s', (name, f, bound) => {
    const { error, at } = worstError(golden[name] ?? [], (x) => f(x ?? NaN))
    expect(error, `at ${at}`).toBeLessThan(bound)
  })

  it('pow', () => {
    const { error, at } = worstError(golden['pow'] ?? [], (x, y) => numerics.pow(x ?? NaN, y ?? NaN))
    expect(error, `at ${at}`).toBeLessThan(0.53)
  })
})
