import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inModelTime, readEventData } from '@cartkin/tables'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

const read = (text: string) => readEventData(text, 'd.csv')

/** Two compartments; `rate` is one per day in the unit of the model. */
const model = (timeUnit: string, rate: number) => `oral <- function() {
  units <- list(time = "${timeUnit}", dosing = "mg")
  ini({
    ka <- ${rate}
    ke <- ${0.3 * rate}
  })
  model({
    d/dt(depot) <- -ka*depot
    d/dt(A) <- ka*depot - ke*A
    lag(depot) <- ${0.25 / rate}
  })
}`

/** Repeated doses, infusions by rate and by duration, and times to look at. */
function events(header: string, scale: number): string {
  const rows = [
    ['1', 0, 100, '', '', 0.5, 3, 'depot', 1],
    ['1', 0.125, 60, 48, '', '', '', 'A', 1],
    ['1', 1, 30, '', 0.75, '', '', 'A', 1],
    ...[1.5, 2, 4].map((time) => ['1', time, '', '', '', '', '', '', 0]),
  ]
  const scaled = rows.map(([id, time, amt, rate, dur, ii, addl, cmt, evid]) =>
    [
      id,
      Number(time) * scale,
      amt,
      rate === '' ? '' : Number(rate) / scale,
      dur === '' ? '' : Number(dur) * scale,
      ii === '' ? '' : Number(ii) * scale,
      addl,
      cmt,
      evid,
    ].join(','),
  )
  return [`ID,${header},AMT,RATE,DUR,II,ADDL,CMT,EVID`, ...scaled].join('\n')
}

describe('times of data', () => {
  it.each(['TIME [h]', 'Time (h)', 'time[ hours ]'])('are in the unit that the header %s says', (header) => {
    const { timeUnit, subjects } = read(`${header},DV\n36,1`)
    expect(['h', 'hours']).toContain(timeUnit)
    expect(subjects[0]?.records).toEqual([{ time: 36, evid: 0, dv: 1 }])
  })

  it('are in no known unit where the header says none', () => {
    expect(read('TIME,DV\n36,1').timeUnit).toBe('')
    expect(() => read('TIME [],DV\n36,1')).toThrow('there is no column TIME')
    expect(() => read('TIME,TIME [h],DV\n36,1,1')).toThrow('"TIME [h]" and "TIME" both stand for TIME')
  })

  it('become those of the model, with intervals, durations and rates, and this is said', () => {
    const { data, note } = inModelTime(read(events('TIME [h]', 24)), { timeUnit: 'day' }, undefined, 'd.csv')
    expect(data.subjects).toEqual(read(events('TIME', 1)).subjects)
    expect(note).toBe("times in h, divided by 24: the model's unit is day")
    const back = inModelTime(read(events('TIME', 1)), { timeUnit: 'hours' }, 'day', 'd.csv')
    expect(back.data.subjects).toEqual(read(events('TIME', 24)).subjects)
    expect(back.note).toBe("times in day, multiplied by 24: the model's unit is hours")
  })

  it('keep a rate of −1 and −2, which ask the model', () => {
    const text = (code: number) => `TIME [h],AMT,RATE,EVID\n24,10,${code},1`
    for (const rate of [-1, -2])
      expect(inModelTime(read(text(rate)), { timeUnit: 'day' }, undefined, 'd.csv').data.subjects[0]?.records).toEqual([
        { time: 1, evid: 1, amt: 10, rate },
      ])
  })

  it('are left as they are where nothing says that they differ', () => {
    const data = read('TIME,DV\n36,1')
    expect(inModelTime(data, { timeUnit: 'day' }, undefined, 'd.csv')).toEqual({ data, note: '' })
    expect(inModelTime(data, { timeUnit: 'days' }, 'd', 'd.csv')).toEqual({ data, note: '' })
    const named = read('TIME [h],DV\n36,1')
    expect(inModelTime(named, { timeUnit: '' }, undefined, 'd.csv')).toEqual({
      data: named,
      note: 'times are in h, but the model does not say its unit of time; they are taken as they stand',
    })
    const visits = read('TIME [visit],DV\n36,1')
    expect(inModelTime(visits, { timeUnit: 'day' }, undefined, 'd.csv')).toEqual({
      data: visits,
      note: 'the header of the times says visit, which is no unit of time; they are taken as they stand',
    })
  })

  it('are what they were after a way and back, and give the same amount', () => {
    const unit = fc.constantFrom('s', 'min', 'h', 'day', 'week', 'month', 'year')
    const positive = fc.double({ min: 1e-3, max: 1e4, noNaN: true })
    fc.assert(
      fc.property(unit, unit, positive, positive, positive, (from, to, time, rate, ii) => {
        const data = read(`TIME,AMT,RATE,II,ADDL,EVID\n${time},10,${rate},${ii},2,1`)
        const there = inModelTime(data, { timeUnit: to }, from, 'd.csv').data
        const back = inModelTime(there, { timeUnit: from }, to, 'd.csv').data
        const [first] = data.subjects[0]?.records ?? []
        const [moved] = there.subjects[0]?.records ?? []
        const [again] = back.subjects[0]?.records ?? []
        if (!first || !moved || !again) throw new Error('there are no records')
        for (const key of ['time', 'rate', 'ii', 'amt'] as const)
          expect((again[key] ?? 0) / (first[key] ?? 1)).toBeCloseTo(1, 12)
        expect((moved.rate ?? 0) * (moved.ii ?? 0)).toBeCloseTo((first.rate ?? 0) * (first.ii ?? 0), 6)
        expect(moved.amt).toBe(first.amt)
      }),
    )
  })

  it.each([
    ['hours', 'd.csv: times in hours cannot be converted, since the model does not say its unit of time; write', ''],
    ['fortnight', 'd.csv: the time unit of the data, "fortnight", is none; expected s, min, h, day', 'day'],
    ['day', 'd.csv: times are said to be in day, but their header says h; leave out the one that is wrong', 'day'],
  ])('are refused in %s: %s', (given, message, timeUnit) => {
    expect(() => inModelTime(read('TIME [h],DV\n36,1'), { timeUnit }, given, 'd.csv')).toThrow(message)
  })
})

