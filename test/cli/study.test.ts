import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { shippedPlans } from '@cartkin/studies'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

/** Observations of C = 10·exp(−0.3 t)/2, each off by a known factor. */
const factors = [1.1, 0.9, 1.05, 0.95, 1.1, 0.92]
const data = [
  'ID,TIME,EVID,AMT,DV',
  '1,0,1,10,.',
  ...factors.map((factor, k) => `1,${k + 1},0,.,${5 * Math.exp(-0.3 * (k + 1)) * factor}`),
].join('\n')
const plain = 'k = 0.6 # [1/day] Loss\nV = 2\nd/dt(A) = -k*A\nC = A/V\n'
const nlmixr = `ini({
  k <- c(0.001, 0.6, 10)
  V <- fixed(2)
  sd <- c(0, 0.3)
})
model({
  d/dt(A) = -k*A
  C = A/V
  C ~ lnorm(sd)
})
`

describe('fit', () => {
  it.each([
    ['parameters and errors named on the command line', plain, ['--estimate', 'k=0.01:5', '--endpoint', 'C=log']],
    ['an ini block that says it all', nlmixr, []],
  ])('with %s finds the least squares of the logarithms', async (_, text, more) => {
    const folder = folderWith({ 'm.txt': text, 'd.csv': data })
    const { code, out } = await cartkin(folder, [
      'fit',
      'm.txt',
      '--data',
      'd.csv',
      ...more,
      '--out',
      'f',
      '--workers',
      '1',
      '--json',
    ])
    expect(code).toBe(0)
    const { estimates, outcome, manifest } = JSON.parse(out)
    expect(outcome.status).toBe('converged')
    // One slope through known logarithms: k = 0.3 − Σ t·log(factor) / Σ t².
    const k = 0.3 - factors.reduce((sum, factor, i) => sum + (i + 1) * Math.log(factor), 0) / 91
    expect(estimates[0]).toMatchObject({ name: 'k', estimate: expect.closeTo(k, 4) })
    expect(estimates.map(({ name }: { name: string }) => name)).toEqual(['k', text === plain ? 'C.sd' : 'sd'])
    expect(manifest.files.map(({ name }: { name: string }) => name)).toEqual([
      'fit-predictions.arrow',
      'fit.arrow',
      'fit.json',
      'report.html',
    ])
  })

  it('takes rows of one time in their order: a trough before the dose, each with its own covariates', async () => {
    const text = `f <- function() {
  ini({
    CL <- c(0.1, 1.5, 50)
    V <- c(1, 15, 100)
    sd <- fix(0.1)
  })
  model({
    d/dt(A) = -CL/V*A
    C = A/V*WT/70
    C ~ add(sd)
  })
}
`
    const rows = [0, 1, 2, 3].flatMap((k) => {
      const fall = Math.exp(-1.2)
      const trough = (100 * fall * (1 - fall ** k)) / (1 - fall)
      const row = (after: number, evid: number, amount: string, value: string, weight: number) =>
        [1, 12 * k + after, evid, amount, value, weight].join(',')
      return [
        ...(k === 0 ? [] : [row(0, 0, '.', `${((trough / 20) * 80) / 70}`, 80)]),
        row(0, 1, '100', '.', 70),
        row(0, 0, '.', `${(((trough + 100) / 20) * 60) / 70}`, 60),
        row(6, 0, '.', `${((trough + 100) * Math.exp(-0.6)) / 20}`, 70),
      ]
    })
    const folder = folderWith({ 'm.txt': text, 'd.csv': `ID,TIME,EVID,AMT,DV,WT\n${rows.join('\n')}\n` })
    const { out } = await cartkin(folder, ['fit', 'm.txt', '--data', 'd.csv', '--out', 'f', '--workers', '1', '--json'])
    const { estimates, objective } = JSON.parse(out)
    expect(estimates.map(({ estimate }: { estimate: number }) => estimate)).toEqual([
      expect.closeTo(2, 5),
      expect.closeTo(20, 4),
    ])
    expect(objective).toBeLessThan(1e-6)
  })

  it.each([
    [['--endpoint', 'C=log'], 3, 'nothing is to be estimated'],
    [['--estimate', 'k'], 3, 'no residual error lines'],
    [['--estimate', 'kk', '--endpoint', 'C=log'], 3, 'kk is to be estimated'],
    [['--estimate', 'k', '--endpoint', 'D=log'], 3, 'D, which is neither a state nor an output'],
    [['--estimate', 'k=1', '--endpoint', 'C=log'], 2, 'expected k=LO:HI'],
    [
      ['--estimate', 'k', '--endpoint', 'C=poisson'],
      2,
      'log, additive, proportional, power, combined, combined1 or least-squares',
    ],
    [['--estimate', 'k', '--endpoint', 'C=log+t(0)'], 2, 't or t(DF) with DF above 0, got t(0)'],
    [['--estimate', 'k', '--endpoint', 'C=log', '--blq', 'M5'], 2, 'expected M1, M2, M3 or M4, got M5'],
    [['--estimate', 'k=1:5', '--endpoint', 'C=log'], 3, 'outside its bounds 1 to 5'],
  ])('%j is refused', async (words, code, message) => {
    const folder = folderWith({ 'm.txt': plain, 'd.csv': data })
    const run = await cartkin(folder, ['fit', 'm.txt', '--data', 'd.csv', '--out', 'f', '--workers', '1', ...words])
    expect([run.code, run.note]).toEqual([code, expect.stringContaining(message)])
  })
})

