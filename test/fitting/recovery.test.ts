import { log } from '@cartkin/numerics'
import { describe, expect, it } from 'vitest'
import { type Replicate, replicate } from './recovery-study.ts'

const replicates = process.env['CARTKIN_LONG'] === '1' ? 200 : 20

/**
 * 30 patients pooled into one course, with Stein's variances between them and a fifth of the values below the limit of
 * quantification: what is done with these decides about the terminal rate.
 */
describe(`the terminal rate of 30 pooled patients in ${replicates} replicates`, () => {
  const mean = (all: readonly Replicate[], of: (one: Replicate) => number) =>
    all.reduce((sum, one) => sum + of(one), 0) / all.length
  const replicatesAt = async (variability: number) => {
    const all: Replicate[] = []
    for (let seed = 1; seed <= replicates; seed++) all.push(await replicate(seed, variability))
    return all
  }

  it('has under half the bias with M3 that it has without the values below the limit', async () => {
    const all = await replicatesAt(0)
    const m1 = mean(all, (one) => log(one.m1 / 0.0032))
    const m3 = mean(all, (one) => log(one.m3 / 0.0032))
    expect(mean(all, ({ below }) => below)).toBeGreaterThan(0.1)
    expect(m1).toBeLessThan(-0.2)
    expect(Math.abs(m3)).toBeLessThan(0.2 * Math.abs(m1))
  }, 300_000)

  it('so, too, where patients differ: against what their data say where nothing is censored', async () => {
    // the course of their means is not that of a typical patient, so 0.0032 is not what it tends to
    const all = await replicatesAt(1)
    const m1 = mean(all, (one) => log(one.m1 / one.complete))
    const m3 = mean(all, (one) => log(one.m3 / one.complete))
    expect(mean(all, ({ below }) => below)).toBeGreaterThan(0.15)
    expect(m1).toBeLessThan(-0.6)
    expect(Math.abs(m3)).toBeLessThan(0.25 * Math.abs(m1))
    if (replicates < 200) return
    const typicalRate = 0.0032
    const bias = (of: (one: Replicate) => number) => Math.abs(mean(all, (one) => log(of(one) / typicalRate)))
    expect(bias(({ m3: rate }) => rate)).toBeLessThan(0.5 * bias(({ m1: rate }) => rate))
  }, 300_000)
})
