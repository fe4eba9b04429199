import {
  copiesPerMicrogram,
  copiesPerMillilitre,
  libraryModel,
  singhLeukocytes,
  withAssays,
} from '@cartkin/cart-models'
import { compileModel, parseModel } from '@cartkin/model'
import { parameterVector, quantities, regimenRecords, simulateSubject, timeGrid } from '@cartkin/simulation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const pairs = [
  ['lupus-qsp', 'lupus-qsp-assays', 60],
  ['oncology-qsp', 'oncology-qsp-assays', 60],
] as const

/** The rows of a library model's own course, by quantity. */
function courseOf(text: string, id: string, end: number, values: Readonly<Record<string, number>> = {}) {
  const parsed = parseModel(text)
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(({ message }) => message).join('\n'))
  const { start, regimen } = libraryModel(id)
  const model = compileModel(parsed.model)
  const parameters = parameterVector(parsed.model, values)
  const run = simulateSubject({
    model,
    parameters,
    records: regimenRecords(parsed.model, regimen, parameters),
    start,
    end,
    options: { rtol: 1e-6, atol: 1e-9 },
  })
  const times = timeGrid(start, end, 0.5)
  const names = quantities(parsed.model).map(({ name }) => name)
  const row = new Float64Array(names.length)
  const columns = new Map(names.map((name) => [name, new Float64Array(times.length)]))
  times.forEach((time, k) => {
    run.read(time, row, 'after')
    names.forEach((name, q) => {
      const column = columns.get(name)
      if (column) column[k] = row[q] ?? Number.NaN
    })
  })
  const column = (name: string): Float64Array => {
    const found = columns.get(name)
    if (!found) throw new Error(`no column ${name}`)
    return found
  }
  return { states: parsed.model.states.map(({ name }) => name), times, column, steps: run.statistics.steps }
}

const positive = fc.double({ min: 1e-3, max: 1e4, noNaN: true })
const sample = fc.record({ cells: positive, leukocytes: positive, copiesPerCell: positive, picogramsPerCell: positive })

describe('copies per ug of genomic DNA', () => {
  it('are proportional to the cells while the leukocytes stay', () => {
    fc.assert(
      fc.property(sample, positive, (blood, factor) => {
        const more = copiesPerMicrogram({ ...blood, cells: blood.cells * factor })
        expect(more / (factor * copiesPerMicrogram(blood))).toBeCloseTo(1, 12)
      }),
    )
  })

  it('rise when leukocytes fall at equal cells, as after lymphodepletion; copies per mL do not move', () => {
    fc.assert(
      fc.property(sample, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (blood, left) => {
        const fewer = { ...blood, leukocytes: blood.leukocytes * left }
        expect((copiesPerMicrogram(fewer) * left) / copiesPerMicrogram(blood)).toBeCloseTo(1, 12)
        expect(copiesPerMicrogram(fewer)).toBeGreaterThan(copiesPerMicrogram(blood))
        expect(copiesPerMillilitre(fewer)).toBe(copiesPerMillilitre(blood))
      }),
    )
  })

  it('are the copies of one ug where every cell is a CAR-T cell: 151,515 genomes of 6.6 pg', () => {
    const all = { cells: 100, leukocytes: 100, copiesPerCell: 1, picogramsPerCell: 6.6 }
    expect(copiesPerMicrogram(all)).toBeCloseTo(151_515.15, 1)
  })

  it('are those of Singh 2021, 2000 per cell/uL, at about 76 leukocytes/uL and at none else', () => {
    const cell = { copiesPerCell: 1, picogramsPerCell: 6.6 }
    const leukocytes = singhLeukocytes(cell)
    expect(leukocytes).toBeCloseTo(75.76, 2)
    for (const cells of [0.1, 12, 109]) {
      expect(copiesPerMicrogram({ ...cell, cells, leukocytes })).toBeCloseTo(2000 * cells, 6)
      expect(copiesPerMicrogram({ ...cell, cells, leukocytes: 5000 })).toBeCloseTo((2000 * cells) / 66, 6)
    }
  })
})

describe.each(pairs)('%s with its assays', (bare, layered, end) => {
  const without = courseOf(libraryModel(bare).text, bare, end)
  const withLayer = courseOf(libraryModel(layered).text, layered, end)

  it('has the bits of the model without them', () => {
    expect(withLayer.states).toEqual(without.states)
    expect(withLayer.steps).toBe(without.steps)
    for (const name of without.states) expect(withLayer.column(name), name).toEqual(without.column(name))
    expect(withLayer.column('flow')).toEqual(without.column('CAR'))
  })

  it('measures what the functions say', () => {
    const column = (name: string) => withLayer.column(name)
    withLayer.times.forEach((_, k) => {
      const cells = column('flow')[k] ?? Number.NaN
      const leukocytes = column('WBC')[k] ?? Number.NaN
      const blood = { cells, leukocytes, copiesPerCell: 1, picogramsPerCell: 6.6 }
      expect(column('copies_ug')[k]).toBeCloseTo(copiesPerMicrogram(blood), 6)
      expect(column('copies_mL')[k]).toBeCloseTo(copiesPerMillilitre(blood), 6)
      // A fixed amount of DNA: the two limits are one and the same.
      expect((column('limit_mL')[k] ?? 0) * (column('copies_ug')[k] ?? 0)).toBeCloseTo(
        50 * (column('copies_mL')[k] ?? 0),
        3,
      )
    })
  })

  it('shows the fall of copies per DNA steeper than that of the cells, since the leukocytes return', () => {
    const day = (name: string, time: number) => withLayer.column(name)[withLayer.times.indexOf(time)] ?? Number.NaN
    expect(day('WBC', 28)).toBeGreaterThan(4 * day('WBC', 7))
    const cells = day('flow', 7) / day('flow', 28)
    expect(day('copies_mL', 7) / day('copies_mL', 28)).toBeCloseTo(cells, 9)
    expect(day('copies_ug', 7) / day('copies_ug', 28)).toBeGreaterThan(4 * cells)
  })

  it('counts copies, not cells: twice the copies per cell doubles both transgene assays and not the flow count', () => {
    const twice = courseOf(libraryModel(layered).text, layered, end, { vcn: 2 })
    for (const [name, factor] of [
      ['copies_ug', 2],
      ['copies_mL', 2],
      ['flow', 1],
    ] as const)
      twice.column(name).forEach((value, k) => {
        expect(value).toBeCloseTo(factor * (withLayer.column(name)[k] ?? Number.NaN), 6)
      })
  })

  it('by the factor of Singh 2021 follows the cells alone', () => {
    const { text } = withAssays(libraryModel(bare), {
      id: 'x',
      title: 'x',
      summary: 'x',
      cells: 'Ctot',
      leukocytes: 'NC',
      dna: 'singh',
      limits: [],
    })
    const singh = courseOf(text, layered, 28)
    singh.column('copies_ug').forEach((value, k) => {
      expect(value).toBeCloseTo(2000 * (singh.column('flow')[k] ?? Number.NaN), 6)
    })
  })
})

it('a layer goes on plain texts alone, and once', () => {
  const layer = { id: 'x', title: 'x', summary: 'x', cells: 'C', leukocytes: 'C', limits: [] }
  expect(() => withAssays(libraryModel('lupus-qsp-assays'), layer)).toThrow('has model({}) already')
  expect(() => withAssays({ ...libraryModel('stein-2019'), text: '# T\nk = 1\n' }, layer)).toThrow('has none')
})
