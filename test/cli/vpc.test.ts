import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

const model = `ini({
  tk <- 0.3
  eta.k ~ 0.09
  sd <- 0.2
})
model({
  d/dt(A) = -tk*exp(eta.k)*A
  C = A/2
  C ~ lnorm(sd)
})
`
const ids = Array.from({ length: 24 }, (_, k) => k + 1)
const times = [0.5, 1, 2, 3, 5, 7]
const design = [
  'ID,TIME,EVID,AMT,DV',
  ...ids.flatMap((id) => [`${id},0,1,10,.`, ...times.map((time) => `${id},${time},0,.,1`)]),
].join('\n')

/** A data set drawn from the model, with the design above. */
async function drawn(folder: string, seed: number): Promise<string> {
  const words = [
    'simulate',
    'm.txt',
    '--events',
    'design.csv',
    '--random-effects',
    '--observations',
    '--seed',
    `${seed}`,
  ]
  const { code, out } = await cartkin(folder, words)
  expect(code).toBe(0)
  const [head = '', ...lines] = out.trim().split('\n')
  const at = head.split(',').indexOf('C.sim')
  const values = lines.map((line) => line.split(',')[at])
  let k = 0
  return design
    .split('\n')
    .map((line) => (line.endsWith(',0,.,1') ? `${line.slice(0, -1)}${values[k++]}` : line))
    .join('\n')
}

interface Told {
  readonly endpoints: readonly {
    readonly stratum?: string
    readonly observations: number
    readonly below: number
    readonly lloq: number | null
    readonly percentiles: number
    readonly inside: number
    readonly bins: readonly {
      readonly below: { readonly observed: number; readonly lower: number; readonly upper: number }
      readonly percentiles: readonly { readonly observed: number; readonly lower: number; readonly upper: number }[]
    }[]
  }[]
}

async function checked(folder: string, text: string, data: string, ...more: readonly string[]): Promise<Told> {
  const words = ['vpc', text, '--data', data, '--replicates', '60', '--seed', '5', '--json', ...more]
  for (const [option, value] of [['--workers', '1'] as const, ['--out', 'v'] as const])
    if (!more.includes(option)) words.push(option, value)
  const { code, out, note } = await cartkin(folder, words)
  expect(code, note).toBe(0)
  return JSON.parse(out)
}

