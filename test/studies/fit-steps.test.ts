import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ComputePool } from '@cartkin/compute'
import { createNodePool } from '@cartkin/compute/node'
import { type PlanSource, parsePlan, runPlan, verifyResult } from '@cartkin/studies'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyFolder } from './folder.ts'

const context: { pool?: ComputePool } = {}
const pool = (): ComputePool => {
  if (!context.pool) throw new Error('no pool')
  return context.pool
}
beforeAll(() => {
  context.pool = createNodePool({ size: 2 })
})
afterAll(() => context.pool?.close())

const model = `ini({
  k <- c(0.01, 0.5, 5)
  A0 <- c(0.1, 8, 100)
  sd <- c(0, 0.3)
})
model({
  d/dt(A) = -k*A
  A(0) = A0
  A ~ lnorm(sd)
})
`
const off = [0.1, -0.05, 0.02, -0.12, 0.06, 0.08, -0.09]
const values = [1, 2, 3].flatMap((id) =>
  [0.5, 1, 2, 4, 8].map((time, k) => ({
    id,
    time,
    value: 10 * Math.E ** (-0.3 * time + (off[(3 * id + 2 * k) % 7] ?? 0)),
  })),
)
const data = [
  'ID,TIME,DV,EVID',
  ...values.map(({ id, time, value }) => `${id},${time},${value.toPrecision(6)},0`),
].join('\n')

const plan = `
name: trial
title: A study from the data to the check
seed: 4
steps:
  - { kind: identifiability, name: before, problem: { model: m.txt, data: d.csv } }
  - { kind: explore, name: data, data: d.csv, reading: { lloq: { "": 1.2 } } }
  - kind: fit
    name: small
    problem: { model: m.txt, data: d.csv, parameters: { A0: 10 }, estimate: [{ name: k }] }
  - kind: fit
    name: large
    problem: { model: m.txt, data: d.csv }
    multiStart: { starts: 3 }
    uncertainty: { profile: [k], bootstrap: { kind: case, replicates: 3 }, level: 0.9 }
  - { kind: compare-fits, name: fits, fits: { small: One parameter, large: Two parameters } }
  - { kind: predictive-check, name: check, model: m.txt, data: d.csv, fit: large, replicates: 20, bins: 3 }
  - kind: report
    sections:
      - { title: Data, of: data }
      - { title: Before, of: before }
      - { title: Fits, of: fits }
      - { title: Check, of: check }
`

function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = emptyFolder()
  for (const [name, text] of Object.entries({ 'm.txt': model, 'd.csv': `${data}\n`, ...files }))
    writeFileSync(join(folder, name), text)
  return folder
}

const source = (text: string, folder: string): PlanSource => ({
  plan: parsePlan(text, 'plan.yaml'),
  text,
  file: 'plan.yaml',
  folder,
})

