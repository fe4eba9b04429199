import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exp } from '@cartkin/numerics'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

const text = 'A = 8\nk = 0.5\nd/dt(x) = -k*x\nx(0) = A\n'

/** A result of `fit`: A with a variance, k at its bound without. */
const kept = {
  model: 'm.txt',
  best: 0,
  estimated: [
    { name: 'A', scale: 'log', lower: 0, upper: null },
    { name: 'k', scale: 'log', lower: 0.1, upper: 0.5 },
    { name: 'x.sd', scale: 'log', lower: 0, upper: null },
  ],
  endpoints: [{ quantity: 'x', scale: 'log', error: { kind: 'additive', a: 'x.sd' } }],
  errorParameters: {},
  fits: [
    {
      estimates: [
        { name: 'A', estimate: 10 },
        { name: 'k', estimate: 0.5 },
        { name: 'x.sd', estimate: 0.3 },
      ],
      tied: [],
      covariance: [0.04, null, 0, null, null, null, 0, null, 1e-12],
    },
  ],
}

function folderOf(fit: unknown = kept, model = text): string {
  const folder = folderWith({ 'm.txt': model })
  mkdirSync(join(folder, 'r'))
  writeFileSync(join(folder, 'r', 'fit.json'), JSON.stringify(fit))
  return folder
}

const words = ['simulate', 'm.txt', '--uncertainty', 'r', '--draws', '300', '--times', '0,2', '--seed', '3']

/** Rows by band and quantity at a time: percentiles 2.5, 5, 25, 50, 75, 95, 97.5. */
function rowsOf(csv: string) {
  const lines = csv.trim().split('\n')
  return (band: string, quantity: string, time: number) =>
    lines
      .find((line) => line.startsWith(`${band},${quantity},${time},`))!
      .split(',')
      .slice(3)
      .map(Number)
}

describe('simulate --uncertainty', () => {
  it('has the bands of a log-normal amplitude and its residual error', async () => {
    const { code, out, note } = await cartkin(folderOf(), [...words, '--workers', '1'])
    expect(code).toBe(0)
    expect(note).toContain('no variance of k; its estimate is kept')
    expect(out).toMatch(/^band,quantity,time,p2\.5,p5,p25,p50,p75,p95,p97\.5\n/)
    const at = rowsOf(out)
    // x = A e^(−k t), ln A normal with sd 0.2; the 95 % ends of 300 draws are known to some 15 % of the sd
    for (const time of [0, 2]) {
      const centre = 10 * exp(-0.5 * time)
      const [low = NaN, , , middle = NaN, , , high = NaN] = at('confidence', 'x', time)
      expect(Math.log(low / centre) / 0.2).toBeCloseTo(-1.96, 0)
      expect(Math.log(high / centre) / 0.2).toBeCloseTo(1.96, 0)
      expect(Math.abs(Math.log(middle / centre))).toBeLessThan(0.05)
      // a measured value spreads by √(0.2² + 0.3²)
      const [least = NaN, , , , , , most = NaN] = at('prediction', 'x.sim', time)
      expect(Math.log(most / least) / (2 * 1.96 * 0.3606)).toBeGreaterThan(0.85)
      expect(Math.log(most / least) / (2 * 1.96 * 0.3606)).toBeLessThan(1.15)
    }
  })

  it('is the same for any number of workers', async () => {
    const folder = folderOf()
    const few = words.with(5, '12')
    const one = await cartkin(folder, [...few, '--workers', '1'])
    const three = await cartkin(folder, [...few, '--workers', '3'])
    expect(one.code).toBe(0)
    expect(three.out).toBe(one.out)
  })

  it('draws a patient with each vector where the model has random effects', async () => {
    const random = `ini({
  A = 8
  k = 0.5
  eta ~ 0.25
})
model({
  d/dt(x) = -k*x
  x(0) = A*exp(eta)
})
`
    const { code, out } = await cartkin(folderOf(kept, random), [...words, '--workers', '1'])
    expect(code).toBe(0)
    const at = rowsOf(out)
    const [low = NaN, , , , , , high = NaN] = at('prediction', 'x', 2)
    const spread = Math.sqrt(0.04 + 0.25)
    expect(Math.log(high / low) / (2 * 1.96 * spread)).toBeGreaterThan(0.85)
    expect(Math.log(high / low) / (2 * 1.96 * spread)).toBeLessThan(1.15)
    const [least = NaN, , , , , , most = NaN] = at('confidence', 'x', 2)
    expect(Math.log(most / least)).toBeLessThan(Math.log(high / low) / 2)
  })

  it('refuses what does not belong together', async () => {
    const refused = async (folder: string, ...more: readonly string[]) => {
      const { code, note } = await cartkin(folder, [...words, '--workers', '1', ...more])
      expect(code).toBeGreaterThan(1)
      return note
    }
    expect(await refused(folderOf(), '--param', 'k=1')).toContain('k has a value, which draws from the fit would vary')
    expect(await refused(folderOf(kept, text.replaceAll('k', 'q')))).toContain('the fit estimated k, which the model')
    expect(await refused(folderOf({ best: 0 }))).toContain('does not keep a fit')
    expect(await refused(folderWith({ 'm.txt': text }))).toContain('r/fit.json')
    expect(await refused(folderOf(), '--population', '3')).toContain('leave out --population')
    const { note } = await cartkin(folderOf(), ['simulate', 'm.txt', '--times', '0,1', '--draws', '5'])
    expect(note).toContain('give its folder with --uncertainty')
  })
})
