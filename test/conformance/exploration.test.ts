import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { arrowToTable } from '@cartkin/tables'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from '../cli/run-main.ts'

const { CARTKIN_SUITES: suites = join(import.meta.dirname, '../../../shared/suites') } = process.env
const folder = join(suites, 'xgxr')

/** Median of type 7, values below the limit first. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
}

describe.skipIf(!existsSync(folder))('the exploration of xgxr data', () => {
  it.each([
    ['sad.csv', 5, 1, 23],
    ['mad.csv', 6, 5, 25],
  ])('%s: counts by arm, and medians by nominal time', async (name, arms, kinds, below) => {
    const out = join(folderWith(), 'e')
    const words = ['explore', '--data', join(folder, name), '--by', 'TRTACT', '--out', out, '--json']
    const { code, out: told } = await cartkin('/', words)
    expect(code).toBe(0)
    const { groups, counts } = JSON.parse(told)
    expect(groups).toHaveLength(arms)
    expect(groups.every(({ subjects }: { subjects: number }) => subjects === 10)).toBe(true)
    expect(counts).toHaveLength(arms * kinds)
    expect(counts.reduce((sum: number, row: { below: number }) => sum + row.below, 0)).toBe(below)

    const table = arrowToTable(readFileSync(join(out, 'explore.arrow')))
    const column = (wanted: string) => table.columns.find((found) => found.name === wanted)?.values ?? []
    const [header = '', ...lines] = readFileSync(join(folder, name), 'utf8').trim().split(/\r?\n/)
    const names = header.split(',')
    const rows = lines.map((line) => Object.fromEntries(line.split(',').map((cell, k) => [names[k] ?? '', cell])))
    const medians = column('p50')
    expect(medians.length).toBeGreaterThan(50)
    for (let k = 0; k < medians.length; k++) {
      const kind = column('endpoint')[k]
      const own = rows.filter(
        (row) =>
          row['EVID'] === '0' &&
          row['LIDV'] !== '.' &&
          row['MDV'] === '0' &&
          row['TRTACT'] === column('group')[k] &&
          Number(row['NOMTIME']) === column('time')[k] &&
          (kind === '' || row['NAME'] === kind),
      )
      const wanted = median(own.map((row) => (row['CENS'] === '1' ? Number.NEGATIVE_INFINITY : Number(row['LIDV']))))
      expect(medians[k], `${kind} ${column('group')[k]} ${column('time')[k]}`).toBe(wanted)
    }
  })
})
