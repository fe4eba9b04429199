import { libraryModel } from '@cartkin/cart-models'
import type { CompiledModel } from '@cartkin/model'
import { gridTable } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { cell, lupus, numberRows, oncology, simulate, stein } from './fixtures.ts'

/** Largest |ours - golden| / max(|golden|, floor × largest |golden|) of each column. */
function deviations(compiled: CompiledModel, id: string, file: string, floor: number): Record<string, number> {
  const rows = numberRows(`evidence/golden/${file}`)
  const days = Float64Array.from(rows, (row) => cell(row, 'day'))
  const table = gridTable(compiled.model, simulate(compiled, id, { end: days.at(-1)! }), days)
  const worst: Record<string, number> = {}
  for (const column of Object.keys(rows[0]!).filter((name) => name !== 'day')) {
    const ours = table.columns.find(({ name }) => name === (column === 'copies_per_ug' ? 'C' : column))
    if (ours?.kind !== 'number') throw new Error(`${id} shows no ${column}`)
    const golden = rows.map((row) => row[column]!)
    const largest = Math.max(...golden.map(Math.abs))
    worst[column] = Math.max(
      ...golden.map((value, k) => Math.abs(ours.values[k]! - value) / Math.max(Math.abs(value), floor * largest)),
    )
  }
  return worst
}

describe('reference trajectories', () => {
  it.each([
    // Lupus and oncology are printed with five digits; columns that vanish are compared on the scale of the column.
    ['lupus-qsp', lupus, 'lupus_base.csv', 1e-3, 5e-4],
    ['oncology-qsp', oncology, 'oncology_base.csv', 1e-3, 5e-4],
    ['stein-2019', stein, 'stein2019.csv', 0, 1e-5],
  ] as const)('of %s are reproduced', (id, compiled, file, floor, tolerance) => {
    const worst = Object.entries(deviations(compiled, id, file, floor))
    expect(worst.length).toBeGreaterThan(0)
    expect(worst.filter(([, deviation]) => !(deviation <= tolerance))).toEqual([])
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
