import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

const pk = `function() {
  ini({ k <- 0.5; eta.k ~ 0.04; s <- 0.1; p <- 0.2 })
  model({
    d/dt(A) <- -k*exp(eta.k)*A
    A(0) <- 8
    C <- A/2
    lam <- 3*C
    C ~ prop(p)
    A ~ add(s)
    lam ~ pois(lam) | count
  })
}`
const words = ['simulate', 'm.txt', '--times', '0:4:1']

describe('simulate --observations', () => {
  it('adds a column for each residual error, after all others', async () => {
    const folder = folderWith({ 'm.txt': pk })
    const { code, out } = await cartkin(folder, [...words, '--observations'])
    expect(code).toBe(0)
    const [header, ...rows] = out.trim().split('\n')
    expect(header).toBe('time,A,C,lam,C.sim,A.sim,count.sim')
    for (const row of rows) {
      const [, a = 0, c = 0, , drawnC, drawnA, count] = row.split(',').map(Number)
      expect(drawnC).not.toBe(c)
      expect(Math.abs((drawnA ?? 0) - a)).toBeLessThan(0.6)
      expect(Number.isInteger(count)).toBe(true)
    }
    expect((await cartkin(folder, [...words, '--observations', '--seed', '1'])).out).toBe(out)
    expect((await cartkin(folder, [...words, '--observations', '--seed', '2'])).out).not.toBe(out)
  })

  it('gives patients the same numbers for any number of workers, and leaves their courses alone', async () => {
    const folder = folderWith({ 'm.txt': pk })
    const many = [...words, '--population', '9', '--seed', '5']
    const [one, three, bare] = await Promise.all([
      cartkin(folder, [...many, '--observations', '--workers', '1']),
      cartkin(folder, [...many, '--observations', '--workers', '3']),
      cartkin(folder, [...many, '--workers', '1']),
    ])
    expect(one.out).toBe(three.out)
    const cut = one.out
      .trim()
      .split('\n')
      .map((row) => row.split(',').slice(0, 5).join(','))
    expect(cut).toEqual(bare.out.trim().split('\n'))
  })

  it('has percentiles, which are wider than those of the predictions', async () => {
    const folder = folderWith({ 'm.txt': pk })
    const { out } = await cartkin(folder, [
      ...words,
      '--population',
      '200',
      '--observations',
      '--percentiles',
      '--quantities',
      'C,C.sim',
      '--workers',
      '1',
    ])
    const rows = out
      .trim()
      .split('\n')
      .map((row) => row.split(','))
    const width = (quantity: string) => {
      const row = rows.find(([name, time]) => name === quantity && time === '1') ?? []
      return Number(row[6]) - Number(row[2])
    }
    expect(width('C.sim')).toBeGreaterThan(1.5 * width('C'))
  })

  it('draws for every row of the data, other numbers for every subject', async () => {
    const folder = folderWith({ 'm.txt': pk, 'd.csv': 'ID,TIME\na,1\na,2\nb,1\n' })
    const { out } = await cartkin(folder, ['simulate', 'm.txt', '--events', 'd.csv', '--observations'])
    const [header = '', ...rows] = out.trim().split('\n')
    const k = header.split(',').indexOf('C.sim')
    expect(new Set(rows.map((row) => row.split(',')[k])).size).toBe(3)
  })

  it('serves a model without random effects: patients differ by their observations', async () => {
    const folder = folderWith({ 'm.txt': 'ini({ s <- 1 })\nmodel({\ny = 5 + 0*time\ny ~ add(s)\n})\n' })
    const { code, out } = await cartkin(folder, [
      'simulate',
      'm.txt',
      '--times',
      '0',
      '--population',
      '30',
      '--observations',
      '--workers',
      '1',
    ])
    expect(code).toBe(0)
    expect(
      new Set(
        out
          .trim()
          .split('\n')
          .slice(1)
          .map((row) => row.split(',')[3]),
      ).size,
    ).toBe(30)
  })

  it('is refused for a model without residual errors, and a seed without use', async () => {
    const folder = folderWith({ 'm.txt': 'd/dt(A) = -A\nA(0) = 1\n', 'p.txt': pk })
    const none = await cartkin(folder, [...words, '--observations'])
    expect([none.code, none.note]).toEqual([3, expect.stringContaining('has no residual errors')])
    const seed = await cartkin(folder, ['simulate', 'p.txt', '--times', '0:1:1', '--seed', '3'])
    expect([seed.code, seed.note]).toEqual([2, expect.stringContaining('--observations')])
  })

  it('is a line of plans: courses with observations, and bands of them', async () => {
    const folder = folderWith({
      'm.txt': pk,
      'p.yaml':
        'name: p\ntitle: P\nseed: 3\nsteps:\n  - { kind: simulate, name: s, model: m.txt, times: "0:2:1", observations: true }\n  - { kind: population, name: n, model: m.txt, times: "0:2:1", subjects: 20, quantities: [C.sim] }\n  - { kind: report, sections: [{ title: S, of: n }] }\n',
    })
    const { code, note } = await cartkin(folder, ['run', 'p.yaml', '--out', 'r', '--workers', '1'])
    expect([code, note]).toEqual([0, expect.any(String)])
  })
})
