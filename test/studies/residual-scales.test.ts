import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ComputePool } from '@cartkin/compute'
import { createNodePool } from '@cartkin/compute/node'
import { parseModel } from '@cartkin/model'
import { type FitStepResult, parsePlan, residualTexts, runPlan } from '@cartkin/studies'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyFolder } from './folder.ts'

const context: { pool?: ComputePool } = {}
beforeAll(() => {
  context.pool = createNodePool({ size: 1 })
})
afterAll(() => context.pool?.close())

const model = (error: string, output = 'A', ini = '') => `ini({
  k <- c(0.01, 0.4, 5)
  sd <- c(0, 0.5)
  ${ini}
})
model({
  d/dt(A) = -k*A
  A(0) = 0.9
  y = ${output}
  y ~ ${error}
})
`
const rows = [0.82, 0.6, 0.52, 0.3, 0.28, 0.12, 0.09].map((value, k) => ({
  time: [0.5, 1, 2, 3, 4, 6, 8][k] ?? 0,
  value,
}))
const data = (of: (value: number) => number = (value) => value) =>
  `ID,TIME,DV,EVID\n${rows.map(({ time, value }) => `1,${time},${of(value)},0`).join('\n')}\n`

async function fitted(text: string, file: string, more = ''): Promise<FitStepResult & { readonly folder: string }> {
  const folder = emptyFolder()
  writeFileSync(join(folder, 'm.txt'), text)
  writeFileSync(join(folder, 'd.csv'), file)
  const plan = `name: a\ntitle: A\nsolver: { rtol: 1e-10, atol: 1e-12 }\nsteps:\n  - { kind: fit, name: fit, problem: { model: m.txt, data: d.csv }${more} }\n  - { kind: report, sections: [{ title: Fit, of: fit }] }\n`
  if (!context.pool) throw new Error('no pool')
  const source = { plan: parsePlan(plan, 'p.yaml'), text: plan, file: 'p.yaml', folder }
  const { results } = await runPlan(source, join(folder, 'r'), context.pool)
  const fit = results.get('fit')
  if (fit?.kind !== 'fit') throw new Error('no fit')
  return { ...fit, folder: join(folder, 'r') }
}
const best = ({ fits, best }: FitStepResult) => {
  const found = fits[best]?.result
  if (found === undefined) throw new Error('no result')
  return found
}

describe('a text with residuals on another scale', () => {
  const logit = (y: number) => Math.log(y / (1 - y))
  const yeoJohnson = (y: number) => 2 * (Math.sqrt(1 + y) - 1)
  it.each([
    ['logitNorm(sd, 0, 1)', 'log(A/(1 - A))', logit, (y: number) => 1 / (y * (1 - y))],
    ['add(sd) + yeoJohnson(0.5)', '2*(sqrt(1 + A) - 1)', yeoJohnson, (y: number) => 1 / Math.sqrt(1 + y)],
    ['add(sd) + boxCox(0)', 'log(A)', Math.log, (y: number) => 1 / y],
  ])(
    '%s is fitted as the values on that scale are, with the likelihood of the values',
    async (error, output, to, slope) => {
      const own = best(await fitted(model(error), data()))
      const placed = best(await fitted(model('add(sd)', output), data(to)))
      expect(own.outcome.status).toBe('converged')
      own.estimates.forEach(({ estimate, standardError }, k) => {
        expect(estimate / (placed.estimates[k]?.estimate ?? 0)).toBeCloseTo(1, 6)
        expect(standardError / (placed.estimates[k]?.standardError ?? 0)).toBeCloseTo(1, 4)
      })
      const jacobian = rows.reduce((sum, { value }) => sum - 2 * Math.log(slope(value)), 0)
      expect(own.objective).toBeCloseTo(placed.objective + jacobian, 6)
      expect(own.aic).toBeCloseTo(placed.aic + jacobian, 6)
    },
  )

  it('grows on the log scale with lnorm and prop together', async () => {
    const { estimates } = best(await fitted(model('lnorm(sd) + prop(b)', 'A', 'b <- c(0, 0.1)'), data()))
    expect(estimates.map(({ name }) => name)).toEqual(['k', 'sd', 'b'])
  })

  it('takes a λ that is fixed, and draws a bootstrap within the bounds', async () => {
    const fixed = best(await fitted(model('add(sd) + yeoJohnson(lam)', 'A', 'lam <- fixed(0.5)'), data()))
    expect(fixed.objective).toBe(best(await fitted(model('add(sd) + yeoJohnson(0.5)'), data())).objective)
    const { uncertainty, folder } = await fitted(
      model('logitNorm(sd, 0, 1)'),
      data(),
      ', uncertainty: { bootstrap: { kind: parametric, replicates: 8 } }',
    )
    expect(uncertainty.bootstrap?.status).toEqual({ converged: 8 })
    expect(readFileSync(join(folder, 'report.html'), 'utf8').includes('drawn from the fitted model')).toBe(true)
  })

  it.each([
    [
      'add(sd) + boxCox(0.5)',
      '',
      'is on the Box-Cox scale with λ 0.5, which ends at -2',
      'take yeoJohnson(0.5), or lnorm',
    ],
    ['add(sd) + yeoJohnson(3)', '', 'is on the Yeo-Johnson scale with λ 3, which has an end', 'λ from 0 to 2'],
    [
      'add(sd) + yeoJohnson(lam)',
      'lam <- 0.5',
      'has a λ of yeoJohnson that is to be estimated (lam)',
      'compare fits of several λ by AIC',
    ],
  ])('%s is refused with its reason', async (error, ini, reason, remedy) => {
    const run = fitted(model(error, 'A', ini), data())
    await expect(run).rejects.toThrow(reason)
    await expect(run).rejects.toThrow(remedy)
  })

  it('refuses values beyond the bounds before the fit', async () => {
    const run = fitted(model('logitNorm(sd, 0, 0.7)'), data())
    await expect(run).rejects.toThrow('"0.82" is not between 0 and 0.7, the bounds of the scale')
  })
})

