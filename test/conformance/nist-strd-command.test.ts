import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from '../cli/run-main.ts'
import { digits } from './nist-strd-problem.ts'
import { publicProblems } from './nist-strd-public.ts'

interface Estimate {
  readonly estimate: number
  readonly standardError: number
}

/** `cartkin fit` on a formula as model text, with the predictor as a column of the data. */
async function fitted(name: string, start: 'start1' | 'start2'): Promise<readonly Estimate[]> {
  const problem = publicProblems[name]
  if (problem === undefined) throw new Error(name)
  const values = problem.data.trim().split(/\s+/)
  const rows = values.flatMap((y, k) => (k % 2 === 0 ? [`${k / 2},${y},${values[k + 1]}`] : []))
  const names = problem[start].map((_, k) => `b${k + 1}`)
  const folder = folderWith({
    'm.txt': `${problem[start].map((value, k) => `b${k + 1} = ${value}\n`).join('')}${problem.model.replaceAll('**', '^')}\n`,
    'd.csv': `TIME,DV,x\n${rows.join('\n')}\n`,
  })
  const { code, note } = await cartkin(folder, [
    ...['fit', 'm.txt', '--data', 'd.csv', '--endpoint', 'y=least-squares', '--workers', '1', '--out', 'out'],
    ...['--estimate', names.map((own) => `${own}=-1e9:1e9`).join()],
    ...names.flatMap((own) => ['--scale', `${own}=linear`]),
  ])
  expect(code, note).toBe(0)
  const result: { readonly fits: readonly { readonly estimates: readonly Estimate[] }[] } = JSON.parse(
    readFileSync(join(folder, 'out', 'fit.json'), 'utf8'),
  )
  return result.fits[0]?.estimates ?? []
}

describe('least squares by the command, on problems of NIST StRD', () => {
  it.each([
    ['BoxBOD', 'start2'],
    ['Misra1b', 'start1'],
    ['Rat42', 'start1'],
    ['MGH09', 'start2'],
    ['Roszman1', 'start1'],
  ] as const)(
    '%s from %s',
    async (name, start) => {
      const estimates = await fitted(name, start)
      const { certified = [], certified_sd: deviations = [] } = publicProblems[name] ?? {}
      expect(estimates.length).toBe(certified.length)
      estimates.forEach(({ estimate, standardError }, k) => {
        expect(digits(estimate, certified[k] ?? '')).toBeGreaterThan(6)
        expect(digits(standardError, deviations[k] ?? '')).toBeGreaterThan(4)
      })
    },
    30_000,
  )
})