const plan = `name: decay
title: A decay
seed: 4
steps:
  - kind: simulate
    name: course
    model: m.txt
    regimen: { doses: [{ time: 0, cmt: A, amt: 10 }] }
    times: 0:5:1
  - kind: report
    sections:
      - { title: Course, of: course, quantities: [C], scale: linear }
`

describe('run and verify', () => {
  it('writes results, report and manifest, and finds a change in them', async () => {
    const folder = folderWith({ 'm.txt': plain, 'plan.yaml': plan })
    const run = await cartkin(folder, ['run', 'plan.yaml', '--out', 'r', '--workers', '1', '--json'])
    expect(run.code).toBe(0)
    const first = readFileSync(join(folder, 'r/manifest.json'), 'utf8')
    expect(readFileSync(join(folder, 'r/report.html'), 'utf8')).toContain('A decay')
    expect((await cartkin(folder, ['verify', 'r'])).out).toBe('r: 2 files, all as they were written\n')

    // Again, over the earlier result: the same bytes.
    expect((await cartkin(folder, ['run', 'plan.yaml', '--out', 'r', '--workers', '1'])).code).toBe(0)
    expect(readFileSync(join(folder, 'r/manifest.json'), 'utf8')).toBe(first)

    const file = join(folder, 'r/course.arrow')
    const bytes = readFileSync(file)
    bytes[100] = (bytes[100] ?? 0) ^ 1
    writeFileSync(file, bytes)
    const verified = await cartkin(folder, ['verify', 'r', '--json'])
    expect(verified.code).toBe(3)
    expect(JSON.parse(verified.out)).toMatchObject({ ok: false, findings: [{ file: 'course.arrow', kind: 'content' }] })
  })

  it('leaves a folder alone that holds something else', async () => {
    const folder = folderWith({ 'm.txt': plain, 'plan.yaml': plan })
    const { code, note } = await cartkin(folder, ['run', 'plan.yaml', '--out', '.', '--workers', '1'])
    expect([code, note]).toEqual([3, expect.stringContaining('holds m.txt and no result of cartkin')])
  })

  it('names the plans there are', async () => {
    const { code, note } = await cartkin(folderWith(), ['run', 'lupos', '--out', 'r'])
    expect([code, note]).toEqual([
      3,
      `lupos: there is no such plan file, and the plans by name are ${shippedPlans.join(', ')}\n`,
    ])
  })
})

describe('validate', () => {
  it('holds every target of the library against our value', async () => {
    const { code, out } = await cartkin(folderWith(), ['validate', '--json'])
    const checks: readonly Readonly<Record<string, unknown>>[] = JSON.parse(out)
    expect(Object.keys(checks[0] ?? {}).join(' ')).toBe(
      'id population quantity value lo hi unit trust source tuning tuningReason ours pass model tuned standing reason',
    )
    // Known misses are shown as missed, and no failure of the command.
    const missed = checks.filter(({ pass }) => pass !== true)
    expect(missed.filter(({ standing }) => standing !== 'known miss')).toEqual([])
    expect(missed.map(({ id }) => id)).toContain('D10')
    expect(code).toBe(0)
    expect(checks.filter(({ id }) => String(id).startsWith('B'))).toHaveLength(30)
  })

  it('writes a page, the rows and a manifest; a miss that is not known is a failure', async () => {
    const folder = folderWith({ 'm.txt': plain })
    // Three patients are no cohort: their spread misses what is recorded as met.
    const { code, out } = await cartkin(folder, ['validate', '--population', '3', '--out', 'v'])
    expect(code).toBe(4)
    expect(out).toMatch(/^D10 .* NO \(known\) +tuned +found/m)
    expect(out).toMatch(/^C02 .* NO +tuned +found/m)
    expect(out).toContain('v/validation.html')
    const rows: readonly { readonly id: string }[] = JSON.parse(
      readFileSync(join(folder, 'v', 'validation.json'), 'utf8'),
    )
    expect(rows.map(({ id }) => id)).toContain('D10')
    expect(readFileSync(join(folder, 'v', 'validation.html'), 'utf8').includes('MISSED')).toBe(true)
    expect((await cartkin(folder, ['verify', 'v'])).code).toBe(0)
    const refused = await cartkin(folder, ['validate', '--out', '.'])
    expect([refused.code, refused.note]).toEqual([3, expect.stringContaining('holds ')])
  })
})
