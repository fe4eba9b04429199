import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

/** X(t) = exp(0.7 t) until the drug comes. */
const growth = `k = 0.7 # [1/day]
WT = 50 # [kg]
d/dt(X) = k*X - 0.01*D*X # [cells]
d/dt(D) = -2*D # [mg] Drug
X(0) = 1
`
const rules = `rules:
  - name: drug
    when: X >= 5 for 12 h
    give: drug 8 mg/kg into D
    atMost: 2
    apart: 8 h
`
const files = { 'm.txt': growth, 'r.yaml': rules }

function cells(csv: string): readonly Record<string, string>[] {
  const [header = [], ...rows] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','))
  return rows.map((row) => Object.fromEntries(header.map((name, k) => [name, row[k] ?? ''])))
}

describe('simulate --rules', () => {
  it('decides doses at roots, writes them as records, and tells them', async () => {
    const folder = folderWith(files)
    const command = ['simulate', 'm.txt', '--rules', 'r.yaml', '--times', '0:4:1', '--rtol', '1e-10']
    const { code, out } = await cartkin(folder, [...command, '--decisions', 'd.csv', '--out', 'c.csv', '--json'])
    expect(code).toBe(0)
    const decided = cells(readFileSync(join(folder, 'd.csv'), 'utf8'))
    const time = Math.log(5) / 0.7 + 0.5
    expect(decided).toHaveLength(1)
    expect(decided[0]).toMatchObject({ ID: '1', EVID: '1', AMT: '400', CMT: 'D', label: 'Drug 8 mg/kg', rule: 'drug' })
    expect(Number(decided[0]?.['TIME'])).toBeCloseTo(time, 7)
    expect(JSON.parse(out)).toMatchObject({
      decided: [{ id: '1', rule: 'drug', time: expect.closeTo(time, 7), cmt: 'D', amt: 400 }],
      doseTimes: [expect.closeTo(time, 7)],
    })
    // the decided record as a fixed dose, without rules, gives the same file
    const { TIME, AMT } = decided[0] ?? {}
    const fixed = folderWith({ ...files, 'g.yaml': `doses: [{ time: ${TIME}, cmt: D, amt: ${AMT} }]\n` })
    const again = command.toSpliced(2, 2, '--regimen', 'g.yaml')
    expect((await cartkin(fixed, [...again, '--out', 'c.csv'])).code).toBe(0)
    expect(readFileSync(join(fixed, 'c.csv'), 'utf8')).toBe(readFileSync(join(folder, 'c.csv'), 'utf8'))
  })

  it('writes all records for NONMEM and --events, which give the same course without rules', async () => {
    const regimen =
      'doses: [{ time: -2, cmt: D, amt: 30, duration: 0.5 }, { time: 1, cmt: D, amt: 10, ii: 1, addl: 1 }]\n'
    const infused = rules.replace('into D', 'into D over 3 h after 1 h')
    const folder = folderWith({ 'm.txt': `${growth}f(D) = 0.8\nlag(D) = 0.1\n`, 'r.yaml': infused, 'g.yaml': regimen })
    const common = ['--times', '-2:8:0.25']
    const command = ['simulate', 'm.txt', '--regimen', 'g.yaml', '--rules', 'r.yaml', ...common]
    const ruled = await cartkin(folder, [
      ...command,
      '--records',
      'given.csv',
      '--decisions',
      'd.csv',
      '--out',
      'a.csv',
    ])
    expect(ruled.code).toBe(0)
    expect(cells(readFileSync(join(folder, 'd.csv'), 'utf8')).length).toBeGreaterThan(1)
    const again = ['simulate', 'm.txt', '--events', 'given.csv', ...common, '--out', 'b.csv']
    expect((await cartkin(folder, again)).code).toBe(0)
    expect(readFileSync(join(folder, 'b.csv'), 'utf8')).toBe(readFileSync(join(folder, 'a.csv'), 'utf8'))
    const many = ['simulate', 'm.txt', ...common, '--population', '2', '--records', 'x.csv']
    expect(await cartkin(folder, many)).toMatchObject({ code: 2, note: expect.stringContaining('--records') })
  })

  it('decides for each subject of a file, and where the rules stand in a regimen', async () => {
    const events = 'ID,TIME,EVID,AMT,CMT,k\n1,0,0,.,.,0.7\n1,4,0,.,.,0.7\n2,0,0,.,.,0.1\n2,4,0,.,.,0.1\n'
    const folder = folderWith({ ...files, 'e.csv': events, 'g.yaml': `doses: []\n${rules}` })
    for (const option of [
      ['--rules', 'r.yaml'],
      ['--regimen', 'g.yaml'],
    ]) {
      const { code, note } = await cartkin(folder, [
        'simulate',
        'm.txt',
        '--events',
        'e.csv',
        ...option,
        '--decisions',
        'd.csv',
        '--out',
        'c.csv',
      ])
      expect([code, note]).toEqual([0, expect.anything()])
      expect(cells(readFileSync(join(folder, 'd.csv'), 'utf8')).map((row) => row['ID'])).toEqual(['1'])
    }
  })

  it('reads the rules of the documentation', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/decision-rules.md'), 'utf8')
    const from = page.indexOf('```yaml\n') + '```yaml\n'.length
    const folder = folderWith({ 'rules.yaml': page.slice(from, page.indexOf('```', from)) })
    const command = ['simulate', 'oncology-qsp', '--rules', 'rules.yaml', '--times', '0:10:1', '--decisions', 'd.csv']
    const { code } = await cartkin(folder, [...command, '--param', 'p6=200000', '--out', 'c.csv'])
    expect(code).toBe(0)
    const rows = cells(readFileSync(join(folder, 'd.csv'), 'utf8'))
    expect(rows.map((row) => row['rule'])).toContain('tocilizumab')
    expect(rows.map((row) => row['rule'])).toContain('dexamethasone')
  })

  it('refuses with the place of what is wrong', async () => {
    const folder = folderWith({
      ...files,
      'a.yaml': rules.replace('X >= 5', 'Y >= 5'),
      'b.yaml': rules.replace('    apart: 8 h\n', ''),
      'c.yaml': rules.replace('into D', 'into DD'),
      'd.yaml': `${rules}${rules.slice('rules:\n'.length)}`,
    })
    const refusal = async (file: string) =>
      (await cartkin(folder, ['simulate', 'm.txt', '--rules', file, '--times', '0:4:1'])).note
    expect(await refusal('a.yaml')).toContain('a.yaml:3:11: rules.0.when: the model has no state or output Y')
    expect(await refusal('b.yaml')).toContain('b.yaml:5:13: rules.0.atMost: above 1 needs `apart:`')
    expect(await refusal('c.yaml')).toContain('c.yaml:4:11: rules.0.give: the model has no state DD')
    expect(await refusal('d.yaml')).toContain('rules.1.name: two rules have the name drug')
    const timing = ['simulate', 'm.txt', '--rules', 'r.yaml', '--times', '0:4:1', '--timing', '--json']
    expect(await cartkin(folder, timing)).toMatchObject({ code: 2, note: expect.stringContaining('--rules') })
  })
})
