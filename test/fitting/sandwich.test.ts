import { type FitObservation, fit, identifiability, objectiveAt, sandwich } from '@cartkin/fitting'
import { describe, expect, it } from 'vitest'
import { estimate, formulaModel, modelOf, problemOf, subject } from './fixtures.ts'

const x = [0, 1, 2, 3, 4, 5, 6, 7]
const y = [1.1, 2.9, 5.3, 6.8, 9.4, 10.7, 13.2, 14.6]
const line = formulaModel({ b1: 0, b2: 0 }, 'b1 + b2*t')
const rows = x.map((time, k): FitObservation => ({ endpoint: 0, time, value: y[k]!, sd: 1 }))

describe('the sandwich covariance', () => {
  it("is White's of a linear regression where there is one subject: (XᵀX)⁻¹ Σ xᵢxᵢᵀeᵢ² (XᵀX)⁻¹", async () => {
    const problem = problemOf({
      model: line,
      estimated: [estimate('b1', 0), estimate('b2', 0)],
      subjects: [subject(rows)],
    })
    const result = await fit(problem)
    const found = sandwich(problem, result)!
    const [b1, b2] = result.estimates.map((e) => e.estimate) as [number, number]
    const s = (f: (k: number) => number) => x.reduce((sum, _, k) => sum + f(k), 0)
    const [n, sx, sxx] = [8, s((k) => x[k]!), s((k) => x[k]! ** 2)]
    const det = n * sxx - sx * sx
    const inverse = [sxx / det, -sx / det, -sx / det, n / det]
    const e2 = (k: number) => (y[k]! - b1 - b2 * x[k]!) ** 2
    const meat = [s(e2), s((k) => x[k]! * e2(k)), s((k) => x[k]! * e2(k)), s((k) => x[k]! ** 2 * e2(k))]
    const times = (a: readonly number[], b: readonly number[]) =>
      [0, 1, 2, 3].map((q) => a[q & 2]! * b[q & 1]! + a[(q & 2) + 1]! * b[2 + (q & 1)]!)
    const exact = times(times(inverse, meat), inverse)
    expect(found.by).toBe('observation')
    expect(found.clusters).toBe(8)
    for (const [q, entry] of found.covariance.entries()) expect(entry).toBeCloseTo(exact[q]!, 10)
    expect(found.standardErrors[1]).toBeCloseTo(Math.sqrt(exact[3]!), 10)
    expect(found.warning).toBe('')
  })

  it('takes subjects as clusters: of a mean, the spread of their sums', async () => {
    const levels = [1, 2.5, 0.4, 3.1, 1.9]
    const flat = formulaModel({ level: 1 }, 'level + 0*t')
    const problem = problemOf({
      model: flat,
      endpoints: [{ quantity: 'y', scale: 'linear', error: { kind: 'additive', a: 'sigma' } }],
      estimated: [estimate('level', 1, 'log'), estimate('sigma', 1, 'log')],
      subjects: levels.map((value, s) =>
        subject(
          [1, 2, 3].map((time) => ({ endpoint: 0, time, value })),
          { id: String(s) },
        ),
      ),
    })
    const found = sandwich(problem, await fit(problem))!
    const mean = levels.reduce((sum, v) => sum + v, 0) / 5
    const exact = Math.sqrt(levels.reduce((sum, v) => sum + (v - mean) ** 2, 0)) / 5
    expect(found.by).toBe('subject')
    expect(found.clusters).toBe(5)
    expect(found.standardErrors[0]).toBeCloseTo(exact, 8)
    expect(Math.sqrt(found.covariance[0]!)).toBeCloseTo(exact / mean, 8)
  })

  it('does not depend on the scale of given errors, as the fit does not', async () => {
    const of = async (sd: number) => {
      const problem = problemOf({
        model: line,
        estimated: [estimate('b1', 0), estimate('b2', 0)],
        subjects: [subject(rows.map((row) => ({ ...row, sd })))],
      })
      return sandwich(problem, await fit(problem))!.covariance
    }
    const [a, b] = [await of(1), await of(10)]
    for (const [k, entry] of a.entries()) expect(b[k]! / entry).toBeCloseTo(1, 9)
  })

  it('says when there are too few subjects', async () => {
    const problem = problemOf({
      model: line,
      estimated: [estimate('b1', 0), estimate('b2', 0)],
      subjects: [subject(rows.slice(0, 4), { id: 'a' }), subject(rows.slice(4), { id: 'b' })],
    })
    expect(sandwich(problem, await fit(problem))!.warning).toMatch(/^2 subjects are too few for 2 parameters/)
  })
})

