import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { arrowToTable } from '@cartkin/tables'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

/** A = amount, solved by hand: A(t) = dose·exp(−k t). */
const decay = 'k = 0.5 # [1/day] Loss\nV = 2\nd/dt(A) = -k*A\nC = A/V # [mg/L] Concentration\n'

function rows(csv: string): readonly (readonly string[])[] {
  return csv
    .trim()
    .split('\n')
    .map((line) => line.split(','))
}

describe('one patient', () => {
  it('gets doses from a regimen file, parameters by name, and a row per time', async () => {
    const folder = folderWith({
      'm.txt': decay,
      'r.yaml': 'doses:\n  - { time: 1, cmt: A, amt: 5*V, ii: 1, addl: 1 }\n',
    })
    const { code, out } = await cartkin(folder, [
      'simulate',
      'm.txt',
      '--regimen',
      'r.yaml',
      '--param',
      'k=1',
      'V=4',
      '--times',
      '0:3:1',
      '--rtol',
      '1e-9',
    ])
    expect(code).toBe(0)
    const [header, ...body] = rows(out)
    expect(header).toEqual(['time', 'A', 'C'])
    // The row at a dose shows the state after it.
    expect(body.map(([, a]) => Number(a))).toEqual([
      0,
      20,
      expect.closeTo(20 * Math.exp(-1) + 20, 6),
      expect.closeTo((20 * Math.exp(-1) + 20) * Math.exp(-1), 6),
    ])
  })

  it('writes the same numbers as CSV and Arrow', async () => {
    const folder = folderWith({ 'm.txt': `${decay}A(0) = 8\n` })
    for (const name of ['o.csv', 'o.arrow'])
      expect((await cartkin(folder, ['simulate', 'm.txt', '--times', '-1:2:0.5', '--out', name])).code).toBe(0)
    const table = arrowToTable(readFileSync(join(folder, 'o.arrow')))
    const csv = rows(readFileSync(join(folder, 'o.csv'), 'utf8'))
    expect(table.columns.map(({ name }) => name)).toEqual(csv[0])
    table.columns.forEach((column, k) => {
      expect([...column.values].map(Number)).toEqual(csv.slice(1).map((row) => Number(row[k])))
    })
    expect(table.columns[2]).toMatchObject({ name: 'C', unit: 'mg/L' })
    expect(readdirSync(folder).sort()).toEqual(['m.txt', 'o.arrow', 'o.csv'])
  })

  it('of the library brings its regimen, which none drops', async () => {
    const folder = folderWith()
    const peak = async (...more: string[]) => {
      const { out } = await cartkin(folder, ['simulate', 'lupus-qsp', '--times', '0,9', '--json', ...more])
      return JSON.parse(out).table.CAR[1]
    }
    expect(await peak()).toBeGreaterThan(80)
    expect(await peak('--regimen', 'none')).toBe(0)
  })

  it('tells endpoints, work and time as JSON', async () => {
    const { code, out } = await cartkin(folderWith(), [
      'simulate',
      'stein-2019',
      '--times',
      '0:28:1',
      '--timing',
      '--json',
    ])
    expect(code).toBe(0)
    const told = JSON.parse(out)
    expect(told.outcome).toEqual({ status: 'finished', t: 28 })
    expect(Object.keys(told.timing)).toEqual([
      'solveMicroseconds',
      'firstSolveMicroseconds',
      'compileMilliseconds',
      'steps',
      'rejected',
      'rhsEvaluations',
      'jacobianEvaluations',
      'pivotFallbacks',
    ])
    expect(told.timing.solveMicroseconds).toBeGreaterThan(0)
  })

  it('that cannot be solved ends with 4, the reason, and the rows that were reached', async () => {
    const folder = folderWith({ 'm.txt': 'd/dt(x) = x*x\nx(0) = 1\n' })
    const { code, out, note } = await cartkin(folder, ['simulate', 'm.txt', '--times', '0:2.4:0.8'])
    expect(code).toBe(4)
    expect(note).toContain('failed at time')
    expect(
      rows(out)
        .slice(1)
        .map(([, x]) => Number.isFinite(Number(x))),
    ).toEqual([true, true, false, false])
  })
})

