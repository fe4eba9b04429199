import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { arrowToTable } from '@cartkin/tables'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

interface Reported {
  readonly subjects: readonly { readonly endpoints: Readonly<Record<string, number | null>> }[]
}

async function patients(count: number, ...more: readonly string[]): Promise<Reported['subjects']> {
  const { code, out } = await cartkin(folderWith({}), [
    'simulate',
    'kimmel-2021',
    '--population',
    String(count),
    '--times',
    '0,365,730',
    '--quantities',
    'B',
    '--json',
    ...more,
  ])
  expect(code).toBe(0)
  const report: Reported = JSON.parse(out)
  return report.subjects
}

describe('cure by chance', () => {
  it('is told of every virtual patient, the same for any number of workers and in a plan', async () => {
    const one = await patients(12, '--workers', '1')
    expect(await patients(12, '--workers', '2')).toEqual(one)
    const folder = folderWith({
      'plan.yaml': [
        'name: cures',
        'title: Cures',
        'seed: 1',
        'steps:',
        '  - { kind: population, name: chance, model: kimmel-2021, subjects: 12, times: "0,365,730", quantities: [B] }',
      ].join('\n'),
    })
    expect((await cartkin(folder, ['run', 'plan.yaml', '--out', 'result'])).code).toBe(0)
    const { columns } = arrowToTable(readFileSync(join(folder, 'result/chance-endpoints.arrow')))
    const table = (name: string) => [...(columns.find((column) => column.name === name)?.values ?? [])]
    for (const name of ['Cured', 'Cure_probability'])
      expect(table(name)).toEqual(one.map(({ endpoints }) => endpoints[name]))
    for (const { endpoints } of one) {
      const { Cured, Cure_probability, Cure_day } = endpoints
      expect([0, 1]).toContain(Cured)
      expect(Cure_day === null).toBe(Cured === 0)
      expect(Cure_probability).toBeGreaterThanOrEqual(0)
      expect(Cure_probability).toBeLessThanOrEqual(1)
    }
    expect(new Set(one.map(({ endpoints }) => endpoints['Cured'])).size).toBe(2)
  })

  it('is a probability alone for a single patient, whose course is that of the equations', async () => {
    const { code, out } = await cartkin(folderWith({}), [
      'simulate',
      'kimmel-2021',
      '--param',
      'rB=0.1',
      '--times',
      '0,100,365',
      '--json',
    ])
    expect(code).toBe(0)
    const { endpoints, table } = JSON.parse(out)
    const values: Record<string, number | null> = Array.isArray(endpoints)
      ? Object.fromEntries(endpoints.map(({ name, value }) => [name, value]))
      : endpoints
    expect(values['Cure_probability']).toBeCloseTo(0.724, 3)
    expect(values['Cured']).toBeNull()
    expect(table.B[1]).toBeGreaterThan(0)
  })
})
