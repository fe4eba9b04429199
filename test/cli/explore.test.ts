import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { arrowToTable } from '@cartkin/tables'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

/** Two arms of three; arm B has twice the dose and twice the values; the last values of arm A are below the limit of 0.5. */
const data = [
  'ID,TIME,NOMTIME,EVID,AMT,DV,CENS,ARM',
  ...[1, 2, 3].flatMap((id) => [
    `${id},0,0,1,10,.,0,A`,
    `${id},1.${id},1,0,.,${id},0,A`,
    id === 3 ? `${id},2.${id},2,0,.,0.7,0,A` : `${id},2.${id},2,0,.,0.5,1,A`,
  ]),
  ...[4, 5, 6].flatMap((id) => [
    `${id},0,0,1,20,.,0,B`,
    `${id},1.${id},1,0,.,${2 * (id - 3)},0,B`,
    `${id},2.${id},2,0,.,${id},0,B`,
  ]),
].join('\n')

/** Rows of the summaries by group and time. */
function summaries(folder: string): ReadonlyMap<string, Readonly<Record<string, number | string>>> {
  const table = arrowToTable(readFileSync(join(folder, 'explore.arrow')), 'explore.arrow')
  const rows = table.columns[0]?.values.length ?? 0
  return new Map(
    Array.from({ length: rows }, (_, row) => {
      const record = Object.fromEntries(table.columns.map(({ name, values }) => [name, values[row] ?? '']))
      return [`${record['group']} ${record['time']}`, record] as const
    }),
  )
}

describe('explore', () => {
  it('summarises groups of a column of texts by nominal time, values below the limit as the lowest', async () => {
    const folder = folderWith({ 'd.csv': data })
    const { code, out } = await cartkin(folder, ['explore', '--data', 'd.csv', '--by', 'ARM', '--out', 'e', '--json'])
    expect(code).toBe(0)
    const { groups, counts } = JSON.parse(out)
    expect(groups).toEqual([
      { name: 'A', subjects: 3, doses: 3 },
      { name: 'B', subjects: 3, doses: 3 },
    ])
    expect(counts[0]).toMatchObject({ group: 'A', subjects: 3, observations: 6, below: 2, lloq: 0.5 })
    const found = summaries(join(folder, 'e'))
    expect([...found.keys()]).toEqual(['A 1', 'A 2', 'B 1', 'B 2'])
    expect(found.get('A 1')).toMatchObject({ count: 3, below: 0, mean: 2, sd: 1, p25: 1.5, p50: 2, p75: 2.5 })
    expect(found.get('A 2')).toMatchObject({ below: 2, p50: Number.NEGATIVE_INFINITY, p75: Number.NEGATIVE_INFINITY })
    expect(found.get('A 2')?.['mean']).toBeNaN()
    expect(found.get('B 2')).toMatchObject({ count: 3, mean: 5, p5: 4.1 })
    const html = readFileSync(join(folder, 'e', 'report.html'), 'utf8')
    for (const said of [
      'every subject',
      'median and quartiles',
      'mean ± standard error',
      'share of the observations below',
    ])
      expect(html).toContain(said)
  })

  it('groups by dose where subjects share doses, else not; bins times that have no nominal ones', async () => {
    const plain = data
      .split('\n')
      .map((line) =>
        line
          .split(',')
          .filter((_, k) => k !== 2 && k !== 7)
          .join(','),
      )
      .join('\n')
    const folder = folderWith({ 'd.csv': plain, 'own.csv': plain.replaceAll(/^(\d),0,1,\d0/gm, '$1,0,1,1$1') })
    const run = async (file: string, out: string) =>
      JSON.parse((await cartkin(folder, ['explore', '--data', file, '--out', out, '--json'])).out)
    const { groupedBy, groups } = await run('d.csv', 'e')
    expect(groupedBy).toBe('dose')
    expect(groups.map(({ name }: { name: string }) => name)).toEqual(['10', '20'])
    const found = summaries(join(folder, 'e'))
    expect([...found.values()].map(({ count }) => count)).toEqual([3, 3, 3, 3])
    expect((await run('own.csv', 'o')).groupedBy).toBe('')
  })

  it('takes a limit that is given, and says which columns there are', async () => {
    const folder = folderWith({ 'd.csv': data.replaceAll(/,[01],([AB])$/gm, ',.,$1') })
    const words = ['explore', '--data', 'd.csv', '--by', 'ARM', '--lloq', '1.5', '--out', 'e', '--json']
    const { counts } = JSON.parse((await cartkin(folder, words)).out)
    expect(counts[0]).toMatchObject({ below: 4, lloq: 1.5 })
    const wrong = await cartkin(folder, ['explore', '--data', 'd.csv', '--by', 'SEX', '--out', 'f'])
    expect(wrong.code).toBe(3)
    expect(wrong.note).toContain('--by SEX: there is no such column beside those of the records; there are NOMTIME')
  })
})
