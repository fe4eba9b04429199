import { libraryModels } from '@cartkin/cart-models'
import { compileModel, parseModel } from '@cartkin/model'
import { parameterVector, quantities, regimenRecords, simulateSubject, timeGrid } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'

describe.each(libraryModels)('$id', ({ text, regimen, start }) => {
  const parsed = parseModel(text)
  if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message)
  const model = compileModel(parsed.model)
  const parameters = parameterVector(parsed.model)
  const records = regimenRecords(parsed.model, regimen, parameters)
  const shown = quantities(parsed.model)
  const width = shown.length
  const course = (options: { tape?: boolean; rtol: number }) => {
    const run = simulateSubject({ model, parameters, records, start, end: 120, options: { atol: 1e-12, ...options } })
    expect(run.outcome.status).toBe('finished')
    return [...timeGrid(start, 120, 0.5)].map((t) => {
      const values = new Float64Array(width)
      run.read(t, values)
      return values
    })
  }

  it('runs the same course in a WebAssembly kernel and on the tape', () => {
    const kernel = course({ rtol: 1e-8 })
    const tape = course({ rtol: 1e-8, tape: true })
    const largest = new Float64Array(width)
    for (const row of tape) for (let q = 0; q < width; q++) largest[q] = Math.max(largest[q]!, Math.abs(row[q]!))
    // a share such as 1 - BAFF/BAFF0 where nothing binds it
    const isRounding = (q: number) => largest[q]! < 1e-15 && ['1', '1/day'].includes(shown[q]!.unit)
    let worst = 0
    kernel.forEach((row, k) => {
      row.forEach((value, q) => {
        const scale = Math.max(Math.abs(tape[k]![q]!), 1e-3 * largest[q]!)
        if (scale > 0 && !isRounding(q)) worst = Math.max(worst, Math.abs(value - tape[k]![q]!) / scale)
      })
    })
    expect(worst).toBeLessThan(5e-6)
  })

  it('gives the same bits every time', () => {
    expect(course({ rtol: 1e-6 })).toEqual(course({ rtol: 1e-6 }))
  })
})
