import { type EndpointDefinition, endpoints, parameterVector, simulateSubject } from '@cartkin/simulation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compiled, twoCompartments } from './fixtures.ts'

const two = compiled(twoCompartments)
const wave = compiled(
  'w = 1\nd/dt(x) = y*w\nd/dt(y) = -x*w\ny(0) = 1\nlevel = ifelse(x > 0.9, 2, ifelse(x > 0.5, 1, 0))\n',
)

function evaluate(
  model: typeof two,
  definitions: readonly EndpointDefinition[],
  options: { end: number; parameters?: Record<string, number>; dose?: number; rtol?: number },
) {
  const run = simulateSubject({
    model,
    parameters: parameterVector(model.model, options.parameters ?? {}),
    records: options.dose === undefined ? [] : [{ time: 0, evid: 1, amt: options.dose }],
    start: 0,
    end: options.end,
    options: { rtol: options.rtol ?? 1e-10, atol: 1e-13 },
  })
  return endpoints(model.model, run, definitions)
}

const define = (kind: EndpointDefinition['kind'], quantity: string, more: object = {}) =>
  ({ name: kind, label: kind, unit: '', quantity, kind, ...more }) as EndpointDefinition

describe('one-compartment absorption has closed forms', () => {
  it('Cmax, Tmax and AUC', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 4, noNaN: true }),
        fc.double({ min: 0.05, max: 0.4, noNaN: true }),
        (ka, ke) => {
          const tmax = Math.log(ka / ke) / (ka - ke)
          const central = (t: number) => ((100 * ka) / (ka - ke)) * (Math.exp(-ke * t) - Math.exp(-ka * t))
          const area = ((100 * ka) / (ka - ke)) * ((1 - Math.exp(-ke * 28)) / ke - (1 - Math.exp(-ka * 28)) / ka)
          const [cmax, at, auc] = evaluate(
            two,
            [
              define('maximum', 'central'),
              define('timeOfMaximum', 'central'),
              define('auc', 'central', { from: 0, to: 28 }),
            ],
            { end: 60, dose: 100, parameters: { ka, ke } },
          )
          expect(cmax!.value / central(tmax)).toBeCloseTo(1, 8)
          // A peak is flat: its time is known to the square root of what its height is.
          expect(at!.value).toBeCloseTo(tmax, 3)
          expect(auc!.value / area).toBeCloseTo(1, 8)
        },
      ),
      { numRuns: 25 },
    )
  })

  it('does not hang on the output grid or the tolerance', () => {
    const loose = evaluate(two, [define('timeOfMaximum', 'central')], { end: 60, dose: 100, rtol: 1e-6 })
    expect(loose[0]!.value).toBeCloseTo(Math.log(1.1 / 0.3) / 0.8, 2)
  })
})

describe('crossings', () => {
  it('are located by root', () => {
    const [below, above, spent, over] = evaluate(
      wave,
      [
        define('firstBelow', 'x', { threshold: -0.5, from: 0 }),
        define('firstAbove', 'x', { threshold: 0.5, from: 4 }),
        define('timeAbove', 'x', { threshold: 0.5 }),
        define('timeBelow', 'x', { threshold: 0.5 }),
      ],
      { end: 4 * Math.PI },
    )
    expect(below!.value).toBeCloseTo((7 * Math.PI) / 6, 8)
    expect(above!.value).toBeCloseTo(2 * Math.PI + Math.PI / 6, 8)
    expect(spent!.value).toBeCloseTo((4 * Math.PI) / 3, 8)
    expect(over!.value).toBeCloseTo((8 * Math.PI) / 3, 8)
  })

  it('that never come are undefined, and say so', () => {
    const [never] = evaluate(wave, [define('firstAbove', 'x', { threshold: 2 })], { end: 7 })
    expect(never).toEqual({ name: 'firstAbove', value: Number.NaN, note: 'x is never above 2 between 0 and 7' })
  })

  it('already there count from the start', () => {
    const [now] = evaluate(wave, [define('firstAbove', 'y', { threshold: 0.5, from: 0 })], { end: 7 })
    expect(now!.value).toBe(0)
  })

  it('after another count only from it on', () => {
    const fall = { ...define('firstBelow', 'x', { threshold: -0.5 }), name: 'fall' }
    const back = define('firstAbove', 'x', { threshold: 0.5, after: 'fall' })
    expect(evaluate(wave, [fall, back], { end: 12 })[1]!.value).toBeCloseTo(2 * Math.PI + Math.PI / 6, 8)
    expect(evaluate(wave, [fall, back], { end: 3 })[1]!.note).toMatch(/fall is not defined: x is never below -0.5/)
    expect(() => evaluate(wave, [back], { end: 3 })).toThrow(/follows fall, which is not among those before it/)
  })
})

it('grades: the highest level and when it is first reached', () => {
  const [grade, day] = evaluate(wave, [define('maximum', 'level'), define('timeOfMaximum', 'level')], { end: 3 })
  expect(grade!.value).toBe(2)
  expect(day!.value).toBeGreaterThanOrEqual(Math.asin(0.9))
})

it('sees the value just before a dose and just after it', () => {
  const run = simulateSubject({
    model: two,
    parameters: parameterVector(two.model),
    records: [
      { time: 0, evid: 1, amt: 10, cmt: 'central' },
      { time: 5, evid: 1, amt: 100, cmt: 'central' },
    ],
    start: 0,
    end: 6,
    options: { rtol: 1e-10, atol: 1e-13 },
  })
  const [low, high] = endpoints(two.model, run, [define('minimum', 'central'), define('maximum', 'central')])
  expect(low!.value).toBeCloseTo(10 * Math.exp(-1.5), 8)
  expect(high!.value).toBeCloseTo(10 * Math.exp(-1.5) + 100, 8)
})

it('refuses a quantity that does not exist, and says when a run is too short', () => {
  expect(() => evaluate(wave, [define('maximum', 'z')], { end: 1 })).toThrow(/no state or output z/)
  expect(evaluate(wave, [define('auc', 'x', { from: 0, to: 28 })], { end: 7 })[0]!.note).toBe(
    'the run ends at 7, before 28',
  )
  expect(evaluate(wave, [define('value', 'x', { at: 90 })], { end: 7 })[0]!.note).toBe('the run does not reach 90')
})