describe('event data', () => {
  const data = [
    'ID,TIME,EVID,AMT,CMT,DV,V',
    '1,0,0,.,.,.,2',
    '1,0,1,10,A,.,2',
    '1,0,0,.,.,.,2',
    '1,1,0,.,.,.,2',
    '2,0,1,10,1,.,4',
    '2,2,0,.,.,.,4',
    '2,1,0,.,.,.,4',
  ]
  const model = 'k = 0.5\nd/dt(A) = -k*A\nC = A/V\n'
  const sorted = data.toSpliced(6, 2, data[7] ?? '', data[6] ?? '').join('\n')

  it('gives a row per observation row in their order, before and after a dose as they stand', async () => {
    const folder = folderWith({ 'm.txt': model, 'd.csv': sorted })
    const { code, out } = await cartkin(folder, ['simulate', 'm.txt', '--events', 'd.csv'])
    expect(code).toBe(0)
    const [header, ...body] = rows(out).map((row) => [...row])
    expect(header).toEqual(['id', 'time', 'A', 'C'])
    expect(body.map(([id, time, , c]) => [Number(id), Number(time), Number(c)])).toEqual([
      [1, 0, 0],
      [1, 0, 5],
      [1, 1, expect.closeTo(5 * Math.exp(-0.5), 4)],
      [2, 1, expect.closeTo(2.5 * Math.exp(-0.5), 4)],
      [2, 2, expect.closeTo(2.5 * Math.exp(-1), 4)],
    ])
  })

  it('gives the wanted times for every subject', async () => {
    const folder = folderWith({ 'm.txt': model, 'd.csv': sorted })
    const { out } = await cartkin(folder, ['simulate', 'm.txt', '--events', 'd.csv', '--times', '0:1:1'])
    expect(
      rows(out)
        .slice(1)
        .map(([id, time]) => `${id}@${time}`),
    ).toEqual(['1@0', '1@1', '2@0', '2@1'])
  })

  it('with a byte order mark, semicolons and decimal commas is read, and says so', async () => {
    const folder = folderWith({ 'm.txt': decay, 'd.csv': '\uFEFFID;TIME;EVID;AMT;CMT\n1;0;1;2,5;A\n1;1,5;0;.;.\n' })
    const { code, out, note } = await cartkin(folder, ['simulate', 'm.txt', '--events', 'd.csv'])
    expect(code).toBe(0)
    expect(Number(rows(out)[1]?.[1])).toBeCloseTo(2.5 * Math.exp(-0.75), 5)
    expect(note).toContain('semicolons')
    expect(note).toContain('decimal comma')
    expect(note).toContain('byte order mark')
  })
})

describe('bad input ends with 3, names the place, and writes nothing', () => {
  const good = 'ID,TIME,EVID,AMT,CMT\n1,0,1,10,A\n1,1,0,.,.\n'
  it.each([
    ['a syntax error', { 'm.txt': 'k = 1\nd/dt(A) = -k A\n' }, [], /^m\.txt:2:\d+: error: /],
    ['d/dt of nothing', { 'm.txt': 'd/dt() = 1\n' }, [], /^m\.txt:1:\d+: error: /],
    ['an unknown name', { 'm.txt': 'kdeath = 1\nd/dt(A) = -kdeth*A\n' }, [], /^m\.txt:2:12: error: .*kdeth.*kdeath/],
    [
      'text in a number column',
      { 'd.csv': good.replace('10', 'ten') },
      ['--events', 'd.csv'],
      /d\.csv:2:7: column AMT: "ten" /,
    ],
    [
      'a time that is no number',
      { 'd.csv': good.replace('1,1,0', '1,noon,0') },
      ['--events', 'd.csv'],
      /d\.csv:3:3: column TIME: "noon" /,
    ],
    [
      'time that runs backwards',
      { 'd.csv': `${good}1,0.5,0,.,.\n` },
      ['--events', 'd.csv'],
      /d\.csv:4:3: column TIME: "0\.5" is before 1/,
    ],
    [
      'a missing column',
      { 'd.csv': 'ID,TIM,AMT\n1,0,1\n' },
      ['--events', 'd.csv'],
      /d\.csv:1:1: there is no column TIME among "ID", "TIM", "AMT"/,
    ],
    [
      'a dose into no state',
      { 'd.csv': good.replace('A\n', 'AA\n') },
      ['--events', 'd.csv'],
      /d\.csv:2:10: column CMT: "AA" is not a state of the model; did you mean A\?/,
    ],
    ['a missing file', {}, ['--events', 'none.csv'], /^none\.csv: there is no such file/],
    ['a directory as file', {}, ['--events', '.'], /^\.: is a directory; a file is expected/],
    [
      'an unknown parameter',
      {},
      ['--param', 'kk=2'],
      /--param kk: kk is not a parameter of the model; did you mean k\?|it has k, V/,
    ],
    ['a tolerance for no state', {}, ['--atol', 'B=1e-9'], /--atol B: B is not a state of the model/],
    [
      'a regimen with an unknown key',
      { 'r.yaml': 'doses:\n  - { time: 0, cmt: A, amnt: 1 }\n' },
      ['--regimen', 'r.yaml'],
      /^r\.yaml:2:5: doses\.0/,
    ],
    ['a regimen that is not YAML', { 'r.yaml': 'doses: [\n' }, ['--regimen', 'r.yaml'], /^r\.yaml:\d+:\d+: /],
    [
      'a dose by an unknown parameter',
      { 'r.yaml': 'doses: [{ time: 0, cmt: A, amt: Q }]\n' },
      ['--regimen', 'r.yaml'],
      /no parameter Q/,
    ],
  ] as const)('%s', async (_, files: Readonly<Record<string, string>>, more, message) => {
    const folder = folderWith({ 'm.txt': decay, ...files })
    const before = readdirSync(folder)
    const run = await cartkin(folder, ['simulate', 'm.txt', '--times', '0:1:1', ...more, '--out', 'o.csv'])
    expect(run.note.split('\n').findLast((line) => message.test(line)) ?? run.note).toMatch(message)
    expect(run.code).toBe(3)
    expect(run.out).toBe('')
    expect(readdirSync(folder)).toEqual(before)
  })

  it('an unknown model names the nearest', async () => {
    const { code, note } = await cartkin(folderWith(), ['simulate', 'lupus-qsq'])
    expect([code, note]).toEqual([3, expect.stringContaining('did you mean lupus-qsp?')])
  })

  it('as JSON the message is in the output too', async () => {
    const { out } = await cartkin(folderWith(), ['simulate', 'x.txt', '--json'])
    expect(JSON.parse(out)).toEqual({ error: { exitCode: 3, message: expect.stringContaining('x.txt') } })
  })

  it('a folder that is not there', async () => {
    const { code, note } = await cartkin(folderWith(), ['simulate', 'stein-2019', '--out', 'no/such.csv'])
    expect([code, note]).toEqual([3, 'no/such.csv: its folder does not exist\n'])
  })
})

