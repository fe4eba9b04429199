import { describe, expect, it } from 'vitest'
import { derivativeAt, instanceOf, modelOf, outputAt, outputsAt } from './compile-text.ts'

const out = (text: string, t: number) => outputAt(instanceOf(`T0 = 5\nT1 = 3\n${text}`), 'z', t)

describe('conditions in time and parameters', () => {
  it.each([
    ['t < T0', [1, 0, 0]],
    ['t <= T0', [1, 1, 0]],
    ['t > T0', [0, 0, 1]],
    ['t >= T0', [0, 1, 1]],
    ['T0 > t', [1, 0, 0]],
    ['T0 <= time', [0, 1, 1]],
    ['t - T0 >= 0', [0, 1, 1]],
    ['2*t < 2*T0', [1, 0, 0]],
    ['-t < -T0', [0, 0, 1]],
    ['(t - T0)/2 < 0', [1, 0, 0]],
    ['t*T1 < T0*T1', [1, 0, 0]],
    ['!(t < T0)', [0, 1, 1]],
    ['t > T1 & t < T0', [1, 0, 0]],
    ['t < T1 | t > T0', [0, 0, 1]],
  ] as const)('%s at 4.9, 5 and 5.1', (condition, expected) => {
    const text = `z = ifelse(${condition}, 1, 0)`
    expect([4.9, 5, 5.1].map((t) => out(text, t))).toEqual(expected)
  })

  it('become switches at the time itself, without rounding', () => {
    const { switches, parameters } = modelOf('Tmax = 9.3\nz = ifelse(t < Tmax, 1, 0)\nu = ifelse(Tmax >= time, 1, 0)')
    expect(switches.map(({ holds, atTime }) => [holds, atTime])).toEqual([
      ['before', false],
      ['before', true],
    ])
    const instance = instanceOf('Tmax = 9.3\nz = ifelse(t < Tmax, 1, 0)')
    const times = new Float64Array(1)
    instance.switchTimes(times)
    expect(times[0]).toBe(parameters[0]?.value)
  })

  it('are one switch when written twice', () => {
    expect(modelOf('T0 = 5\na = (t < T0) + 1\nb = (T0 > t)*2').switches).toHaveLength(1)
  })

  it('stay plain comparisons with a state, a product of time with itself, or an equality', () => {
    for (const condition of ['x < t', 't*t < T0', 't == T0', 'exp(t) < T0', 'T0 < 2']) {
      expect(modelOf(`T0 = 5\nd/dt(x) = ifelse(${condition}, 1, 2)`).switches).toHaveLength(0)
    }
  })

  it('takes the sign of a slope that depends on parameters when it runs', () => {
    const instance = instanceOf('k = 2\nb = 6\nz = ifelse(k*t < b, 1, 0)')
    expect([2, 3, 4].map((t) => outputAt(instance, 'z', t))).toEqual([1, 0, 0])
    instance.setParameters(Float64Array.of(-2, -6))
    expect([2, 3, 4].map((t) => outputAt(instance, 'z', t))).toEqual([0, 0, 1])
    instance.setParameters(Float64Array.of(0, 1))
    expect(outputAt(instance, 'z', 3)).toBe(1)
  })
})

describe('within a segment the switches stand still', () => {
  const text = 'Tmax = 5\nrho = 0.5\nd/dt(E) = ifelse(t < Tmax, rho, -1)*E\nd/dt(L) = (t <= Tmax)*1 + (t >= Tmax)*10'

  it('as they are just after its begin', () => {
    const instance = instanceOf(text)
    expect(derivativeAt(instance, 7, [2, 0])).toEqual([1, 1])
    instance.beginSegment(5)
    expect(derivativeAt(instance, 3, [2, 0])).toEqual([-2, 10])
  })

  it('and outputs take them at the time itself', () => {
    const instance = instanceOf('Tmax = 5\nd/dt(E) = ifelse(t < Tmax, 1, -1)\nz = ifelse(t <= Tmax, 1, 0)')
    expect(outputsAt(instance, 5, [0])).toEqual({ z: 1 })
    expect(outputsAt(instance, 6, [0])).toEqual({ z: 0 })
    expect(derivativeAt(instance, 9, [0])).toEqual([1])
  })

  it('with ∂τ/∂p', () => {
    const instance = instanceOf('a = 2\nlag1 = 4\nz = ifelse(t - lag1 >= a^2, 1, 0)')
    const times = new Float64Array(1)
    instance.switchTimes(times)
    expect(times[0]).toBe(8)
    const gradient = new Float64Array(2)
    instance.sensitivities([0, 1]).switchTime(0, gradient)
    expect([...gradient]).toEqual([4, 1])
  })

  it('count as constants in derivatives', () => {
    const instance = instanceOf('Tmax = 5\nd/dt(E) = ifelse(t < Tmax, t^2, 0)')
    const slope = new Float64Array(1)
    instance.timeDerivative?.(3, Float64Array.of(0), slope)
    expect(slope[0]).toBe(6)
    instance.beginSegment(5)
    instance.timeDerivative?.(3, Float64Array.of(0), slope)
    expect(slope[0]).toBe(0)
  })
})
