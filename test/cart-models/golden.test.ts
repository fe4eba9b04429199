import { libraryModel } from '@cartkin/cart-models'
import type { CompiledModel } from '@cartkin/model'
import { gridTable } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { cell, lupus, numberRows, oncology, simulate, stein } from './fixtures.ts'

interface Golden {
  readonly column: string
  readonly day: number
  readonly ours: number
  readonly golden: number
  /** Largest |golden| of the column. */
  readonly largest: number
}

/** All values of a reference trajectory, beside ours. */
function goldenValues(compiled: CompiledModel, id: string, file: string): readonly Golden[] {
  const rows = numberRows(`evidence/golden/${file}`)
  const days = Float64Array.from(rows, (row) => cell(row, 'day'))
  const table = gridTable(compiled.model, simulate(compiled, id, { end: days.at(-1)! }), days)
  const columns = Object.keys(rows[0]!).filter((name) => name !== 'day')
  return columns.flatMap((column) => {
    const ours = table.columns.find(({ name }) => name === (column === 'copies_per_ug' ? 'C' : column))
    if (ours?.kind !== 'number') throw new Error(`${id} shows no ${column}`)
    const largest = Math.max(...rows.map((row) => Math.abs(cell(row, column))))
    return rows.map((row, k) => ({ column, day: days[k]!, ours: ours.values[k]!, golden: cell(row, column), largest }))
  })
}

describe('reference trajectories', () => {
  // Lupus and oncology were run at a relative tolerance of 1e-6 and are printed with five digits.
  it.each([
    ['lupus-qsp', lupus, 'lupus_base.csv', 5e-4, 1e-6],
    ['oncology-qsp', oncology, 'oncology_base.csv', 5e-4, 1e-6],
    ['stein-2019', stein, 'stein2019.csv', 1e-5, 0],
  ] as const)('of %s are reproduced', (id, compiled, file, relative, absolute) => {
    const values = goldenValues(compiled, id, file)
    expect(values.length).toBeGreaterThan(0)
    const isNear = ({ ours, golden }: Golden) => Math.abs(ours - golden) <= relative * Math.abs(golden) + absolute
    // what is small in the units of a column is held against the scale of the column
    const isNearInScale = ({ ours, golden, largest }: Golden) =>
      Math.abs(ours - golden) <= relative * Math.max(Math.abs(golden), 1e-3 * largest)
    expect(values.filter((value) => !isNear(value))).toEqual([])
    expect(values.filter((value) => !isNearInScale(value))).toEqual([])
  })
})

it('Stein 2019 is its printed solution at every time', () => {
  // C = Cmax/foldx·exp(rho t) up to Tmax, then (1 - FB)·Cmax·exp(-alpha τ) + FB·Cmax·exp(-beta τ).
  const printed = (t: number) =>
    t < 9.3
      ? (24000 / 3900) * Math.exp((Math.log(3900) / 9.3) * t)
      : 24000 * ((1 - 0.0079) * Math.exp(-0.16 * (t - 9.3)) + 0.0079 * Math.exp(-0.0032 * (t - 9.3)))
  const run = simulate(stein, 'stein-2019', { end: 365 })
  const values = new Float64Array(3)
  for (const t of [0, 0.5, 4.7, 9.2999, 9.3, 9.3001, 12, 40, 200, 365]) {
    run.read(t, values)
    expect(Math.abs(values[2]! / printed(t) - 1), `day ${t}`).toBeLessThan(1e-5)
  }
})

describe('the sick state of the lupus model', () => {
  // The typical loss of memory B cells, 0.0016 per day, is rounded; at rest it is sig_M·BN0/BM0.
  const parameters = { d_M_B: (0.0005 * 90) / 28 }
  // These begin at their baseline, a little below the value that resting interferon-gamma gives them.
  const offRest = ['MAC', 'IL6', 'CRP', 'FER', 'Z']

  it('is an equilibrium without doses', () => {
    const run = simulate(lupus, 'lupus-qsp', { end: 365, parameters, regimen: { name: 'none', doses: [] } })
    const { states } = lupus.model
    const begin = new Float64Array(states.length + lupus.model.outputs.length)
    const end = begin.slice()
    run.read(libraryModel('lupus-qsp').start, begin)
    run.read(365, end)
    const change = (k: number) => Math.abs(end[k]! - begin[k]!) / Math.max(Math.abs(begin[k]!), 1)
    const moved = states.filter((_, k) => !(change(k) < 1e-9)).map(({ name }) => name)
    expect(moved.sort()).toEqual(offRest.sort())
    for (const k of states.keys()) expect(change(k)).toBeLessThan(0.02)
  })
})
