import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { exp, log } from '@cartkin/numerics'
import { arrowToTable } from '@cartkin/tables'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

const stein = (t: number) =>
  t < 9.3
    ? (24000 / 3900) * exp((log(3900) / 9.3) * t)
    : 24000 * (0.9921 * exp(-0.16 * (t - 9.3)) + 0.0079 * exp(-0.0032 * (t - 9.3)))
const visits = [1, 3, 7, 10, 14, 21, 28, 60, 90, 180, 365]

/** Two patients of the long form; the second has values of 0, which mean below quantification. */
const patients = `ID,time,y,y_ID
${visits.map((time) => `A,${time},${stein(time)},1`).join('\n')}
${visits.map((time) => `A,${time},${200 - time / 2},2`).join('\n')}
${visits.map((time) => `B,${time},${time > 28 ? 0 : 2 * stein(time)},1`).join('\n')}
`

interface Told {
  readonly courses: readonly {
    readonly id: string
    readonly quantity: string
    readonly figures: readonly {
      readonly name: string
      readonly value: number | null
      readonly unit: string
      readonly note: string
    }[]
    readonly used: readonly { readonly phase: string; readonly time: number }[]
  }[]
  readonly summary: readonly {
    readonly quantity: string
    readonly name: string
    readonly n: number
    readonly geometricMean: number
  }[]
  readonly failures: readonly { readonly id: string; readonly reason: string }[]
}
const told = (out: string): Told => JSON.parse(out)
const figure = (all: Told, id: string, name: string) =>
  all.courses.find((course) => course.id === id)?.figures.find((one) => one.name === name)

