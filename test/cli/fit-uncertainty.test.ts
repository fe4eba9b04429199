import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

const text = `ini({
  A = 8
  k = 0.5
  sd = 0.3
})
model({
  d/dt(x) = -k*x
  x(0) = A
  x ~ lnorm(sd)
})
`
/** Three subjects on 10 e^(−0.3 t), some 10 % off. */
const data = [
  'ID,TIME,DV,EVID',
  ...[1, 2, 3].flatMap((id) =>
    [0.5, 1, 2, 4, 8].map((time, k) => {
      const off = [0.1, -0.05, 0.02, -0.12, 0.06, 0.08, -0.09][(3 * id + 2 * k) % 7]!
      return `${id},${time},${(10 * Math.E ** (-0.3 * time + off)).toPrecision(6)},0`
    }),
  ),
].join('\n')
const files = { 'm.txt': text, 'd.csv': `${data}\n` }
const words = ['fit', 'm.txt', '--data', 'd.csv', '--workers', '1']

describe('fit with profiles and a bootstrap', () => {
  it('tells the intervals and their shape, and keeps them as tables', async () => {
    const folder = folderWith(files)
    const more = ['--profile', 'k,A', '--level', '0.9', '--bootstrap', '8', '--seed', '5', '--out', 'r']
    const { code, out } = await cartkin(folder, [...words, ...more])
    expect(code).toBe(0)
    expect(out).toMatch(/profile +estimate +90 % interval +shape/)
    expect(out.match(/closed on both sides/g)).toHaveLength(2)
    expect(out).toContain('case bootstrap: 8 data sets, 0 not fitted and left out')
    const read = (name: string) =>
      readFileSync(join(folder, 'r', name), 'utf8')
        .trim()
        .split('\n')
    expect(read('fit-intervals.csv')[1]).toMatch(/^k,0\.\d+,0\.9,0\.\d+,0\.\d+,closed on both sides$/)
    expect(read('fit-replicates.csv')).toHaveLength(9)
    expect(read('fit-bootstrap.csv').map((line) => line.split(',')[0])).toEqual(['parameter', 'A', 'k', 'sd'])
    expect(read('fit-profiles.csv').length).toBeGreaterThan(10)
    const json = JSON.parse(readFileSync(join(folder, 'r', 'fit.json'), 'utf8'))
    expect(json.sandwich).toMatchObject({ by: 'subject', clusters: 3, warning: expect.stringContaining('too few') })
    expect(json.profiles[0]).toMatchObject({ name: 'k', level: 0.9, shape: 'closed on both sides' })
  })

  it('begins anew where a profile comes upon a better point, and says so', async () => {
    // (th² − 1)²/0.6² + (th − 1)²/3²: a minimum near −1 behind a hill lower than the limit, and the lowest at 1
    const hill = `ini({
  th = -0.9
})
model({
  d/dt(clock) = 1
  a = th*th - 1
  b = th
  a ~ add(0.6)
  b ~ add(3)
})
`
    const folder = folderWith({ 'm.txt': hill, 'd.csv': 'ID,TIME,DVID,DV,EVID\n1,1,a,0,0\n1,1,b,1,0\n' })
    const alone = await cartkin(folder, [...words, '--out', 'alone', '--json'])
    expect(JSON.parse(alone.out).estimates[0].estimate).toBeCloseTo(-0.98, 2)
    const { code, note, out } = await cartkin(folder, [...words, '--profile', 'all', '--out', 'r', '--json'])
    expect(code).toBe(0)
    expect(note).toContain('the profile of th came upon a lower objective than the fit')
    const told = JSON.parse(out)
    expect(told.estimates[0].estimate).toBeCloseTo(1, 6)
    expect(told.profiles.map(({ better }: { readonly better: unknown }) => better)).toEqual([null])
    const kept = JSON.parse(readFileSync(join(folder, 'r', 'fit.json'), 'utf8'))
    expect(kept.fits.map(({ start }: { readonly start: string }) => start)).toEqual([
      'values × 1',
      'a point on the profile of th',
    ])
    expect(kept.best).toBe(1)
    expect(kept.begunAnew).toContain('in place of')
    expect(readFileSync(join(folder, 'r', 'report.html'), 'utf8')).toContain('a point on the profile of th')
    // the same among drawn starts
    const drawn = await cartkin(folder, [
      ...words,
      ...['--profile', 'all', '--multi-start', '2', '--spread', '1.01', '--out', 's', '--json'],
    ])
    expect(JSON.parse(drawn.out).starts).toContain('1 of 3 starts reached the lowest objective')
  })

  it('says before a fit what data can tell, and writes nothing', async () => {
    const { code, out } = await cartkin(folderWith(files), [...words, '--check', '--out', 'r'])
    expect(code).toBe(0)
    expect(out).toMatch(/k +0\.5 +\d+\.\d+ % +determined/)
    expect(out).toContain('15 observations determine 3 of 3 directions at the starts')
    const product = text.replace('-k*x', '-k*h*x').replace('k = 0.5', 'k = 0.5\n  h = 1')
    const { out: told } = await cartkin(folderWith({ ...files, 'm.txt': product }), [...words, '--check'])
    expect(told).toContain('the data cannot tell k and h apart')
    expect(told).toMatch(/h +1 +not determined/)
    expect(told).toContain('determine 3 of 4 directions')
  })

  it('refuses what does not go together', async () => {
    const folder = folderWith(files)
    const refused = async (...more: readonly string[]) => {
      const { code, note } = await cartkin(folder, [...words, '--out', 'r', ...more])
      expect(code).toBeGreaterThan(1)
      return note
    }
    expect(await refused('--level', '0.9')).toContain('say --profile or --bootstrap too')
    expect(await refused('--bootstrap-kind', 'case')).toContain('say how many data sets')
    expect(await refused('--profile', 'kk')).toContain('kk is not estimated, so it has no profile')
    expect(await refused('--profile', 'k,')).toContain('expected names between commas')
  })
})