describe('a plan from the data to the check of a fit', () => {
  it('gives tables and a report, verified, with the same manifest for any number of workers', async () => {
    const folder = folderWith()
    const out = join(folder, 'r')
    const { results, manifest } = await runPlan(source(plan, folder), out, pool())
    const files = readdirSync(out)
    for (const name of ['before', 'data', 'fits', 'fits-tests', 'check'])
      expect(files).toEqual(expect.arrayContaining([`${name}.arrow`, `${name}.csv`]))
    for (const name of ['large-intervals', 'large-profiles', 'large-replicates']) expect(files).toContain(`${name}.csv`)
    // runs that ended otherwise than well would end the command as a partial failure
    expect(Object.keys(manifest.status)).toEqual(['ok'])
    expect(await verifyResult(out)).toEqual({ files: files.length - 1, findings: [] })
    const one = createNodePool({ size: 1 })
    expect((await runPlan(source(plan, folder), join(folder, 's'), one)).manifest).toEqual(manifest)
    await one.close()

    const compared = results.get('fits')
    const [small, large] = compared?.kind === 'compare-fits' ? compared.fits : []
    expect([small?.name, large?.name]).toEqual(['One parameter', 'Two parameters'])
    expect(small?.errors).toBe('A: log')
    const [test] = compared?.kind === 'compare-fits' ? compared.tests : []
    expect(test).toMatchObject({ smaller: 'One parameter', degreesOfFreedom: 1 })
    expect(test?.statistic).toBeCloseTo((small?.minusTwoLogLikelihood ?? 0) - (large?.minusTwoLogLikelihood ?? 0), 12)

    const check = results.get('check')
    expect(check?.kind === 'predictive-check' && check.endpoints[0]).toMatchObject({ quantity: 'A', observations: 15 })
    expect(check?.kind === 'predictive-check' && check.endpoints[0]?.bins).toHaveLength(3)
    const explored = results.get('data')
    const rows = explored?.kind === 'explore' ? (explored.data.endpoints[0]?.rows ?? []) : []
    expect(rows.filter(({ below }) => below)).toHaveLength(values.filter(({ value }) => value < 1.2).length)
    const before = results.get('before')
    expect(before?.kind === 'identifiability' && before.check).toMatchObject({ rank: 3, observations: 15 })
    const html = readFileSync(join(out, 'report.html'), 'utf8')
    for (const said of [
      'The data before any model',
      'determine 3 of 3 directions',
      'One parameter',
      'Likelihood ratio tests',
      'simulated 20 times',
    ])
      expect(html.includes(said), said).toBe(true)
  })

  it('checks at the estimates of the fit that it names, below which the parameters of the step stand', async () => {
    const folder = folderWith()
    const check = (more: string) =>
      `  - { kind: predictive-check, name: check, model: m.txt, data: d.csv, replicates: 20${more} }\n`
    const fit = '  - { kind: fit, name: fit, problem: { model: m.txt, data: d.csv } }\n'
    const run = async (steps: string, out: string) => {
      const { results } = await runPlan(
        source(`name: a\ntitle: A\nsteps:\n${steps}`, folder),
        join(folder, out),
        pool(),
      )
      const fitted = results.get('fit')
      const estimates = fitted?.kind === 'fit' ? fitted.fits[fitted.best]?.result.estimates : undefined
      return { estimates, table: readFileSync(join(folder, out, 'check.csv'), 'utf8') }
    }
    const { estimates = [], table } = await run(fit + check(', fit: fit'), 'one')
    const values = estimates.map(({ name, estimate }) => `${name}: ${estimate}`).join(', ')
    expect((await run(check(`, parameters: { ${values} }`), 'two')).table).toBe(table)
    expect((await run(fit + check(', fit: fit, parameters: { k: 1 }'), 'three')).table).not.toBe(table)
    const half = fit.replace('data: d.csv', 'data: d.csv, parameters: { A0: 7 }, estimate: [{ name: k }]')
    const held = await run(half + check(', fit: fit'), 'five')
    const k = held.estimates?.find(({ name }) => name === 'k')?.estimate
    const sd = held.estimates?.find(({ name }) => name === 'sd')?.estimate
    expect((await run(check(`, parameters: { A0: 7, k: ${k}, sd: ${sd} }`), 'six')).table).toBe(held.table)
    expect((await run(check(''), 'four')).table).not.toBe(table)
  })

  it('takes the residual errors of a fit whose model has none', async () => {
    const bare = model.replace('  A ~ lnorm(sd)\n', '').replace('  sd <- c(0, 0.3)\n', '')
    const folder = folderWith({ 'bare.txt': bare })
    const steps = `
  - { kind: fit, name: fit, problem: { model: bare.txt, data: d.csv, endpoints: [{ quantity: A, error: log }] } }
  - { kind: predictive-check, name: check, model: bare.txt, data: d.csv, fit: fit, replicates: 20 }
`
    const { results } = await runPlan(source(`name: a\ntitle: A\nsteps:${steps}`, folder), join(folder, 'r'), pool())
    const fit = results.get('fit')
    const sd = fit?.kind === 'fit' ? fit.fits[fit.best]?.result.estimates.at(-1)?.estimate : undefined
    const check = results.get('check')
    expect(check?.kind === 'predictive-check' && check.source.text).toContain(`A ~ lnorm(${sd})`)
  })

  it.each([
    [
      'a fit that does not come before',
      'fits: { small: A, larger: B }',
      'fits: { small: A, larger: B }',
      'no step before this one is named larger',
    ],
    [
      'a step that is no fit',
      'fits: { small: One parameter, large: Two parameters }',
      'fits: { small: A, data: B }',
      'step data is a explore, expected fit',
    ],
    [
      'one fit alone',
      'fits: { small: One parameter, large: Two parameters }',
      'fits: { small: A }',
      'needs two fits at least',
    ],
    ['few replicates', 'replicates: 20', 'replicates: 2', 'replicates'],
  ])('with %s is refused', (_, from, to, message) => {
    const at = from.startsWith('fits: { small: A,') ? 'fits: { small: One parameter, large: Two parameters }' : from
    expect(() => parsePlan(plan.replace(at, to), 'plan.yaml')).toThrow(message)
  })

  it('refuses residual errors beside those of the text, a fit of other parameters, and fits of other data', async () => {
    const folder = folderWith({
      'n.txt': 'q = 1\nd/dt(A) = -q*A\nA(0) = 10\nA ~ add(1)\n',
      'e.csv': `${data.replace(',0\n', '1,0\n')}\n`,
    })
    const run = (text: string) => runPlan(source(text, folder), join(folder, 'r'), pool())
    await expect(run(plan.replace('bins: 3', 'errors: { A: add(1) }'))).rejects.toThrow(
      'step check: m.txt has residual errors of its own',
    )
    await expect(run(plan.replace('name: check, model: m.txt', 'name: check, model: n.txt'))).rejects.toThrow(
      'step check: large estimates nothing that is a parameter of n.txt',
    )
    await expect(
      run(plan.replace('parameters: { A0: 10 }', 'blq: M3').replace('d.csv, blq', 'e.csv, blq')),
    ).rejects.toThrow('Two parameters: was fitted to other data than One parameter (d.csv and e.csv)')
  })
})