describe('the residual error of a fit as a text', () => {
  const values = new Map([
    ['a', 0.25],
    ['b', 1e-8],
    ['c', 0.5],
    ['n', 7],
  ])
  it.each([
    ['lnorm(0.25)', { scale: 'log', error: { kind: 'additive', a: 'a' } }],
    ['lnorm(0) + prop(1e-8)', { scale: 'log', error: { kind: 'proportional', b: 'b' } }],
    [
      'add(0.25) + t(7)',
      { scale: 'linear', error: { kind: 'additive', a: 'a' }, distribution: { kind: 't', df: 'n' } },
    ],
    [
      'prop(1e-8) + t(4)',
      { scale: 'linear', error: { kind: 'proportional', b: 'b' }, distribution: { kind: 't', df: 4 } },
    ],
    ['pow(1e-8, 0.5)', { scale: 'linear', error: { kind: 'power', b: 'b', c: 'c' } }],
    ['add(0.25) + prop(1e-8)', { scale: 'linear', error: { kind: 'combined2', a: 'a', b: 'b' } }],
    [
      'add(0.25) + pow(1e-8, 0.7) + combined1()',
      { scale: 'linear', error: { kind: 'combined1', a: 'a', b: 'b', c: 0.7 } },
    ],
    ['logitNorm(0.25, 0, 2)', { scale: { kind: 'logit', low: 0, high: 2 }, error: { kind: 'additive', a: 'a' } }],
    [
      'add(0.25) + yeoJohnson(0.5)',
      { scale: { kind: 'yeoJohnson', lambda: 0.5 }, error: { kind: 'additive', a: 'a' } },
    ],
  ] as const)('is %s, which a model text takes', (text, endpoint) => {
    expect(residualTexts([{ quantity: 'y', ...endpoint }], (name) => values.get(name))).toEqual({ y: text })
    expect(parseModel(`k = 1\nd/dt(y) = -k*y\ny ~ ${text}\n`).ok).toBe(true)
  })

  it('is not there where a number is not known, or every value brings its own', () => {
    const endpoint = { quantity: 'y', scale: 'linear' } as const
    expect(residualTexts([{ ...endpoint, error: { kind: 'additive', a: 'z' } }], (name) => values.get(name))).toEqual(
      {},
    )
    expect(residualTexts([{ ...endpoint, error: { kind: 'given' } }], () => 1)).toEqual({})
  })
})
