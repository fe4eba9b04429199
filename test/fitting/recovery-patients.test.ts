import { describe, expect, it } from 'vitest'
import { coverage, holds, mean, patientIntervals, print, typical } from './recovery-study.ts'

const long = process.env['CARTKIN_LONG'] === '1'
/** Patients of each of 200 replicates in the whole study. */
const share = 2

/** Each patient alone, simulated from Stein 2019 with its variances; 11 samples over a year. */
describe('profile intervals of single patients', () => {
  it('hold the truth in 90 to 99 of 100', async () => {
    const intervals = []
    for (let seed = 1; seed <= (long ? 200 : 3); seed++)
      for (let patient = 0; patient < (long ? share : 1); patient++)
        intervals.push(...(await patientIntervals(seed, patient)))
    const found = coverage(intervals)
    if (long) print('each alone:', Object.fromEntries(found))
    expect([...found.keys()]).toEqual(Object.keys(typical))
    if (!long) expect(mean(intervals.map((one) => (holds(one) ? 1 : 0)))).toBeGreaterThan(0.87)
    for (const { share } of long ? found.values() : []) {
      expect(share).toBeGreaterThanOrEqual(0.9)
      expect(share).toBeLessThanOrEqual(0.99)
    }
    const yes = intervals.filter(({ identified }) => identified === 'yes')
    expect(mean(yes.map((one) => (holds(one) ? 1 : 0)))).toBeGreaterThan(0.85)
  }, 2_400_000)

  it('reach into the valley in which the decline that was seen is the first phase, not the terminal one', async () => {
    const intervals = await patientIntervals(2, 8)
    const beta = intervals.find(({ name }) => name === 'beta')
    // 0.0051; the fit takes the only decline to be seen, 0.08 a day, for the terminal one
    expect(beta?.truth).toBeLessThan(0.006)
    expect(beta?.lower).not.toBeGreaterThan(0.006)
    expect(beta?.identified).not.toBe('yes')
  })
})