describe('nca of data', () => {
  it('of cells in the long form, each patient and over all', async () => {
    const folder = folderWith({ 'p.csv': patients })
    const words = ['nca', 'p.csv', '--cells', '--quantity', '1', '--unit', 'value=copies/ug', '--json']
    const { code, out } = await cartkin(folder, words)
    expect(code).toBe(0)
    const all = told(out)
    expect(all.courses.map(({ id, quantity }) => [id, quantity])).toEqual([
      ['A', '1'],
      ['B', '1'],
    ])
    expect(figure(all, 'A', 'rho')).toMatchObject({ value: expect.closeTo(log(3900) / 9.3, 8), unit: '1/day' })
    expect(figure(all, 'A', 'alpha')?.value).toBeCloseTo(0.16, 8)
    expect(figure(all, 'A', 'beta')?.value).toBeCloseTo(0.0032, 8)
    expect(figure(all, 'A', 'AUC0_28')?.unit).toBe('copies/ug*day')
    expect(figure(all, 'B', 'Tlast')?.value).toBe(28)
    expect(figure(all, 'B', 'beta')).toMatchObject({ value: null, note: expect.stringContaining('no second phase') })
    const points = all.courses[0]?.used.filter(({ phase }) => phase === 'persistence').map(({ time }) => time)
    expect(points).toEqual([60, 90, 180, 365])
    const peak = all.summary.find(({ name }) => name === 'Cmax')
    expect(peak).toMatchObject({ n: 2, geometricMean: expect.closeTo(Math.SQRT2 * stein(10), 6) })
    expect(all.summary.find(({ name }) => name === 'beta')?.n).toBe(1)
  })

  it('of a drug: dose, infusion and unit from the data; files of figures, points and summary', async () => {
    const rate = 0.1
    const rows = [0.5, 1, 2, 4, 8, 12].map((t) => `1,${t},0,.,.,${5 * exp(-rate * t)}`)
    const folder = folderWith({
      'd.csv': `ID,TIME [h],EVID,AMT [mg],RATE,DV [mg/L]\n1,0,1,100,.,.\n${rows.join('\n')}\n`,
    })
    const words = ['nca', 'd.csv', '--route', 'bolus', '--partial', '0:6', '--out', 'f.arrow', '--points', 'p.csv']
    const { code, out } = await cartkin(folder, [...words, '--summary', 's.csv'])
    expect(code).toBe(0)
    expect(out).toMatch(/^CL_obs +2 +mg\/\(mg\/L\*h\) +Clearance, observed$/m)
    expect(out).toMatch(/^AUC_0_6 +22\.559 +mg\/L\*h +Area from 0 to 6$/m)
    const { columns } = arrowToTable(readFileSync(join(folder, 'f.arrow')))
    expect(columns.map(({ name }) => name)).toEqual(['id', 'quantity', 'name', 'value', 'unit', 'note'])
    expect(readFileSync(join(folder, 'p.csv'), 'utf8').split('\n')[1]).toBe(`1,"",terminal,0.5,${5 * exp(-0.05)}`)
    expect(readFileSync(join(folder, 's.csv'), 'utf8')).toMatch(/^"",half_life,h,1,6\.93147/m)
  })

  it('of repeated doses: the first with its trough, or the last', async () => {
    const csv = `ID,TIME,EVID,AMT,II,ADDL,DV
1,0,1,10,12,1,.
1,1,0,.,.,.,8
1,6,0,.,.,.,4
1,12,0,.,.,.,2
1,13,0,.,.,.,9
1,18,0,.,.,.,5
1,24,0,.,.,.,3
`
    const folder = folderWith({ 'd.csv': csv })
    const run = async (...words: string[]) => told((await cartkin(folder, ['nca', 'd.csv', '--json', ...words])).out)
    const first = await run()
    expect(['Tmax', 'Tlast', 'Cmax'].map((name) => figure(first, '1', name)?.value)).toEqual([1, 6, 8])
    const last = await run('--which-dose', 'last')
    expect(['Tmax', 'Tlast', 'Cmax'].map((name) => figure(last, '1', name)?.value)).toEqual([1, 12, 9])
  })

  it('a subject that cannot be analysed is told and changes nothing for the others', async () => {
    const rows =
      'ID,TIME,EVID,AMT,DV\n1,0,0,.,5\n1,2,0,.,3\n1,4,1,100,.\n2,0,1,100,.\n2,1,0,.,4\n2,2,0,.,2\n2,3,0,.,1\n2,4,0,.,0.5\n'
    const folder = folderWith({ 'd.csv': rows })
    const { code, out, note } = await cartkin(folder, ['nca', 'd.csv', '--json'])
    expect(code).toBe(4)
    expect(told(out).failures).toEqual([
      { id: '1', quantity: '', reason: 'the dose (time 4) comes after the last value (time 2)' },
    ])
    expect(note).toContain('subject 1: the dose (time 4) comes after the last value (time 2)')
    expect(figure(told(out), '2', 'lambda_z')?.value).toBeCloseTo(Math.LN2, 10)
  })

  it('logarithms and their limit', async () => {
    const rows = [8, 4, 2, 1, 0.5].map((value, time) => `1,${time},${Math.log(value)}`)
    const folder = folderWith({ 'd.csv': `ID,TIME,DV\n${rows.join('\n')}\n` })
    const words = ['nca', 'd.csv', '--log-dv', '--lloq', '0.5', '--route', 'bolus', '--json']
    const all = told((await cartkin(folder, words)).out)
    // exp(0.5) is the limit
    expect(figure(all, '1', 'Clast')?.value).toBeCloseTo(2, 12)
    expect(figure(all, '1', 'lambda_z')?.value).toBeCloseTo(Math.LN2, 12)
  })

  it('below quantification follows the rules that are given', async () => {
    const folder = folderWith({ 'd.csv': 'ID,TIME,DV,CENS\n1,0,1,1\n1,1,8,0\n1,2,4,0\n1,3,2,0\n1,4,1,1\n' })
    const area = async (...words: string[]) =>
      figure(
        told((await cartkin(folder, ['nca', 'd.csv', '--json', '--method', 'linear', ...words])).out),
        '1',
        'AUCall',
      )?.value
    expect(await area()).toBe(4 + 6 + 3 + 1)
    expect(await area('--blq', 'lloq/2')).toBe(4.25 + 6 + 3 + 1.25)
    expect(await area('--blq', 'after=drop', 'before=lloq/2')).toBe(4.25 + 6 + 3)
  })
})

