import {
  endpointTable,
  estimateTable,
  licenceNote,
  parameterTable,
  provenanceTable,
  type ReportTable,
  targetTable,
} from '@cartkin/reports'
import { describe, expect, it } from 'vitest'

const texts = ({ rows }: ReportTable) =>
  rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : 'text' in cell ? cell.text : 'picture')))

const estimate = {
  name: 'rho',
  estimate: 0.8891,
  start: 0.4446,
  standardError: 0.031,
  relativeStandardError: 0.0349,
  lower95: 0.8304,
  upper95: 0.952,
  atBound: null,
}
const unknown = {
  standardError: Number.NaN,
  relativeStandardError: Number.NaN,
  lower95: Number.NaN,
  upper95: Number.NaN,
}

describe('estimateTable', () => {
  it('shows estimate, start, error and interval', () => {
    const parameters = new Map([['rho', { unit: '1/day', label: 'expansion' }]])
    expect(texts(estimateTable({ estimates: [estimate], parameters }))).toEqual([
      ['rho, expansion', '1/day', '0.8891', '0.4446', '0.031', '3.5', '0.83 to 0.952', ''],
    ])
  })

  it.each([
    ['at a bound', { atBound: 'upper' as const }, [], 'at its upper bound'],
    ['collinear', unknown, [{ names: ['rho', 'd_E', 'p6'] }], 'not identified: collinear with d_E, p6'],
    ['not identified', unknown, [{ names: ['d_E', 'p6'] }], 'not identified by these data'],
    ['imprecise', { relativeStandardError: 0.62 }, [], 'imprecise: RSE above 50 %'],
    [
      'bounded and imprecise',
      { atBound: 'lower' as const, relativeStandardError: 2 },
      [],
      'at its lower bound; imprecise: RSE above 50 %',
    ],
  ])('says in words when an estimate is %s', (_, change, collinear, remark) => {
    expect(texts(estimateTable({ estimates: [{ ...estimate, ...change }], collinear }))[0]?.[7]).toBe(remark)
  })

  it('writes n/e and explains it, never a blank', () => {
    const table = estimateTable({ estimates: [{ ...estimate, ...unknown }] })
    expect(texts(table)[0]?.slice(4, 7)).toEqual(['n/e', 'n/e', 'n/e'])
    expect(table.notes?.join()).toContain('n/e: not estimable')
  })
})

describe('tables of a study', () => {
  it('give the verdict on a target in words, with trust and source', () => {
    const row = { id: 'B01', quantity: 'peak day', unit: 'd', value: 9, lo: 7, hi: 10, ours: 8.25, source: 'Park 2025' }
    const table = targetTable([
      { ...row, pass: true, trust: 'found' },
      { ...row, pass: false, trust: 'memory' },
    ])
    expect(texts(table).map((cells) => cells[6])).toEqual(['within', 'outside'])
    expect(table.rows.map((cells) => cells[3])).toEqual([
      { text: '9', trust: 'found' },
      { text: '9', trust: 'memory' },
    ])
    expect(table.caption).toBe('Published values and ours: 1 of 2 within the published range.')
  })

  it('say why an endpoint is missing', () => {
    const rows = [
      { label: 'B cells return', unit: 'day', values: [110.2, Number.NaN], note: 'never above 10 within the run' },
    ]
    expect(texts(endpointTable(rows, ['Typical', 'Severe']))).toEqual([
      ['B cells return', 'day', '110', 'none', 'never above 10 within the run'],
    ])
    expect(endpointTable([{ ...rows[0]!, note: '' }], ['Typical', 'Severe']).columns).toHaveLength(4)
  })

  it('show where a parameter comes from', () => {
    const row = {
      name: 'rho',
      label: 'expansion',
      unit: '1/day',
      value: 1.5,
      trust: 'assumption',
      source: 'set by hand',
    } as const
    expect(parameterTable([row]).rows[0]?.[2]).toEqual({ text: '1.5', trust: 'assumption' })
  })

  it('show versions, hashes, seed, counts and licences', () => {
    const table = provenanceTable(
      {
        versions: { cartkin: '0.1.0' },
        model: { id: 'lupus-qsp', sha256: 'a'.repeat(64) },
        data: { file: 'd.csv', sha256: 'b'.repeat(64) },
        options: {},
        seed: 7,
        status: { ok: 198, failed: 2 },
        licences: ['CC BY-NC 4.0'],
      },
      [['Solver', 'Rodas5P']],
    )
    expect(texts(table)).toEqual([
      ['cartkin', '0.1.0'],
      ['Model', 'lupus-qsp'],
      ['Model text, SHA-256', 'a'.repeat(64)],
      ['Data', 'd.csv'],
      ['Data, SHA-256', 'b'.repeat(64)],
      ['Seed', '7'],
      ['Runs', '198 ok, 2 failed'],
      ['Solver', 'Rodas5P'],
      ['Data licence', 'CC BY-NC 4.0'],
    ])
  })

  it('name who is to be credited, and say non-commercial where the licence does', () => {
    const note = licenceNote({ licence: 'CC BY-NC 4.0', attribution: 'Amidi Y et al. 2022' })
    expect(note).toMatchObject({ kind: 'note', tone: 'warning' })
    expect(JSON.stringify(note)).toContain('Amidi Y et al. 2022, licensed CC BY-NC 4.0. For non-commercial use only')
    expect(JSON.stringify(licenceNote({ licence: 'CC BY 4.0', attribution: 'x' }))).not.toContain('commercial')
  })
})