describe('vpc', () => {
  it('holds data of the model itself in the bands at the nominal rate, and not those of another', async () => {
    const folder = folderWith({ 'm.txt': model, 'w.txt': model.replace('0.3', '0.6'), 'design.csv': design })
    const found = { all: 0, inside: 0 }
    for (const seed of [21, 22]) {
      writeFileSync(join(folder, 'd.csv'), await drawn(folder, seed))
      const { endpoints } = await checked(folder, 'm.txt', 'd.csv')
      expect(endpoints[0]?.bins).toHaveLength(times.length)
      found.all += endpoints[0]?.percentiles ?? 0
      found.inside += endpoints[0]?.inside ?? 0
    }
    expect(found.all).toBe(2 * 3 * times.length)
    expect(found.inside / found.all).toBeGreaterThan(0.75)
    const { endpoints } = await checked(folder, 'w.txt', 'd.csv')
    expect(endpoints[0]?.inside).toBeLessThan(0.5 * (endpoints[0]?.percentiles ?? 0))
  })

  it('compares the share below the limit of quantification, and gives equal bits for any number of workers', async () => {
    const folder = folderWith({ 'm.txt': model, 'design.csv': design })
    writeFileSync(join(folder, 'd.csv'), await drawn(folder, 31))
    const { endpoints } = await checked(folder, 'm.txt', 'd.csv', '--lloq', '1', '--out', 'one')
    const [found] = endpoints
    expect(found?.lloq).toBe(1)
    expect(found?.below).toBeGreaterThan(20)
    const shares = found?.bins.map(({ below }) => below) ?? []
    expect(shares[0]).toMatchObject({ observed: 0, upper: 0 })
    const last = shares.at(-1)
    expect(last?.observed).toBeGreaterThan(0.5)
    expect(last && last.observed >= last.lower && last.observed <= last.upper).toBe(true)
    await checked(folder, 'm.txt', 'd.csv', '--lloq', '1', '--workers', '2', '--out', 'two')
    for (const file of ['vpc.json', 'vpc.arrow'])
      expect(readFileSync(join(folder, 'two', file)).equals(readFileSync(join(folder, 'one', file))), file).toBe(true)
    const html = readFileSync(join(folder, 'one', 'report.html'), 'utf8')
    expect(html).toContain('share of the observations below 1')
  })

  it('sees a trough before the dose of the same time, and takes the estimates of a fit', async () => {
    const text =
      'ini({\n  k <- c(0.01, 1, 5)\n  sd <- c(0, 0.1)\n})\nmodel({\n  d/dt(A) = -k*A\n  C = A\n  C ~ lnorm(sd)\n})\n'
    const rows = [
      '1,0,1,10,.',
      `1,2,0,.,${10 * Math.exp(-1)}`,
      '1,4,0,.,1.36',
      '1,4,1,1000,.',
      `1,3,0,.,${10 * Math.exp(-1.5)}`,
    ]
    const data = ['ID,TIME,EVID,AMT,DV', rows[0], rows[1], rows[4], rows[2], rows[3]].join('\n')
    const folder = folderWith({ 'm.txt': text, 'd.csv': data })
    expect((await cartkin(folder, ['fit', 'm.txt', '--data', 'd.csv', '--out', 'f', '--workers', '1'])).code).toBe(0)
    const { endpoints } = await checked(folder, 'm.txt', 'd.csv', '--fit', 'f', '--bins', '0,3.5,5')
    const trough = endpoints[0]?.bins[1]?.percentiles[1]
    expect(trough?.lower).toBeGreaterThan(1.2)
    expect(trough?.upper).toBeLessThan(1.5)
    // errors of a fit where the text has none
    writeFileSync(join(folder, 'n.txt'), text.replace('  C ~ lnorm(sd)\n', '').replace('  sd <- c(0, 0.1)\n', ''))
    const words = ['fit', 'n.txt', '--data', 'd.csv', '--endpoint', 'C=log', '--out', 'g', '--workers', '1']
    expect((await cartkin(folder, words)).code).toBe(0)
    const bare = await checked(folder, 'n.txt', 'd.csv', '--fit', 'g', '--bins', '0,3.5,5', '--out', 'h')
    expect(bare.endpoints[0]?.bins[1]?.percentiles[1]?.upper).toBeLessThan(1.5)
  })

  it('takes the population of a library model, with a residual error that is given', async () => {
    const rows = [1, 2, 3].flatMap((id) => [7, 14, 28].map((day) => `${id},${day},0,.,${1000 * id}`))
    const folder = folderWith({ 'd.csv': ['ID,TIME,EVID,AMT,DV', ...rows].join('\n') })
    const { endpoints } = await checked(folder, 'stein-2019', 'd.csv', '--error', 'C=lnorm(0.01)')
    const [low, , high] = endpoints[0]?.bins[2]?.percentiles ?? []
    expect(high && low && high.upper / low.lower).toBeGreaterThan(10)
    const other = rows.map((row) => `${row},${row.startsWith('1') ? 2 : 1}`)
    writeFileSync(join(folder, 'e.csv'), ['ID,TIME,EVID,AMT,DV,DVID', ...other].join('\n'))
    const words = [
      'vpc',
      'stein-2019',
      '--data',
      'e.csv',
      '--error',
      'C=lnorm(0.5)',
      '--replicates',
      '20',
      '--out',
      'x',
    ]
    const { note, out } = await cartkin(folder, [...words, '--workers', '1'])
    expect(note).toContain('no residual error for are left out: 2 (3)')
    expect(out).toMatch(/\nC +6 /)
    // what nobody says is that of the library's note, and is told with its source
    const noted = await cartkin(folder, ['vpc', 'stein-2019', ...words.slice(2, 4), '--replicates', '20', '--out', 'n'])
    expect(noted.code).toBe(0)
    expect(noted.note).toContain('residual error from the note of stein-2019 on its fits: C ~ lnorm(0.56) (Stein 2019')
    expect(noted.out).toMatch(/\nC +6 /)
  })

  it('checks strata by themselves, and takes out what doses explain', async () => {
    const arms = Array.from({ length: 8 }, (_, k) => ({ id: k + 1, arm: k % 2 === 0 ? 'low' : 'high', wt: 60 + k }))
    const rows = arms.flatMap(({ id, arm, wt }) => {
      const dose = arm === 'low' ? 10 : 1000
      return [
        `${id},0,1,${dose},.,${arm},${wt}`,
        ...[1, 3].map((time) => `${id},${time},0,.,${(dose / 2) * Math.exp(-0.3 * time) * (1 + id / 50)},${arm},${wt}`),
      ]
    })
    const data = ['ID,TIME,EVID,AMT,DV,ARM,WT', ...rows].join('\n')
    const same = data.replaceAll(',1000,', ',10,')
    const folder = folderWith({ 'm.txt': model, 'd.csv': data, 'same.csv': same })
    const few = ['--replicates', '20', '--bins', '0,2,4'] as const
    const run = async (file: string, out: string, ...more: readonly string[]): Promise<Told> => {
      const words = ['vpc', 'm.txt', '--data', file, '--seed', '5', '--json', '--workers', '1', '--out', out]
      const { code, out: told, note } = await cartkin(folder, [...words, ...few, ...more])
      expect(code, note).toBe(0)
      return JSON.parse(told)
    }
    const whole = await run('d.csv', 'whole', '--ignore', 'ARM')
    const parts = await run('d.csv', 'parts', '--stratify', 'arm')
    expect(parts.endpoints.map(({ stratum, observations }) => [stratum, observations])).toEqual([
      ['low', 8],
      ['high', 8],
    ])
    expect(whole.endpoints[0]?.observations).toBe(16)
    const spread = ({ endpoints }: Told, place = 0) => {
      const [low, , high] = endpoints[place]?.bins[0]?.percentiles ?? []
      return (high?.observed ?? NaN) / (low?.observed ?? NaN)
    }
    expect(spread(whole)).toBeGreaterThan(50)
    expect(spread(parts)).toBeLessThan(2)
    const corrected = await run('d.csv', 'corrected', '--prediction-corrected', '--ignore', 'ARM')
    expect(spread(corrected)).toBeLessThan(2)
    const page = readFileSync(join(folder, 'parts', 'report.html'), 'utf8')
    expect(page).toContain('stratified by arm')
    expect(page).toContain('low: 8 observations of 4 subjects')
    expect(readFileSync(join(folder, 'corrected', 'report.html'), 'utf8')).toContain(
      'Prediction-corrected visual predictive check',
    )
    // where all have one dose, predictions of a time are equal, and there is nothing to correct
    const ignored = ['--ignore', 'ARM'] as const
    const [plain, equal] = [
      await run('same.csv', 'p', ...ignored),
      await run('same.csv', 'e', '--prediction-corrected', ...ignored),
    ]
    expect(equal.endpoints).toEqual(plain.endpoints)
  })

  it('says what it needs', async () => {
    const folder = folderWith({
      'm.txt': model,
      'n.txt': 'k = 1\nd/dt(A) = -k*A\n',
      'd.csv': design,
      'e.csv': 'ID,TIME,EVID,AMT\n1,0,1,10\n',
    })
    const run = async (...words: readonly string[]) => {
      const { code, note } = await cartkin(folder, ['vpc', ...words, '--out', 'v', '--workers', '1'])
      expect(code).toBe(3)
      return note
    }
    expect(await run('n.txt', '--data', 'd.csv')).toContain(
      'n.txt: has no residual errors to simulate observations with',
    )
    expect(await run('m.txt', '--data', 'e.csv')).toContain('holds no observations')
    expect(await run('m.txt', '--data', 'd.csv', '--bins', '3,2')).toContain('must ascend')
    expect(await run('m.txt', '--data', 'd.csv', '--stratify', 'ARM')).toContain(
      'there is no column ARM to stratify by',
    )
    expect(await run('m.txt', '--data', 'd.csv', '--fit', 'nowhere')).toContain('fit.json')
  })
})
