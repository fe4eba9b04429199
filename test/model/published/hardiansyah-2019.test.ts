import { libraryModel } from '@cartkin/cart-models'
import { timeGrid } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { courseAt, deviation, peak, publishedModel } from './published-model.ts'

const { text, scenarios = [] } = libraryModel('hardiansyah-2019')
const model = publishedModel(text, ['[pg/mL] Baseline IL-6', '[pg/uL] Baseline IL-6'])

const upn3 = scenarios.find(({ id }) => id === 'upn3')?.parameters ?? {}

const days = Float64Array.from([...timeGrid(0, 2, 0.02), ...timeGrid(2.05, 60, 0.05), ...timeGrid(61, 350, 1)])
/** 10, 30 and 60 % of the dose on days 0, 1 and 2. */
const infusions = (dose: number) =>
  [0.1, 0.3, 0.6].map((share, time) => ({ time, evid: 1, cmt: 'E_b', amt: share * dose }) as const)

describe.each([
  [
    'UPN1',
    1.1,
    {},
    {
      CART: [2.5495712432653135],
      M_b: [0.0073444902873489515],
      IL6: [2747.555579192943, 3.25],
      IL10: [915.2681958224705, 3.2],
      IFNg: [828.3931471534601, 3.6],
    },
  ],
  [
    'UPN3',
    0.014,
    upn3,
    {
      CART: [0.09689865650577792],
      M_b: [0.007183801517507798],
      IL6: [49.30967935117599, 19.25],
      IL10: [116.36698414830025, 19.2],
      IFNg: [119.59524813555267, 19.65],
    },
  ],
])('patient %s', (_, dose, given, peaks) => {
  const course = courseAt(days, model, { given, records: infusions(dose) })

  it.each(Object.entries(peaks))('has the peak of %s', (name, [value = Number.NaN, day]) => {
    const found = peak(days, course(name))
    expect(deviation(found.value, value)).toBeLessThan(1e-5)
    if (day !== undefined) expect(found.at).toBeCloseTo(day, 8)
  })
})

it('the doses are 10, 30 and 60 % of the whole', () => {
  const at = Float64Array.of(0, 1, 2)
  const still = { kin: 0, kout: 0, rE: 0, dE: 0, aE: 0, aM: 0 }
  const inBlood = courseAt(at, model, { given: still, records: infusions(1.1) })('E_b')
  for (const [k, share] of [0.1, 0.4, 1].entries()) expect(deviation(inBlood[k]!, 1.1 * share)).toBeLessThan(1e-9)
})

it('without cells cytokines stay at their baselines', () => {
  const course = courseAt(Float64Array.of(0, 100), model)
  for (const name of ['IL6', 'IL10', 'IFNg']) expect(course(name)[1]).toBe(course(name)[0])
})
