import { describe, expect, it } from 'vitest'
import { derivativeAt, errorsOf, instanceOf, modelOf, outputAt } from './compile-text.ts'

const statesOf = (text: string) => modelOf(text).states.map(({ name }) => name)

describe('linCmt() is its compartments as equations', () => {
  it.each([
    ['cl = 2; v = 10', ['central']],
    ['ka = 1; CL = 2; V = 10', ['depot', 'central']],
    ['cl = 2; vc = 10; q = 1; vp = 20', ['central', 'peripheral1']],
    ['ka = 1; cl = 2; v = 10; q = 1; vp = 20; q2 = 3; vp2 = 30', ['depot', 'central', 'peripheral1', 'peripheral2']],
    ['cl = 2; v1 = 10; q = 1; v2 = 20', ['central', 'peripheral1']],
    ['ka = 1; cl = 2; v2 = 10; q = 1; v3 = 20', ['depot', 'central', 'peripheral1']],
    ['cl = 2; vc = 10; q = 1; vss = 30', ['central', 'peripheral1']],
    ['kel = 0.2; v = 10; k12 = 0.1; k21 = 0.05', ['central', 'peripheral1']],
    ['kel = 0.2; v = 10; k12 = 0.1; k21 = 0.05; k13 = 0.3; k31 = 0.1', ['central', 'peripheral1', 'peripheral2']],
  ])('%s', (parameters, states) => {
    expect(statesOf(`${parameters}\ncp <- linCmt()`)).toEqual(states)
  })

  it('has the rates of clearances and volumes', () => {
    const instance = instanceOf('ka = 1.5; cl = 2; vc = 10; q = 1; vp = 20; q2 = 3; vp2 = 30\ncp <- linCmt()')
    const y = [5, 7, 11, 13]
    const [depot = 0, central = 0, p1 = 0, p2 = 0] = y
    const wanted = [
      -1.5 * depot,
      1.5 * depot - (2 / 10 + 1 / 10 + 3 / 10) * central + (1 / 20) * p1 + (3 / 30) * p2,
      (1 / 10) * central - (1 / 20) * p1,
      (3 / 10) * central - (3 / 30) * p2,
    ]
    derivativeAt(instance, 0, y).forEach((rate, i) => {
      expect(rate).toBeCloseTo(wanted[i] ?? Number.NaN, 13)
    })
    expect(outputAt(instance, 'cp', 0, y)).toBe(0.7)
  })

  it.each([
    ['micro constants', 'kel = 0.2; v = 10; k12 = 0.1; k21 = 0.05'],
    ['the volume at steady state', 'cl = 2; v = 10; q = 1; vss = 30'],
  ])('%s and clearances say the same', (_, parameters) => {
    const y = [7, 11]
    const clearances = instanceOf('cl = 2; v = 10; q = 1; vp = 20\ncp <- linCmt()')
    const rates = instanceOf(`${parameters}\ncp <- linCmt()`)
    const wanted = derivativeAt(clearances, 0, y)
    derivativeAt(rates, 0, y).forEach((rate, i) => {
      expect(rate).toBeCloseTo(wanted[i] ?? Number.NaN, 13)
    })
  })

  // k10 0.2, k12 0.1, k21 0.05: slopes of the quadratic, coefficients of a bolus of 1 into 10 L
  const sum = 0.35
  const root = Math.sqrt(sum * sum - 4 * 0.01)
  const [alpha, beta] = [(sum + root) / 2, (sum - root) / 2]
  const [A, B] = [(alpha - 0.05) / (alpha - beta) / 10, (0.05 - beta) / (alpha - beta) / 10]
  it.each([
    `alpha = ${alpha}; beta = ${beta}; k21 = 0.05; v = 10`,
    `alpha = ${alpha}; beta = ${beta}; A = ${A}; B = ${B}`,
    `alpha = ${alpha}; beta = ${beta}; aob = ${A / B}; v = 10`,
  ])('macro constants say the same: %s', (parameters) => {
    const y = [7, 11]
    const rates = instanceOf('kel = 0.2; v = 10; k12 = 0.1; k21 = 0.05\ncp <- linCmt()')
    const macro = instanceOf(`${parameters}\ncp <- linCmt()`)
    const wanted = derivativeAt(rates, 0, y)
    derivativeAt(macro, 0, y).forEach((rate, i) => {
      expect(rate).toBeCloseTo(wanted[i] ?? Number.NaN, 13)
    })
    expect(outputAt(macro, 'cp', 0, y)).toBeCloseTo(0.7, 13)
  })

  it('three exponentials have the slopes and coefficients they are given', () => {
    const slopes = [1.1, 0.2, 0.03]
    const coefficients = [0.06, 0.03, 0.01]
    const macro = instanceOf(
      `alpha = ${slopes[0]}; beta = ${slopes[1]}; gamma = ${slopes[2]}; A = ${coefficients[0]}; B = ${coefficients[1]}; C = ${coefficients[2]}\ncp <- linCmt()`,
    )
    const matrix = new Float64Array(9)
    macro.jacobian?.(0, new Float64Array(3), matrix)
    const at = (i: number, j: number) => matrix[3 * i + j] ?? Number.NaN
    // the characteristic polynomial vanishes at each slope
    for (const slope of slopes) {
      const [a, b, c] = [at(0, 0) + slope, at(1, 1) + slope, at(2, 2) + slope]
      expect(a * b * c - at(0, 1) * at(1, 0) * c - at(0, 2) * at(2, 0) * b).toBeCloseTo(0, 14)
    }
    // dC/dt after a bolus of 1, and its second derivative
    const moment = (power: number) =>
      slopes.reduce((total, slope, k) => total + (coefficients[k] ?? 0) * (-slope) ** power, 0)
    const volume = 1 / moment(0)
    expect(at(0, 0) / volume).toBeCloseTo(moment(1), 14)
    expect((at(0, 0) * at(0, 0) + at(0, 1) * at(1, 0) + at(0, 2) * at(2, 0)) / volume).toBeCloseTo(moment(2), 14)
  })

  it('takes random effects, dosing properties and a residual error, as published', () => {
    const model = modelOf(`one.cmt <- function() {
      ini({ tka <- 0.45; tcl <- log(c(0, 2.7, 100)); tv <- 3.45; eta.ka ~ 0.6; add.sd <- 0.7 })
      model({
        ka <- exp(tka + eta.ka)
        cl <- exp(tcl)
        v <- exp(tv)
        alag(depot) <- 0.5
        linCmt() ~ add(add.sd)
      })
    }`)
    expect(model.states.map(({ name }) => name)).toEqual(['depot', 'central'])
    expect(model.outputs.map(({ name }) => name)).toEqual(['ka', 'cl', 'v', 'rxLinCmt'])
    expect(model.errorModels).toMatchObject([{ name: 'rxLinCmt', endpoint: 'rxLinCmt' }])
    expect([...model.lag.keys()]).toEqual([0])
  })

  it('stands beside equations of the text, numbered after them', () => {
    expect(statesOf('cl = 2; v = 10; ke0 = 1\ncp <- linCmt()\nd/dt(effect) = ke0*(cp - effect)')).toEqual([
      'effect',
      'central',
    ])
  })

  it.each([
    ['v = 10\ncp = linCmt()', 'it needs a clearance `cl`, a rate `kel`, or the slopes'],
    ['cl = 10\ncp = linCmt()', 'it needs the volume of the central compartment'],
    ['cl = 1; v = 10; q = 2\ncp = linCmt()', 'the compartment of `q` has no volume'],
    ['cl = 1; v = 10; vp = 2\ncp = linCmt()', 'the compartment of `vp` has no clearance'],
    ['kel = 1; v = 10; k12 = 2\ncp = linCmt()', '`k12` and `k21` belong together'],
    ['alpha = 1; v = 10; beta = 2\ncp = linCmt()', 'beside its slopes it needs `A`, `B`, …, or `k21`'],
    ['beta = 1; v = 10\ncp = linCmt()', 'it needs a clearance `cl`, a rate `kel`, or the slopes'],
    ['alpha = 1\ncp = linCmt()', 'it needs the volume of the central compartment'],
    ['cl = 1; v = 10\nd/dt(central) = 1\ncp = linCmt()', '`linCmt()` has a state `central` of its own'],
  ])('%j is refused', (text, message) => {
    expect(errorsOf(text)[0]).toContain(message)
  })
})
