import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instanceOf } from './compile-text.ts'
import { NotSmooth } from './dual/expression.ts'
import {
  type ModelValues,
  modelText,
  modelValues,
  type Point,
  type RandomModel,
  randomModel,
  randomPoint,
} from './dual/random-model.ts'
import type { TermedDual } from './dual/termed-dual.ts'

/** Share of the sum of absolute terms that rounding may take. */
const tolerance = 1e-12

function valuesAt(model: RandomModel, at: Point): ModelValues | undefined {
  try {
    return modelValues(model, at)
  } catch (error) {
    if (error instanceof NotSmooth) return undefined
    throw error
  }
}

/** The point with as many states and parameters as the model has. */
function fitted({ states, parameters }: RandomModel, { t, y, p }: Point): Point {
  return { t, y: y.slice(0, states.length), p: p.slice(0, parameters.length) }
}

function expectSlope(ours: number | undefined, dual: TermedDual | undefined, input: number, what: string): void {
  const [expected, terms] = [dual?.slopes[input] ?? Number.NaN, dual?.slopeTerms[input] ?? Number.NaN]
  const isClose = Math.abs((ours ?? Number.NaN) - expected) <= tolerance * terms + Number.MIN_VALUE
  expect(isClose, `${what} is ${ours}, by dual numbers ${expected} with absolute terms of ${terms}`).toBe(true)
}

describe('exact derivatives agree with dual numbers through the same text to 1e-12 of the sum of absolute terms', () => {
  it('∂f/∂y, ∂f/∂t, ∂f/∂p, those of outputs, ∂x(0)/∂p and ∂f(x)/∂p of random models', () => {
    fc.assert(
      fc.property(randomModel, randomPoint, (model, anywhere) => {
        const at = fitted(model, anywhere)
        const expected = valuesAt(model, at)
        fc.pre(expected !== undefined)
        const [n, m] = [at.y.length, at.p.length]
        const text = modelText(model, at.p)
        const instance = instanceOf(text)
        instance.beginSegment(at.t)
        const y = Float64Array.from(at.y)
        const sensitivities = instance.sensitivities(at.p.map((_, j) => j))
        const jacobian = new Float64Array(n * n)
        const byTime = new Float64Array(n)
        const byParameter = new Float64Array(m * n)
        instance.jacobian?.(at.t, y, jacobian)
        instance.timeDerivative?.(at.t, y, byTime)
        sensitivities.tangent(at.t, y, new Float64Array(m * n), byParameter)
        const initial = new Float64Array(m * n)
        sensitivities.initialState(initial)
        const share = new Float64Array(m)
        sensitivities.bioavailability(0, share)
        expected.derivatives.forEach((dual, i) => {
          for (let k = 0; k < n; k++) expectSlope(jacobian[i * n + k], dual, k, `∂f${i}/∂y${k}`)
          at.p.forEach((_, j) => {
            expectSlope(byParameter[j * n + i], dual, n + j, `∂f${i}/∂p${j}`)
            expectSlope(initial[j * n + i], expected.initial[i], n + j, `∂x${i}(0)/∂p${j}`)
          })
          expectSlope(byTime[i], dual, n + m, `∂f${i}/∂t`)
        })
        for (let j = 0; j < m; j++) expectSlope(share[j], expected.bioavailability, n + j, `∂f(x)/∂p${j}`)
        // one parameter at a time carries the direction of one state
        const { outputs } = instance.model
        const out = new Float64Array(m * outputs.length)
        for (let k = 0; k <= n; k++) {
          const s = new Float64Array(m * n)
          if (k < n) s.fill(1, k, k + 1)
          sensitivities.outputs(at.t, y, s, out)
          outputs.forEach(({ name }, place) => {
            const dual = expected.outputs.get(name)
            if (dual === undefined) return
            at.p.forEach((_, j) => {
              const isAlong = j === 0 && k < n
              const whole = {
                ...dual,
                slopes: [dual.slopes[n + j]! + (isAlong ? dual.slopes[k]! : 0)],
                slopeTerms: [dual.slopeTerms[n + j]! + (isAlong ? dual.slopeTerms[k]! : 0)],
              }
              expectSlope(out[j * outputs.length + place], whole, 0, `∂${name}/∂p${j}${isAlong ? ` and ∂y${k}` : ''}`)
            })
          })
        }
      }),
      { numRuns: 500 },
    )
  })
})
