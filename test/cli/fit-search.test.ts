import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

/** Two phases, 30 % of the cells in the slow one, off by fixed factors. */
const factors = [1.1, 0.92, 1.05, 0.95, 1.08, 0.93, 1.03, 0.97, 1.04, 0.94]
const data = [
  'ID,TIME,EVID,DV',
  ...factors.map((factor, k) => {
    const t = 0.5 * (k + 1)
    return `1,${t},0,${10 * (0.7 * Math.exp(-2 * t) + 0.3 * Math.exp(-0.2 * t)) * factor}`
  }),
].join('\n')
const model = `fast = 1
slow = 0.5
share = 0.5
d/dt(clock) = 1
C = 10*((1 - share)*exp(-fast*t) + share*exp(-slow*t))
`
const files = { 'm.txt': model, 'd.csv': data }
const words = (out: string, ...more: readonly string[]) => [
  ...[
    'fit',
    'm.txt',
    '--data',
    'd.csv',
    '--endpoint',
    'C=log',
    '--estimate',
    'fast=0.001:100,slow=0.001:100,share=0:1',
  ],
  ...['--scale', 'share=logit', '--out', out, '--json', ...more],
]
const hashes = (folder: string, out: string) =>
  JSON.parse(readFileSync(join(folder, out, 'manifest.json'), 'utf8')).files.map(
    ({ name, sha256 }: { readonly name: string; readonly sha256: string }) => `${name} ${sha256}`,
  )

describe('fit --multi-start', () => {
  it('gives the same files for any number of workers, and says what the starts found', async () => {
    const folder = folderWith(files)
    const run = (out: string, workers: string) =>
      cartkin(folder, words(out, '--multi-start', '8', '--seed', '4', '--spread', '5', '--workers', workers))
    const one = await run('one', '1')
    const two = await run('two', '2')
    expect([one.code, one.note]).toEqual([0, expect.any(String)])
    expect(hashes(folder, 'two')).toEqual(hashes(folder, 'one'))
    const result = JSON.parse(one.out)
    expect(JSON.parse(two.out).objective).toBe(result.objective)
    expect(result.starts).toMatch(/^\d of 8 starts reached the lowest objective/)
    const kept = JSON.parse(readFileSync(join(folder, 'one', 'fit.json'), 'utf8'))
    expect(kept.fits).toHaveLength(1)
    expect(kept.fits[kept.best].objective).toBe(result.objective)
    const objectives = kept.starts.fits.map(({ objective }: { readonly objective: number }) => objective)
    expect(objectives).toHaveLength(8)
    expect(objectives.toSorted((a: number, b: number) => a - b)).toEqual(objectives)
    const report = readFileSync(join(folder, 'one', 'report.html'), 'utf8')
    expect(report).toContain('starts reached the lowest objective')
    expect(report).toContain('steps are minima')
  })

  it('needs a number for a seed or a spread', async () => {
    const { code, note } = await cartkin(folderWith(files), words('out', '--seed', '3'))
    expect(code).toBe(2)
    expect(note).toContain('--seed belongs to --multi-start N')
  })
})

describe('fit --method nelder-mead', () => {
  it('reaches the objective of the search with derivatives', async () => {
    const folder = folderWith(files)
    const exact = JSON.parse((await cartkin(folder, words('exact', '--workers', '1'))).out)
    const { code, out } = await cartkin(folder, words('simplex', '--method', 'nelder-mead', '--workers', '1'))
    expect(code).toBe(0)
    const simplex = JSON.parse(out)
    expect(simplex.objective).toBeCloseTo(exact.objective, 5)
    expect(simplex.evaluations).toBeGreaterThan(2 * exact.evaluations)
    expect(simplex.estimates[0].standardError).toBeCloseTo(exact.estimates[0].standardError, 3)
  })
})

describe('fit --tie and --prior', () => {
  it('tie a parameter, which is reported with its standard error, and pin one by a narrow prior', async () => {
    const folder = folderWith(files)
    const { code, out } = await cartkin(folder, [
      ...['fit', 'm.txt', '--data', 'd.csv', '--endpoint', 'C=log', '--estimate', 'slow,share=0:1', '--out', 'tied'],
      ...['--tie', 'fast=10*slow', '--scale', 'share=logit', '--prior', 'share=0.4:0.001', '--workers', '1'],
    ])
    expect(code).toBe(0)
    expect(out).toMatch(/\nfast +5\.000 /)
    const { fits, best } = JSON.parse(readFileSync(join(folder, 'tied', 'fit.json'), 'utf8'))
    const { estimates, tied, priorObjective } = fits[best]
    expect(estimates.map(({ name }: { readonly name: string }) => name)).toEqual(['slow', 'share', 'C.sd'])
    expect(tied).toEqual([expect.objectContaining({ name: 'fast', parameter: 'slow', factor: 10 })])
    expect(tied[0].estimate).toBe(10 * estimates[0].estimate)
    expect(tied[0].standardError).toBe(10 * estimates[0].standardError)
    expect(estimates[1].estimate).toBeCloseTo(0.4, 3)
    expect(priorObjective).toBeGreaterThan(0)
  })

  it.each([
    [['--tie', 'fast=2*nothing'], 3, 'fast is tied to nothing, which is not estimated'],
    [['--prior', 'slow=1'], 2, 'expected slow=MEAN:SD'],
  ])('%j is refused', async (more, expected, message) => {
    const { code, note } = await cartkin(folderWith(files), [
      ...['fit', 'm.txt', '--data', 'd.csv', '--endpoint', 'C=log', '--estimate', 'slow', '--out', 'out'],
      ...more,
    ])
    expect(note).toContain(message)
    expect(code).toBe(expected)
  })
})