describe('covariances by a second route', () => {
  it('are the inverse of half the derivative of the gradient, taken by differences, at a good fit', async () => {
    // residuals next to nothing: expected and observed information agree
    const decay = modelOf('A = 8\nk = 0.4\nd/dt(x) = -k*x\nx(0) = A\ny = x\n')
    const problem = problemOf({
      model: decay,
      endpoints: [{ quantity: 'y', scale: 'log', error: { kind: 'additive', a: 'sigma' } }],
      estimated: [estimate('A', 5, 'log'), estimate('k', 1, 'log'), estimate('sigma', 1, 'log')],
      subjects: [
        subject(
          x.slice(1).map((time, k) => ({
            endpoint: 0,
            time,
            value: 8 * Math.E ** (-0.4 * time + [0.1, -0.2, 0.1, 0.1, 0.05, -0.15, 0][k]!),
          })),
        ),
      ],
      solver: { rtol: 1e-10, atol: 1e-12 },
    })
    const result = await fit(problem)
    const names = ['A', 'k', 'sigma']
    const best = result.estimates.map((e) => e.estimate)
    const gradient = (i: number, h: number) => {
      const values = Object.fromEntries(names.map((name, k) => [name, best[k]! * (k === i ? 1 + h : 1)]))
      return objectiveAt(problem, values).gradient.map((g, k) => g * values[names[k]!]!)
    }
    const h = 1e-4
    const hessian = names.map((_, i) => {
      const [up, down] = [gradient(i, h), gradient(i, -h)]
      return up.map((g, k) => (g - down[k]!) / (2 * h))
    })
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) {
        const entry = [0, 1, 2].reduce((sum, k) => sum + 0.5 * hessian[i]![k]! * result.covariance[k * 3 + j]!, 0)
        expect(entry).toBeCloseTo(i === j ? 1 : 0, 2)
      }
  })
})

describe('identifiability before the fit', () => {
  const product = modelOf('k1 = 2\nk2 = 0.5\nA = 3\nidle = 1\nd/dt(x) = -k1*k2*x\nx(0) = A\ny = x + 0*idle\n')
  const problem = (names: readonly string[], times = [0.5, 1, 2, 3]) =>
    problemOf({
      model: product,
      endpoints: [{ quantity: 'y', scale: 'log', error: { kind: 'given' } }],
      estimated: names.map((name) => estimate(name, { A: 5, k1: 3 }[name] ?? 1, 'log', 0.01, 100)),
      subjects: [subject(times.map((time) => ({ endpoint: 0, time, value: 1, sd: 0.1 })))],
    })

  it('names what the design cannot tell apart, whatever was measured', () => {
    const found = identifiability(problem(['k1', 'k2', 'A']))
    if (found.status !== 'evaluated') throw new Error(found.reason)
    expect(found.rank).toBe(2)
    expect(found.conditionNumber).toBe(Infinity)
    expect(found.collinear[0]).toMatchObject({ kind: 'undetermined', names: ['k1', 'k2'] })
    expect(found.parameters.map(({ name, identified }) => [name, identified])).toEqual([
      ['k1', 'no'],
      ['k2', 'no'],
      ['A', 'yes'],
    ])
  })

  it('has the standard errors of a regression of this design', () => {
    // log y = log A − k1 k2 t: a straight line with sd 0.1
    const found = identifiability(problem(['k1', 'A']))
    if (found.status !== 'evaluated') throw new Error(found.reason)
    const times = [0.5, 1, 2, 3]
    const mean = 1.625
    const spread = times.reduce((sum, t) => sum + (t - mean) ** 2, 0)
    expect(found.rank).toBe(2)
    // k2 = 0.5 and k1 = 3
    expect(found.parameters[0]!.relativeStandardError).toBeCloseTo(0.1 / Math.sqrt(spread) / 1.5, 6)
    expect(found.parameters[1]!.relativeStandardError).toBeCloseTo(0.1 * Math.sqrt(1 / 4 + mean ** 2 / spread), 6)
  })

  it('sees that there are fewer observations than parameters, and what no observation depends on', () => {
    const few = identifiability(problem(['k1', 'A'], [1]))
    if (few.status !== 'evaluated') throw new Error(few.reason)
    expect(few.rank).toBe(1)
    expect(few.parameters.map(({ identified }) => identified)).toEqual(['no', 'no'])
    const silent = identifiability(problem(['idle', 'A']))
    if (silent.status !== 'evaluated') throw new Error(silent.reason)
    expect(silent.parameters[0]).toMatchObject({ name: 'idle', identified: 'no' })
    expect(silent.parameters[0]!.reason).toContain('no prediction depends on idle')
    expect(silent.parameters[1]!.identified).toBe('yes')
  })

  it('says why nothing can be said where the model has no value at the starts', () => {
    const bad = problemOf({
      model: formulaModel({ a: 1 }, 'a - 5 + 0*t'),
      endpoints: [{ quantity: 'y', scale: 'log', error: { kind: 'given' } }],
      estimated: [estimate('a', 1)],
      subjects: [subject([{ endpoint: 0, time: 1, value: 1, sd: 1 }])],
    })
    expect(identifiability(bad)).toEqual({
      status: 'failed',
      reason: expect.stringContaining('the prediction -4 has no logarithm'),
    })
  })
})
