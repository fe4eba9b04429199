import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

const assays = [
  ['copies_ug', 'limit_ug'],
  ['copies_mL', 'limit_mL'],
  ['flow', 'limit_flow'],
] as const

/** Values of the oncology model, as measured with its own errors. */
const truth = { rho: 1.72, d_E: 0.232, vcn: 1, sd_ug: 0.56, sd_mL: 0.56, sd_flow: 0.56 }

it('one fit takes three assays, each censored at its own limit, and finds what they were drawn from', async () => {
  const folder = folderWith()
  const times = [1, 2, 3, 4, 5, 6, 7, 9, 11, 14, 18, 21, 28, 45, 60, 75, 90].join(',')
  const { out } = await cartkin(folder, [
    'simulate',
    'oncology-qsp-assays',
    '--times',
    times,
    '--observations',
    '--seed',
    '3',
  ])
  const [header = '', ...lines] = out.trim().split('\n')
  const names = header.split(',')
  const rows = lines.flatMap((line) => {
    const cells = line.split(',')
    const cell = (name: string) => cells[names.indexOf(name)] ?? ''
    return assays.map(([assay, limit]) => {
      const drawn = cell(`${assay}.sim`)
      const shown = Number(drawn) < Number(cell(limit)) ? 'BLQ' : drawn
      return `1,${cell('time')},0,${shown},${cell(limit)},${assay}`
    })
  })
  expect(rows.filter((row) => row.includes('BLQ')).length).toBeGreaterThan(5)
  writeFileSync(join(folder, 'd.csv'), ['ID,TIME,EVID,DV,LLOQ,ENDPOINT', ...rows].join('\n'))
  const fitted = await cartkin(folder, [
    'fit',
    'oncology-qsp-assays',
    '--data',
    'd.csv',
    '--estimate',
    'rho=1:3,d_E=0.05:1,vcn=0.1:10,sd_ug=0.05:3,sd_mL=0.05:3,sd_flow=0.05:3',
    '--start',
    'rho=1.5',
    '--start',
    'vcn=2',
    '--workers',
    '1',
    '--out',
    'f',
    '--json',
  ])
  expect(fitted.code).toBe(0)
  expect(fitted.note).toContain('censored')
  const { estimates }: { estimates: readonly { name: keyof typeof truth; lower95: number; upper95: number }[] } =
    JSON.parse(fitted.out)
  expect(estimates.map(({ name }) => name)).toEqual(Object.keys(truth))
  for (const { name, lower95, upper95 } of estimates) {
    // Twice as wide as the interval: six of them are to hold at once.
    const ratio = Math.sqrt(upper95 / lower95)
    expect(truth[name], name).toBeGreaterThan(lower95 / ratio)
    expect(truth[name], name).toBeLessThan(upper95 * ratio)
  }
})
