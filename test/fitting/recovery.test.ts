import { exp } from '@cartkin/numerics'
import { describe, expect, it } from 'vitest'
import { bias, coverage, mean, pooledIntervals, print, type Replicate, replicate, typical } from './recovery-study.ts'

const long = process.env['CARTKIN_LONG'] === '1'
const replicates = long ? 200 : 20

/**
 * 30 patients pooled into one course, a tenth to a fifth of the values below the limit of quantification: what is done with
 * these decides about the terminal rate. The whole study, with its figures: `CARTKIN_LONG=1 npx vitest run test/fitting/recovery`.
 */
describe(`the terminal rate of 30 pooled patients in ${replicates} replicates`, () => {
  const replicatesAt = async (variability: number) => {
    const all: Replicate[] = []
    for (let seed = 1; seed <= replicates; seed++) all.push(await replicate(seed, variability))
    return all
  }
  const told = (what: string, all: readonly Replicate[], truth: number) => {
    const [m1, m3] = [
      bias(
        all.map((one) => one.m1),
        truth,
      ),
      bias(
        all.map((one) => one.m3),
        truth,
      ),
    ]
    if (long)
      print(`${what} truth ${truth}:`, {
        m1,
        m3,
        complete: bias(
          all.map((one) => one.complete),
          truth,
        ),
      })
    return { m1, m3 }
  }

  it('has under half the bias with M3 that it has without the values below the limit, on either scale', async () => {
    const all = await replicatesAt(0)
    const { m1, m3 } = told('patients of one course,', all, typical.beta)
    expect(mean(all.map(({ below }) => below))).toBeGreaterThan(0.1)
    expect(m1.logMean).toBeLessThan(-0.2)
    for (const kind of ['mean', 'median', 'logMean', 'logMedian'] as const)
      expect(Math.abs(m3[kind]), kind).toBeLessThan(0.25 * Math.abs(m1[kind]))
  }, 300_000)

  it('so, too, where patients differ: against what their data say where nothing is censored', async () => {
    const all = await replicatesAt(1)
    expect(mean(all.map(({ below }) => below))).toBeGreaterThan(0.15)
    const m1 = bias(
      all.map((one) => one.m1 / one.complete),
      1,
    )
    const m3 = bias(
      all.map((one) => one.m3 / one.complete),
      1,
    )
    expect(m1.logMean).toBeLessThan(-0.6)
    for (const kind of ['mean', 'median', 'logMean', 'logMedian'] as const)
      expect(Math.abs(m3[kind]), kind).toBeLessThan(0.5 * Math.abs(m1[kind]))
    if (!long) return
    // of values that are log-normal between patients the logarithm has its mean at the typical value, the value itself above it
    const typicalRate = told('patients that differ,', all, typical.beta)
    expect(Math.abs(typicalRate.m3.logMean)).toBeLessThan(0.5 * Math.abs(typicalRate.m1.logMean))
    const meanRate = told('patients that differ,', all, typical.beta * exp(0.86 / 2))
    expect(Math.abs(meanRate.m3.mean)).toBeLessThan(0.5 * Math.abs(meanRate.m1.mean))
  }, 300_000)

  it('has profile intervals, as all parameters have, that hold the truth in 90 to 99 of 100', async () => {
    const intervals = []
    for (let seed = 1; seed <= (long ? 200 : 4); seed++) intervals.push(...(await pooledIntervals(seed)))
    const shares = coverage(intervals)
    if (long) print('pooled, one course:', Object.fromEntries(shares))
    // of few replicates only all parameters together can say something
    if (!long) expect(mean([...shares.values()].map(({ share }) => share))).toBeGreaterThan(0.87)
    for (const { share, identified, of } of long ? shares.values() : []) {
      expect(identified).toBe(of)
      expect(share).toBeGreaterThanOrEqual(0.9)
      expect(share).toBeLessThanOrEqual(0.99)
    }
  }, 900_000)
})