describe('nca of results', () => {
  it('a simulation of stein-2019 has the rates of its parameters, as Arrow and as CSV', async () => {
    const folder = folderWith()
    for (const file of ['s.arrow', 's.csv']) {
      await cartkin(folder, ['simulate', 'stein-2019', '--times', '0:365:1', '--rtol', '1e-10', '--out', file])
      const { out } = await cartkin(folder, ['nca', file, '--cells', '--quantity', 'C', '--json'])
      const all = told(out)
      expect(figure(all, '1', 'rho')?.value).toBeCloseTo(log(3900) / 9.3, 6)
      expect(figure(all, '1', 'alpha')?.value).toBeCloseTo(0.16, 6)
      expect(figure(all, '1', 'beta')?.value).toBeCloseTo(0.0032, 6)
      if (file === 's.arrow') expect(figure(all, '1', 'Cmax')?.unit).toBe('copies/ug')
    }
  })

  it('aplasia beside the cells', async () => {
    const rows = ['id,time,CAR,B', 'x,0,1,100', 'x,10,100,0', 'x,20,50,0', 'x,30,25,100', 'x,40,12.5,100']
    const folder = folderWith({ 'r.csv': `${rows.join('\n')}\n` })
    const words = ['nca', 'r.csv', '--cells', '--quantity', 'CAR', '--aplasia-below', 'B=50', '--json']
    const { out } = await cartkin(folder, words)
    const b = told(out).courses.find(({ quantity }) => quantity === 'B')
    expect(b?.figures.map(({ name, value }) => [name, value])).toEqual([
      ['aplasia_onset', 5],
      ['aplasia_return', 25],
      ['aplasia_duration', 20],
    ])
  })

  it('aplasia alone', async () => {
    const folder = folderWith({ 'r.csv': 'time,CAR,B\n0,1,0\n10,5,20\n' })
    const { out } = await cartkin(folder, ['nca', 'r.csv', '--aplasia-below', 'B=10', '--json'])
    expect(told(out).courses.map(({ quantity, figures }) => [quantity, figures.map(({ value }) => value)])).toEqual([
      ['B', [0, 5, 5]],
    ])
  })

  it('predictions of a fit: one row per quantity and time', async () => {
    const rows = [0, 1, 2, 3].map((t) => `A,C,${t},${8 / 2 ** t},${16 / 2 ** t}`)
    const folder = folderWith({ 'p.csv': `subject,quantity,time,observed,predicted\n${rows.join('\n')}\n` })
    const { out } = await cartkin(folder, ['nca', 'p.csv', '--value', 'predicted', '--json'])
    expect(figure(told(out), 'A', 'Cmax')?.value).toBe(16)
  })
})

describe('nca refuses', () => {
  const table = 'time,E,M\n0,1,2\n1,2,3\n'
  it.each([
    [['nca', 'r.csv'], 2, 'say what to analyse with --quantity; it has E, M'],
    [['nca', 'r.csv', '--quantity', 'X'], 2, 'r.csv: there is no X; it has E, M'],
    [['nca', 'r.csv', '--quantity', 'E', '--value', 'p50'], 2, '--value is of tables with a column quantity'],
    [['nca', 'r.csv', '--quantity', 'E', '--cells', '--tau', '7'], 2, '--tau is of a drug; leave it out with --cells'],
    [['nca', 'r.csv', '--quantity', 'E', '--aplasia-below', 'X=3'], 2, 'r.csv: there is no X; it has E, M'],
    [['nca', 'r.csv', '--quantity', 'E', '--cells', '--unit', 'time=mg'], 2, 'the unit of time, mg, is none'],
    [['nca', 'r.csv', '--partial', '3:1'], 2, '--partial 3:1: expected FROM:TO in time since the dose'],
    [['nca', 'none.csv'], 3, 'there is no such file'],
    [['nca', '.'], 3, '.: is a folder; name one of its tables: r.csv'],
  ])('%j', async (words, wanted, message) => {
    const { code, note } = await cartkin(folderWith({ 'r.csv': table }), words)
    expect(note).toContain(message)
    expect(code).toBe(wanted)
  })
})
