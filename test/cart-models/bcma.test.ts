import { compileModel } from '@cartkin/model'
import { exp } from '@cartkin/numerics'
import { timeGrid } from '@cartkin/simulation'
import { assert, double, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lupus, modelOf } from './fixtures.ts'
import { apart, column, dosesOf, lawCourse } from './law-course.ts'

const whole = compileModel(modelOf('lupus-bcma-cd19'))
const part = compileModel(modelOf('bcma-cart'))
const times = timeGrid(-10, 400, 2)
const at = (course: ReadonlyMap<string, Float64Array>, name: string, day: number): number =>
  column(course, name)[times.indexOf(day)]!
const cd19 = dosesOf('lupus-qsp')

describe('a CAR against BCMA', () => {
  it('changes nothing of lupus-qsp where there is none', () => {
    const alone = lawCourse(lupus, { doses: cd19, times })
    const without = lawCourse(whole, { doses: cd19, times, parameters: { bcma: 0 } })
    expect(apart(alone, without, 1e-9)).toEqual([])
    expect([...column(without, 'PL'), ...column(without, 'VAX')].every((value) => Math.abs(value - 1) < 1e-12)).toBe(
      true,
    )
    expect(Math.max(...column(without, 'NEW').map(Math.abs))).toBeLessThan(1e-12)
  })

  it('leaves the CD19 cells and B cells of a compound CAR nearly as they are, and takes the plasma cells', () => {
    const without = lawCourse(whole, { doses: cd19, times, parameters: { bcma: 0 } })
    const compound = lawCourse(whole, { doses: cd19, times })
    expect(at(compound, 'CAR', 8) / at(without, 'CAR', 8)).toBeCloseTo(1, 2)
    for (const name of ['PL', 'VAX', 'SSA', 'IGG', 'AAB', 'PS', 'PN'])
      expect(at(compound, name, 60), name).toBeLessThan(0.6 * at(without, name, 60))
  })

  it('more killing through BCMA is fewer plasma cells, less IgG and less antibody, and no share leaves 0 to 1', () => {
    assert(
      property(double({ min: 0, max: 0.4, noNaN: true }), double({ min: 0.1, max: 0.6, noNaN: true }), (bcma, more) => {
        const [less, greater] = [bcma, bcma + more].map((value) =>
          lawCourse(whole, { doses: cd19, times, parameters: { bcma: value } }),
        )
        for (const [name, day] of [
          ['PL', 20],
          ['SSA', 90],
          ['VAX', 90],
        ] as const)
          expect(at(greater!, name, day), name).toBeLessThan(at(less!, name, day))
        expect(Math.min(...column(greater!, 'IGG'))).toBeLessThan(Math.min(...column(less!, 'IGG')))
        for (const name of ['PL', 'NEW', 'PC', 'SSA'])
          for (const value of column(greater!, name)) {
            expect(value, name).toBeGreaterThan(-1e-9)
            expect(value, name).toBeLessThan(1 + 1e-9)
          }
      }),
      { numRuns: 4 },
    )
  })

  it('new plasma cells make IgG but none of the old antibodies', () => {
    const none = lawCourse(whole, { doses: cd19, times, parameters: { k_fill: 0 } })
    const filled = lawCourse(whole, { doses: cd19, times, parameters: { k_fill: 0.01 } })
    expect(at(filled, 'IGG', 400)).toBeGreaterThan(2 * at(none, 'IGG', 400))
    expect(apart(new Map(['PL', 'VAX', 'SSA', 'AAB'].map((name) => [name, column(none, name)])), filled, 1e-6)).toEqual(
      [],
    )
  })

  it('twice the dose of the product is twice the infused cells', () => {
    const doses = dosesOf('lupus-bcma-cd19', 'co-infusion')
    const infused = (dose: number) =>
      at(lawCourse(whole, { doses, times: timeGrid(-10, 0, 2), parameters: { bcma: 0, b_dose: dose } }), 'QI', 0)
    expect(infused(1e6)).toBeCloseTo(1.4, 12)
    expect(infused(2e6)).toBeCloseTo(2.8, 12)
  })
})

describe('bcma-cart alone', () => {
  it('kills at its fastest where cells are many: the solution in closed form', () => {
    const days = timeGrid(0, 30, 1)
    const course = lawCourse(part, { doses: [], times: days, parameters: { others: 1e9 } })
    const [killing, turnover] = [0.343, 0.00018990333713971103]
    const rest = turnover / (turnover + killing)
    column(course, 'LL').forEach((value, day) => {
      expect(value).toBeCloseTo(rest + (1 - rest) * exp(-(turnover + killing) * day), 9)
    })
    expect(column(course, 'kB')[0]).toBeCloseTo(0.0486 * 24, 12)
  })

  it('has no cells and kills nothing without a dose', () => {
    const days = timeGrid(0, 100, 10)
    const course = lawCourse(part, { doses: [], times: days })
    expect(Math.max(...column(course, 'CAR'))).toBe(0)
    expect(apart(new Map([['LL', days.map(() => 1)]]), course, 1e-12)).toEqual([])
  })
})
