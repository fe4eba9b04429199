import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

const model = 'k = 0.1\nd/dt(A) = -k*WT*A\nf(A) = WT'
const rows: readonly (readonly [number, number])[] = [
  [0, 1],
  [1, 2],
  [3, 1.5],
  [4, 3],
]
const data = `ID,TIME,EVID,AMT,WT\n1,0,1,10,1\n${rows.map(([time, wt]) => `1,${time},0,.,${wt}`).join('\n')}\n`
const column = (out: string, name: string) => {
  const [header = '', ...lines] = out.trim().split('\n')
  const at = header.split(',').indexOf(name)
  return lines.map((line) => Number(line.split(',')[at]))
}
const tight = ['--rtol', '1e-11', '--atol', '1e-13']

describe('covariates that change with time in data', () => {
  it.each([
    ['nonmem', [], 1],
    ['nonmem', ['--record-rules', 'nonmem'], 1],
    ['rxode2', ['--record-rules', 'rxode2'], 0],
  ] as const)('go the way of %s with %j', async (rules, words, later) => {
    const folder = folderWith({ 'm.txt': model, 'd.csv': data })
    const { code, out, note } = await cartkin(folder, ['simulate', 'm.txt', '--events', 'd.csv', ...tight, ...words])
    expect(code).toBe(0)
    expect(note).toContain(`covariates that change with time: WT (in 1 subject)`)
    expect(note).toContain(`as in ${rules}`.replace('nonmem', 'NONMEM'))
    let amount = 10
    const expected = rows.map(([time], k) => {
      const before = rows[k - 1]
      if (before !== undefined) amount *= Math.exp(-0.1 * rows[k - 1 + later]![1] * (time - before[0]))
      return amount
    })
    column(out, 'A').forEach((value, k) => {
      expect(value / expected[k]!).toBeCloseTo(1, 9)
    })
  })

  it('go the way that the text says', async () => {
    const folder = folderWith({ 'm.txt': `locf(WT)\n${model}`, 'p.txt': model, 'd.csv': data })
    const run = (words: readonly string[]) => cartkin(folder, ['simulate', ...words, '--events', 'd.csv', ...tight])
    const { out } = await run(['m.txt'])
    expect(out).toBe((await run(['p.txt', '--record-rules', 'rxode2'])).out)
    expect(out).not.toBe((await run(['p.txt'])).out)
  })

  it('are refused at the cell where the first row has none', async () => {
    const folder = folderWith({ 'm.txt': model, 'd.csv': data.replace('1,0,1,10,1', '1,0,1,10,.') })
    const { code, note } = await cartkin(folder, ['simulate', 'm.txt', '--events', 'd.csv'])
    expect(code).toBe(3)
    expect(note).toContain('d.csv:2:10: column WT: "." is no value of the covariate WT at the first row of subject 1')
  })

  it('are converted with the times of the data', async () => {
    const scaled = data.replace('TIME', 'TIME [h]').replace(/^1,(\d)/gm, (_, time) => `1,${24 * Number(time)}`)
    const text = `m <- function() {
      units <- list(time = "day")
      model({
        d/dt(A) <- -0.1*WT*A
        f(A) <- WT
      })
    }`
    const folder = folderWith({ 'm.txt': text, 'h.csv': scaled, 'd.csv': data })
    const run = async (file: string) => (await cartkin(folder, ['simulate', 'm.txt', '--events', file])).out
    expect(await run('h.csv')).toBe(await run('d.csv'))
  })

  it('are known to a fit, which finds what made the data', async () => {
    const text = `m <- function() {
      ini({ lk <- log(0.25); sd <- 0.1 })
      model({
        k <- exp(lk)
        d/dt(A) <- -k*WT*A
        A ~ lnorm(sd)
      })
    }`
    let amount = 10
    const observed = rows.slice(1).map(([time, wt], k) => {
      amount *= Math.exp(-0.4 * wt * (time - rows[k]![0]))
      return `1,${time},0,.,${wt},${amount}`
    })
    const folder = folderWith({
      'm.txt': text,
      'd.csv': `ID,TIME,EVID,AMT,WT,DV\n1,0,1,10,1,.\n${observed.join('\n')}\n`,
    })
    const words = ['fit', 'm.txt', '--data', 'd.csv', '--estimate', 'lk', '--out', 'fit', '--json', '--param', 'sd=0.1']
    const { out, note } = await cartkin(folder, words)
    expect(note).toContain('covariates that change with time')
    const found = JSON.parse(out).estimates.find(({ name }: { name: string }) => name === 'lk')
    expect(found.estimate).toBeCloseTo(Math.log(0.4), 4)
  })
})

describe('random effects of the subjects in data', () => {
  const text = `m <- function() {
    ini({ lk <- log(0.3); eta.k ~ 0.1; occ.k ~ 0.2 | occ })
    model({
      k <- exp(lk + eta.k + occ.k)
      d/dt(A) <- -k*A
    })
  }`
  const occasions =
    'ID,TIME,EVID,AMT,occ\n1,0,1,10,1\n1,1,0,.,1\n1,2,0,.,1\n1,3,0,.,2\n1,4,0,.,2\n2,0,1,10,2\n2,1,0,.,2\n2,2,0,.,2\n'
  const run = (words: readonly string[], table = occasions) =>
    cartkin(folderWith({ 'm.txt': text, 'd.csv': table }), [
      'simulate',
      'm.txt',
      '--events',
      'd.csv',
      ...tight,
      ...words,
    ])

  it('are drawn for each, and for each occasion', async () => {
    const { code, out } = await run(['--random-effects', '--seed', '4'])
    expect(code).toBe(0)
    const a = column(out, 'A')
    const rate = (k: number) => Math.log(a[k]! / a[k + 1]!)
    // the second occasion begins at its first row, at 3
    expect(rate(1) / rate(0)).not.toBeCloseTo(rate(2) / rate(0), 3)
    expect(Math.log(10 / a[0]!)).toBeCloseTo(rate(0), 8)
    expect(Math.log(10 / a[4]!)).toBeCloseTo(rate(4), 8)
    expect(rate(4)).not.toBeCloseTo(rate(0), 3)
    expect((await run(['--random-effects', '--seed', '4'])).out).toBe(out)
    expect((await run(['--random-effects', '--seed', '5'])).out).not.toBe(out)
    expect(column((await run([])).out, 'A')[0]).toBeCloseTo(10 * Math.exp(-0.3), 8)
  })

  it('keep the values that are given', async () => {
    const { out } = await run(['--random-effects', '--param', 'occ.k=0', '--param', 'eta.k=0'])
    expect(column(out, 'A')[1]).toBeCloseTo(10 * Math.exp(-0.6), 8)
  })

  it('need a column that tells the occasions apart', async () => {
    const { code, note } = await run(['--random-effects'], occasions.replace('occ', 'visit'))
    expect(code).toBe(3)
    expect(note).toContain('occ.k ~ … | occ is drawn for each value of a column occ, of which subject 1 has none')
  })
})
