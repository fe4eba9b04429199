import { compileModel } from '@cartkin/model'
import { integrate } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { derivativeAt, instanceOf, modelOf, outputAt, outputsAt } from './compile-text.ts'

const text = `
  k = 0.3
  ke = 0.1
  d/dt(A) = -k*A
  d/dt(B) = k*A - ke*B
  A(0) = 100*k
  total = A + B + ke`

describe('an instance', () => {
  it('starts with the values of the text and takes others', () => {
    const instance = instanceOf(text)
    const y = new Float64Array(2)
    instance.initialState(y)
    expect([...y]).toEqual([30, 0])
    instance.setParameters(Float64Array.of(0.5, 0.2))
    instance.initialState(y)
    expect([...y]).toEqual([50, 0])
    expect(derivativeAt(instance, 0, [50, 10])).toEqual([-25, 23])
    expect(outputsAt(instance, 0, [50, 10])).toEqual({ total: 60.2 })
  })

  it('adds the infusion rates to the derivatives', () => {
    const instance = instanceOf(text)
    instance.rates[1] = 7
    expect(derivativeAt(instance, 0, [0, 0])).toEqual([0, 7])
  })

  it('shares nothing with another of the same model', () => {
    const compiled = compileModel(modelOf(text))
    const [one, other] = [compiled.instantiate(), compiled.instantiate()]
    one.setParameters(Float64Array.of(1, 1))
    one.rates[0] = 5
    expect(derivativeAt(other, 0, [10, 0])).toEqual([-3, 3])
  })

  it('writes every entry of a Jacobian', () => {
    const out = new Float64Array(4).fill(Number.NaN)
    instanceOf(text).jacobian?.(0, Float64Array.of(1, 1), out)
    expect([...out]).toEqual([-0.3, 0, 0.3, -0.1])
  })

  it('refuses a wrong number of parameters and parameters that are not there', () => {
    const instance = instanceOf(text)
    expect(() => instance.setParameters(new Float64Array(3))).toThrow('the model has 2 parameters, got 3 values')
    expect(() => instance.sensitivities([2])).toThrow('there is no parameter 2; the model has 2')
    expect(() => instance.sensitivities([0.5])).toThrow(RangeError)
  })
})

describe('sensitivities', () => {
  it('are for the parameters chosen, in their order, at the present values', () => {
    const instance = instanceOf(text)
    const sensitivities = instance.sensitivities([1, 0])
    instance.setParameters(Float64Array.of(0.5, 0.2))
    const out = new Float64Array(4)
    sensitivities.initialState(out)
    expect([...out]).toEqual([0, 0, 100, 0])
    sensitivities.tangent(0, Float64Array.of(10, 20), Float64Array.of(1, 2, 3, 4), out)
    expect([...out]).toEqual([-0.5, 0.5 - 0.4 - 20, -1.5 - 10, 1.5 - 0.8 + 10])
    const outputs = new Float64Array(2)
    sensitivities.outputs(0, Float64Array.of(10, 20), Float64Array.of(1, 2, 3, 4), outputs)
    expect([...outputs]).toEqual([4, 7])
  })

  it('hold their linearization while other calls run', () => {
    const sensitivities = instanceOf('p = 2\nd/dt(x) = p*x^3').sensitivities([0])
    const [s, k, out] = [Float64Array.of(1), Float64Array.of(1), new Float64Array(1)]
    sensitivities.linearize(0, Float64Array.of(2))
    sensitivities.tangent(0, Float64Array.of(50), s, out)
    sensitivities.jacobianTangent(s, k, out)
    // d(3px²) = 6px + 3x²
    expect(out[0]).toBe(24 + 12)
  })

  it('follow the switches of the instance', () => {
    const instance = instanceOf('T0 = 5\np = 3\nd/dt(x) = ifelse(t < T0, p, p^2)*x')
    const sensitivities = instance.sensitivities([1])
    const out = new Float64Array(1)
    sensitivities.tangent(0, Float64Array.of(2), Float64Array.of(0), out)
    expect(out[0]).toBe(2)
    instance.beginSegment(5)
    sensitivities.tangent(0, Float64Array.of(2), Float64Array.of(0), out)
    expect(out[0]).toBe(12)
  })
})

describe('with ode-ts', () => {
  it("runs Stein's model across its switch, against the closed form", () => {
    const instance = instanceOf(`
      foldx = 3900; Tmax = 9.3; Cmax = 24000; alpha = 0.16; FB = 0.0079; beta = 0.0032
      rho ~ log(foldx)/Tmax
      if (t < Tmax) { growth ~ rho; k ~ 0 } else { growth ~ -alpha; k ~ FB*(alpha - beta) }
      d/dt(E) = growth*E
      d/dt(M) = k*E - beta*M
      E(0) = Cmax/foldx
      C = E + M`)
    const y0 = new Float64Array(2)
    instance.initialState(y0)
    const tau = new Float64Array(1)
    instance.switchTimes(tau)
    const event = { t: tau[0] ?? Number.NaN, apply: (t: number) => instance.beginSegment(t) }
    const { outcome, trajectory } = integrate({ system: instance, t0: 0, y0, t1: 100, events: [event] }, 'auto', {
      rtol: 1e-9,
      atol: 1e-9,
    })
    expect(outcome.status).toBe('finished')
    const y = new Float64Array(2)
    for (const t of [3, 9.3, 20, 100]) {
      trajectory.state(t, y)
      const after = t - 9.3
      const exact =
        after <= 0
          ? (24000 / 3900) * 3900 ** (t / 9.3)
          : 24000 * (Math.exp(-0.16 * after) + 0.0079 * (Math.exp(-0.0032 * after) - Math.exp(-0.16 * after)))
      expect(outputAt(instance, 'C', t, [...y]) / exact).toBeCloseTo(1, 6)
    }
  })
})