describe('virtual patients', () => {
  it('have an id, all columns, and endpoints each', async () => {
    const words = [
      'simulate',
      'lupus-qsp',
      '--population',
      '3',
      '--seed',
      '9',
      '--times',
      '0:14:7',
      '--workers',
      '2',
      '--json',
    ]
    const { code, out } = await cartkin(folderWith(), words)
    expect(code).toBe(0)
    const told = JSON.parse(out)
    expect(told.columns.slice(0, 3)).toEqual(['id', 'time', 'LD'])
    expect(told.table.id).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3])
    expect(told.table.time).toEqual([0, 7, 14, 0, 7, 14, 0, 7, 14])
    expect(new Set(told.subjects.map((subject: { endpoints: { Cmax: number } }) => subject.endpoints.Cmax)).size).toBe(
      3,
    )
  })

  it('have percentiles in place of courses, with the endpoints of each', async () => {
    const words = ['simulate', 'lupus-qsp', '--population', '7', '--times', '0:14:7', '--json']
    const kept = JSON.parse((await cartkin(folderWith(), words)).out)
    const { code, out } = await cartkin(folderWith(), [...words, '--percentiles'])
    expect(code).toBe(0)
    const told = JSON.parse(out)
    expect(told.columns).toEqual(['quantity', 'time', 'p5', 'p25', 'p50', 'p75', 'p95'])
    expect(told.subjects).toEqual(kept.subjects)
    const row = told.table.quantity.indexOf('SLEDAI') + 1
    expect(told.table.time[row]).toBe(7)
    const values = kept.table.SLEDAI.filter((_: number, k: number) => k % 3 === 1).sort((a: number, b: number) => a - b)
    expect(told.table.p50[row]).toBe(values[3])
    expect(told.table.p75[row]).toBe((values[4] + values[5]) / 2)
    const { code: misused, note } = await cartkin(folderWith(), ['simulate', 'lupus-qsp', '--percentiles'])
    expect([misused, note]).toEqual([2, expect.stringContaining('--population')])
  })

  it('are reduced to the quantities wanted, in courses and in percentiles', async () => {
    const words = ['simulate', 'lupus-qsp', '--population', '3', '--times', '0:14:7', '--json']
    const all = JSON.parse((await cartkin(folderWith(), words)).out)
    const few = JSON.parse((await cartkin(folderWith(), [...words, '--quantities', 'SLEDAI, B'])).out)
    expect(few.columns).toEqual(['id', 'time', 'SLEDAI', 'B'])
    expect(few.table.B).toEqual(all.table.B)
    expect(few.table.SLEDAI).toEqual(all.table.SLEDAI)
    const bands = JSON.parse((await cartkin(folderWith(), [...words, '--percentiles', '--quantities', 'B'])).out)
    expect(new Set(bands.table.quantity)).toEqual(new Set(['B']))
    for (const [given, exit, told] of [
      [[...words, '--quantities', 'B,SLEDI'], 3, 'SLEDI is not a state or output of the model; did you mean SLEDAI?'],
      [['simulate', 'lupus-qsp', '--quantities', 'B'], 2, '--population'],
    ] as const) {
      const { code, note } = await cartkin(folderWith(), given)
      expect([code, note]).toEqual([exit, expect.stringContaining(told)])
    }
  })

  it('too many for the memory are refused before they run', async () => {
    const { code, note } = await cartkin(folderWith(), [
      'simulate',
      'lupus-qsp',
      '--population',
      '100000',
      '--times',
      '0:365:1',
    ])
    expect([code, note]).toEqual([3, expect.stringContaining('more than 1500 MB')])
  })

  it('stop when asked to', async () => {
    const { code, note } = await cartkin(
      folderWith(),
      ['simulate', 'lupus-qsp', '--population', '500'],
      AbortSignal.timeout(600),
    )
    expect([code, note]).toEqual([5, expect.stringContaining('nothing was written')])
  })
})
