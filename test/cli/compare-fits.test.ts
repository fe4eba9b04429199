import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

const factors = [1.1, 0.9, 1.05, 0.95, 1.1, 0.92, 1.03, 0.96]
const data = (last: number) =>
  [
    'ID,TIME,EVID,AMT,DV',
    '1,0,1,10,.',
    ...factors.map((factor, k) => `1,${k + 1},0,.,${5 * Math.exp(-0.3 * (k + 1)) * factor}`),
    `1,9,0,.,${last}`,
  ].join('\n')
const model = (V: string, Q: string) => `ini({
  k <- c(0.001, 0.6, 10)
  V <- ${V}
  Q <- ${Q}
  sd <- c(0, 0.3)
})
model({
  d/dt(A) = -k*A
  C = A/V + 0*Q
  C ~ lnorm(sd)
})
`
const free = 'c(0.1, 2, 50)'

async function fitted(folder: string, text: string, file: string, out: string): Promise<number> {
  const words = ['fit', text, '--data', file, '--out', out, '--workers', '1', '--json']
  const { code, out: told } = await cartkin(folder, words)
  expect(code).toBe(0)
  return JSON.parse(told).objective
}

describe('compare-fits', () => {
  it('tests the smaller within the larger by chi squared, and orders by AIC and BIC', async () => {
    const folder = folderWith({
      's.txt': model('fixed(2.3)', 'fixed(1)'),
      'l.txt': model(free, 'fixed(1)'),
      'd.csv': data(0.4),
    })
    const small = await fitted(folder, 's.txt', 'd.csv', 'small')
    const large = await fitted(folder, 'l.txt', 'd.csv', 'large')
    const { code, out } = await cartkin(folder, ['compare-fits', 'large', 'small', '--json'])
    expect(code).toBe(0)
    const { fits, tests } = JSON.parse(out)
    expect(fits.map((fit: { name: string }) => fit.name)).toEqual(['large', 'small'])
    expect(fits[1].aic - fits[0].aic).toBeCloseTo(small - large - 2, 9)
    expect(fits[1].bic - fits[0].bic).toBeCloseTo(small - large - Math.log(9), 9)
    expect(Math.min(fits[0].deltaAic, fits[1].deltaAic)).toBe(0)
    expect(tests).toHaveLength(1)
    expect(tests[0]).toMatchObject({ smaller: 'small', larger: 'large', degreesOfFreedom: 1 })
    expect(tests[0].statistic).toBeCloseTo(small - large, 9)
    expect(tests[0].message).toContain('adds V')
    expect(small - large).toBeGreaterThan(2)
    const { out: table } = await cartkin(folder, ['compare-fits', 'large', 'small'])
    expect(table).toContain('degrees of freedom')
  })

  it('says by which parameters two fits are not nested', async () => {
    const folder = folderWith({
      'a.txt': model(free, 'fixed(1)'),
      'b.txt': model('fixed(2)', 'fixed(1)'),
      'd.csv': data(0.4),
    })
    await fitted(folder, 'b.txt', 'd.csv', 'b')
    const words = [
      'fit',
      'a.txt',
      '--data',
      'd.csv',
      '--param',
      'k=0.3',
      '--estimate',
      'V',
      '--out',
      'a',
      '--workers',
      '1',
    ]
    expect((await cartkin(folder, words)).code).toBe(0)
    const { out } = await cartkin(folder, ['compare-fits', 'a', 'b'])
    expect(out).toMatch(/no test: (V is|k is) estimated in the smaller model alone/)
  })

  it('refuses fits of other data by their hash, and folders without a fit', async () => {
    const folder = folderWith({ 's.txt': model(free, 'fixed(1)'), 'd.csv': data(0.4), 'e.csv': data(0.5) })
    await fitted(folder, 's.txt', 'd.csv', 'one')
    await fitted(folder, 's.txt', 'e.csv', 'two')
    const { code, note } = await cartkin(folder, ['compare-fits', 'one', 'two'])
    expect(code).toBe(3)
    expect(note).toMatch(/two: was fitted to other data than one \(SHA-256 [0-9a-f]{12}… and SHA-256 [0-9a-f]{12}…\)/)
    expect((await cartkin(folder, ['compare-fits', 'one', 'nothing'])).code).toBe(3)
    expect((await cartkin(folder, ['compare-fits', 'one', 'one'])).code).toBe(2)
    await cartkin(folder, ['fit', 's.txt', '--data', 'd.csv', '--lloq', '0.5', '--out', 'three', '--workers', '1'])
    const other = await cartkin(folder, ['compare-fits', 'one', 'three'])
    expect(other.code).toBe(3)
    expect(other.note).toContain('other observations of the same file')
  })
})