describe('simulate --events', () => {
  it('gives the same curves for data in hours and in days, and for the model in either', async () => {
    const folder = folderWith({
      'day.txt': model('day', 1),
      'hour.txt': model('h', 1 / 24),
      'days.csv': events('TIME', 1),
      'hours.csv': events('TIME [h]', 24),
      'bare-hours.csv': events('TIME', 24),
    })
    const run = async (...words: readonly string[]) => {
      const { code, out, note } = await cartkin(folder, ['simulate', ...words, '--rtol', '1e-10', '--json'])
      expect(code).toBe(0)
      return { note, table: JSON.parse(out).table }
    }
    const days = await run('day.txt', '--events', 'days.csv')
    expect(days.table.A.every((value: number) => value > 1)).toBe(true)
    const hours = await run('day.txt', '--events', 'hours.csv')
    expect(hours.table).toEqual(days.table)
    expect(hours.note).toContain("hours.csv: times in h, divided by 24: the model's unit is day\n")
    const told = await run('day.txt', '--events', 'bare-hours.csv', '--data-time-unit', 'hours')
    expect(told.table).toEqual(days.table)
    const other = await run('hour.txt', '--events', 'days.csv', '--data-time-unit', 'day')
    expect(other.note).toContain("days.csv: times in day, multiplied by 24: the model's unit is h\n")
    expect(other.table.time).toEqual(days.table.time.map((time: number) => time * 24))
    for (const [k, value] of days.table.A.entries()) expect(other.table.A[k] / value).toBeCloseTo(1, 7)
  })

  it('wants the file that the unit is of', async () => {
    const folder = folderWith({ 'm.txt': model('day', 1) })
    const { code, note } = await cartkin(folder, ['simulate', 'm.txt', '--times', '0:3:1', '--data-time-unit', 'h'])
    expect([code, note]).toEqual([2, 'cartkin: --data-time-unit is of the times in --events; give the file too\n'])
  })
})

describe('fit --data', () => {
  it('finds the same in hours as in days, and its result says so', async () => {
    const observed = (header: string, scale: number) =>
      [
        `${header},EVID,AMT,DV`,
        '0,1,10,.',
        ...[1, 2, 3, 5].map((day, k) => `${day * scale},0,.,${[7.1, 5.6, 4, 2.3][k]}`),
      ].join('\n')
    const folder = folderWith({
      'm.txt':
        'm <- function() {\nunits <- list(time = "day")\nini({\nk <- c(0.01, 0.6, 10)\nsd <- c(0, 0.3)\n})\nmodel({\nd/dt(A) <- -k*A\nC <- A\nC ~ lnorm(sd)\n})\n}',
      'days.csv': observed('TIME', 1),
      'hours.csv': observed('TIME', 24),
    })
    const fit = async (data: string, out: string, ...words: readonly string[]) => {
      const all = ['fit', 'm.txt', '--data', data, '--out', out, '--workers', '1', ...words]
      expect((await cartkin(folder, all)).code).toBe(0)
      return JSON.parse(readFileSync(join(folder, out, 'fit.json'), 'utf8'))
    }
    const days = await fit('days.csv', 'a')
    const hours = await fit('hours.csv', 'b', '--data-time-unit', 'h')
    expect(hours.fits[0].estimates).toEqual(days.fits[0].estimates)
    expect(days.times).toBeUndefined()
    expect(hours.times).toBe("times in h, divided by 24: the model's unit is day")
    expect(readFileSync(join(folder, 'b', 'report.html'), 'utf8')).toContain('divided by 24')
  })
})
