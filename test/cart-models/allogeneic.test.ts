import { compileModel } from '@cartkin/model'
import { exp } from '@cartkin/numerics'
import { timeGrid } from '@cartkin/simulation'
import { assert, double, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lupus, modelOf, oncology } from './fixtures.ts'
import { apart, column, dosesOf, lawCourse } from './law-course.ts'

const lymphoma = compileModel(modelOf('oncology-allogeneic'))
const inLupus = compileModel(modelOf('lupus-allogeneic'))
const drug = compileModel(modelOf('alemtuzumab'))
const rejection = compileModel(modelOf('host-rejection'))
const times = timeGrid(-8, 100, 1)

/** Last day on which a cell per uL is seen. */
function lastDay(course: ReadonlyMap<string, Float64Array>): number {
  return times[column(course, 'CAR').findLastIndex((value) => value >= 1)] ?? Number.NaN
}

const persists = (scenario: string, parameters: Readonly<Record<string, number>> = {}) =>
  lawCourse(lymphoma, { doses: dosesOf('oncology-allogeneic', scenario), times, parameters })

describe('cells of a donor', () => {
  it.each([
    ['oncology-qsp', oncology, lymphoma, -8],
    ['lupus-qsp', lupus, inLupus, -10],
  ] as const)('are those of %s where nothing rejects them', (id, alone, whole, start) => {
    const grid = timeGrid(start, 150, 1)
    const doses = dosesOf(id)
    const reference = lawCourse(alone, { doses, times: grid })
    expect(apart(reference, lawCourse(whole, { doses, times: grid, parameters: { k_rej: 0 } }), 1e-9)).toEqual([])
    expect(apart(reference, lawCourse(whole, { doses, times: grid, parameters: { edit: 1 } }), 1e-9)).toEqual([])
  })

  it('half of the rejection edited away is half of the rejection', () => {
    const half = persists('flu-cy', { k_rej: 1e-3 })
    expect(apart(half, persists('flu-cy', { edit: 0.5 }), 1e-9)).toEqual([])
  })

  it('more rejection is fewer cells on every day, seen for no longer', () => {
    assert(
      property(
        double({ min: 1e-4, max: 5e-3, noNaN: true }),
        double({ min: 1.2, max: 3, noNaN: true }),
        (k_rej, factor) => {
          const [less, more] = [persists('alemtuzumab', { k_rej }), persists('alemtuzumab', { k_rej: factor * k_rej })]
          expect(lastDay(more)).toBeLessThanOrEqual(lastDay(less))
          const few = column(more, 'CAR')
          column(less, 'CAR').forEach((value, day) => {
            expect(few[day]).toBeLessThanOrEqual(value * (1 + 1e-3) + 1e-9)
            expect(few[day]).toBeGreaterThan(-1e-9)
          })
        },
      ),
      { numRuns: 6 },
    )
  })

  it('last longer after alemtuzumab, not at all without lymphodepletion', () => {
    const [with60, without, bare] = ['alemtuzumab', 'flu-cy', 'no-lymphodepletion'].map((scenario) =>
      persists(scenario),
    )
    expect(lastDay(with60!)).toBeGreaterThan(lastDay(without!) + 14)
    expect(lastDay(bare!)).toBeLessThan(3)
    expect(Math.max(...column(with60!, 'TH').slice(times.indexOf(0)))).toBeLessThan(Math.max(...column(without!, 'TH')))
    expect(Math.max(...column(with60!, 'i_IL7'))).toBeGreaterThan(Math.max(...column(without!, 'i_IL7')))
  })
})

describe('alemtuzumab', () => {
  const days = timeGrid(0, 20, 0.5)
  const given = (amt: number, parameters: Readonly<Record<string, number>> = {}) =>
    lawCourse(drug, { doses: [{ time: 0, cmt: 'blood', amt }], times: days, parameters })

  it('twice a dose is twice the concentration where elimination is not saturated', () => {
    const once = column(given(1e-6), 'C').map((value) => 2 * value)
    expect(apart(new Map([['C', once]]), given(2e-6), 1e-6)).toEqual([])
  })

  it('twice a dose is more than twice the exposure where it is', () => {
    const [once, twice] = [column(given(30), 'C'), column(given(60), 'C')]
    expect(twice.at(-1)).toBeGreaterThan(2.5 * once.at(-1)!)
  })

  it('stays in the body where nothing eliminates it', () => {
    const course = given(60, { Vm: 0 })
    const [blood, tissue] = [column(course, 'blood'), column(course, 'tissue')]
    blood.forEach((value, k) => {
      expect(value + tissue[k]!).toBeCloseTo(60, 8)
    })
    expect(column(course, 'C').at(-1)).toBeCloseTo(60 / (11.3 + 41.5), 4)
  })

  it('is eliminated faster by more white cells', () => {
    const [few, many] = [column(given(60, { WBC: 1 }), 'C'), column(given(60, { WBC: 100 }), 'C')]
    for (let k = 1; k < 10; k++) expect(many[k]).toBeLessThan(few[k]!)
  })
})

describe('host-rejection alone', () => {
  it('rejects with the host T cells that return: the solution in closed form', () => {
    const days = timeGrid(0, 100, 10)
    const course = lawCourse(rejection, { doses: [], times: days })
    column(course, 'rejection').forEach((value, k) => {
      expect(value).toBeCloseTo(0.002 * (500 - 460 * exp(-0.03 * days[k]!)), 9)
    })
    expect(column(course, 'drive').every((value) => value === 1)).toBe(true)
  })

  it('drives proliferation by IL-7 beyond its reference alone', () => {
    const drive = (IL7: number) =>
      column(lawCourse(rejection, { doses: [], times: timeGrid(0, 1, 1), parameters: { IL7 } }), 'drive')[0]
    expect([1, 3.2, 6.4].map(drive)).toEqual([1, 1, 1.5])
  })
})
