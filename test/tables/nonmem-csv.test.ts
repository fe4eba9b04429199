import type { EventRecord, Subject } from '@cartkin/simulation'
import { DataError, nonmemCsv, readEventData } from '@cartkin/tables'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const back = (subjects: readonly Subject[], compartments?: readonly string[]): readonly Subject[] =>
  readEventData(nonmemCsv(subjects, compartments === undefined ? {} : { compartments }).text, 'd.csv').subjects

const rows = (text: string) =>
  text
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.split(','))

const header = (text: string) => (text.split('\n').findLast((line) => line.startsWith('#')) ?? '').slice(1).split(',')

const one = (...records: readonly EventRecord[]): Subject => ({ id: '1', records, parameters: {} })

/** Any double of a sensible size, down to the last bit; never −0. */
const number = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const positive = fc.oneof(number(1e-12, 1e12), fc.constantFrom(0.1, 1 / 3, 8 / 24, 5e-324, 1e21))
const cmt = fc.constantFrom('depot', 'central', 'T cells', 'naïve')
const time = fc.oneof(number(-1e4, 1e4), fc.integer({ min: -400, max: 400 }), fc.constantFrom(-4.9, 0.1, -1e-20, 1e-7))

const repeat = fc.option(fc.record({ ii: positive, addl: fc.integer({ min: 1, max: 99 }) }), { nil: {} })
const course = fc.oneof(
  fc.constant({}),
  positive.map((rate) => ({ rate })),
  fc.constantFrom({ rate: -1 }, { rate: -2 }),
  fc.record({ duration: positive }),
)

const dose: fc.Arbitrary<Omit<EventRecord, 'time'>> = fc
  .tuple(fc.constantFrom(1 as const, 4 as const), cmt, positive, course, repeat)
  .map(([evid, state, amt, given, repeated]) => ({ evid, cmt: state, amt, ...given, ...repeated }))

const observation: fc.Arbitrary<Omit<EventRecord, 'time'>> = fc.oneof(
  fc.record({ evid: fc.constant(0 as const), endpoint: fc.constantFrom('CAR', 'IL-6'), dv: number(-1e6, 1e6) }),
  fc.record({ evid: fc.constant(0 as const), endpoint: fc.constant('CAR'), mdv: fc.constant(true) }),
  positive.map((dv) => ({ evid: 0 as const, endpoint: 'CAR', dv, cens: 1 as const, limit: 0 })),
  fc
    .tuple(positive, positive)
    .map(([a, b]) => ({ evid: 0 as const, endpoint: 'CAR', dv: Math.max(a, b), lloq: Math.min(a, b) })),
)
const steady: fc.Arbitrary<Omit<EventRecord, 'time'>> = fc
  .tuple(cmt, positive, positive, fc.constantFrom(1 as const, 2 as const))
  .map(([state, amt, ii, ss]) => ({ evid: 1 as const, cmt: state, amt, ii, ss }))
const change: fc.Arbitrary<Omit<EventRecord, 'time'>> = fc
  .tuple(cmt, positive, fc.constantFrom(5 as const, 6 as const, 7 as const))
  .map(([state, amt, evid]) => ({ evid, cmt: state, amt }))
const other: fc.Arbitrary<Omit<EventRecord, 'time'>> = fc.constantFrom(
  { evid: 2 as const },
  { evid: 3 as const },
  { evid: 2 as const, cmt: '-depot' },
)

const records = fc
  .array(fc.tuple(time, fc.oneof(dose, steady, change, observation, other)), { minLength: 1, maxLength: 12 })
  .map((list) => list.map(([at, record]): EventRecord => ({ time: at, ...record })).sort((a, b) => a.time - b.time))

const subjects = fc
  .uniqueArray(fc.constantFrom('1', '2', '17', 'p-01', '007', 'Ümit', '=1+1', '=SUM(A1)', 'a b'), {
    minLength: 1,
    maxLength: 4,
  })
  .chain((ids) => fc.tuple(...ids.map((id) => fc.record({ id: fc.constant(id), records, weight: number(1, 300) }))))
  .map((list) =>
    list.map(({ id, records: own, weight }): Subject => ({ id, records: own, parameters: { WT: weight } })),
  )

describe('a NONMEM data set', () => {
  it('that is read again is what was written, to the last bit', () => {
    fc.assert(
      fc.property(subjects, (written) => {
        expect(back(written)).toEqual(written)
      }),
      { numRuns: 300 },
    )
  })

  it('has no time before 0, and numbers in every cell', () => {
    fc.assert(
      fc.property(subjects, (written) => {
        const { text } = nonmemCsv(written)
        const at = header(text).indexOf('TIME')
        for (const cells of rows(text)) {
          expect(Number(cells[at])).toBeGreaterThanOrEqual(0)
          for (const cell of cells) expect(cell === '.' || Number.isFinite(Number(cell)), cell).toBe(true)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('is shifted by the least whole number, and says so; without times before 0 it is not', () => {
    const { text } = nonmemCsv([one({ time: -4.9, evid: 1, cmt: 'A', amt: 1 }, { time: 0.1, evid: 2 })], {
      timeUnit: 'day',
    })
    expect(text.split('\n')[0]).toBe('# cartkin: shift=5 day')
    expect(rows(text).map((cells) => cells[1])).toEqual(['0.1', '5.1'])
    expect(nonmemCsv([one({ time: 0, evid: 2 })]).text.split('\n')[0]).toMatch(/^#ID,/)
  })

  it('numbers compartments as the model does, with their names in a comment, and says which are turned off', () => {
    const written = [one({ time: 0, evid: 1, cmt: 'central', amt: 1 }, { time: 1, evid: 2, cmt: '-depot' })]
    const { text } = nonmemCsv(written, { compartments: ['depot', 'gut', 'central'] })
    expect(text).toContain('# cartkin: CMT {"1":"depot","3":"central"}')
    const at = header(text).indexOf('CMT')
    expect(rows(text).map((cells) => cells[at])).toEqual(['3', '-1'])
    expect(back(written, ['depot', 'gut', 'central'])).toEqual(written)
  })

  it('gives infusions by their duration as a rate, and takes the duration back', () => {
    const written = [one({ time: 0, evid: 1, cmt: 'A', amt: 10, duration: 0.3 })]
    const { text, notes } = nonmemCsv(written)
    expect(rows(text)[0]?.[header(text).indexOf('RATE')]).toBe(String(10 / 0.3))
    expect(notes.join()).toContain('RATE = AMT/DUR')
    expect(back(written)).toEqual(written)
  })

  it('leaves numbers that are ids already', () => {
    const text = nonmemCsv([{ ...one({ time: 0, evid: 2 }), id: '12' }]).text
    expect(rows(text)[0]?.[0]).toBe('12')
    expect(text).not.toContain('cartkin: ID')
  })

  it('holds covariates that change in time, in rows of their own between records', () => {
    const subject: Subject = {
      ...one({ time: 0, evid: 1, cmt: 'A', amt: 1 }, { time: 10, evid: 2 }),
      parameters: { WT: 70 },
      covariates: [{ name: 'WT', times: [0, 4, 10], values: [70, 71, 75], interpolation: 'locf' }],
    }
    const { text, notes } = nonmemCsv([subject])
    const names = header(text)
    expect(rows(text).map((cells) => [cells[1], cells[2], cells[names.indexOf('WT')]])).toEqual([
      ['0', '1', '70'],
      ['4', '2', '71'],
      ['10', '2', '75'],
    ])
    expect(notes.join()).toContain('WT change in time')
    const [read] = readEventData(text, 'd.csv').subjects
    expect(read?.covariates).toEqual(subject.covariates)
  })

  it('holds values of rows of one time that differ', () => {
    const file = 'ID,TIME,EVID,CMT,AMT,WT\n1,-3,2,.,.,69\n1,0,1,1,5,70\n1,0,1,2,5,72\n'
    const { subjects: read } = readEventData(file, 'd.csv')
    expect(read[0]?.records[1]?.covariates).toEqual({ WT: 70 })
    expect(back(read)).toEqual(read)
  })

  it.each([
    ['nobody', [], /no record/],
    ['a subject without rows', [one()], /subject 1 has no record/],
    ['two of one name', [one({ time: 0, evid: 2 }), one({ time: 0, evid: 2 })], /two subjects are called 1/],
    ['a time that is none', [one({ time: Number.NaN, evid: 2 })], /record 1: time NaN/],
    ['a covariate called RATE', [{ ...one({ time: 0, evid: 2 }), parameters: { rate: 1 } }], /goes by the name/],
  ] as const)('is refused for %s', (_, written, message) => {
    expect(() => nonmemCsv(written)).toThrow(message)
  })

  it.each([
    ['# cartkin: shift=soon\n', /line 1|:1:1/],
    ['# cartkin: CMT [1]\n', /names such as/],
    ['# cartkin: mood=good\n', /not understood/],
  ])('whose remark %j cannot be read is refused with its place', (remark, message) => {
    const read = () => readEventData(`${remark}#ID,TIME,EVID,AMT\n1,0,1,1\n`, 'd.csv')
    expect(read).toThrow(DataError)
    expect(read).toThrow(message)
  })

  it('that a spreadsheet has filled up keeps its remarks', () => {
    const { text } = nonmemCsv([one({ time: -4, evid: 1, amt: 1 })], { timeUnit: 'day' })
    const filled = text.replace('shift=4 day\n', 'shift=4 day,,,,,,,,,,\r\n')
    expect(filled).not.toBe(text)
    const { subjects: read, timeUnit } = readEventData(filled, 'd.csv')
    expect([read[0]?.records[0]?.time, timeUnit]).toEqual([-4, 'day'])
  })

  it('of others, with comments of their own, is read as it stands', () => {
    const [subject] = readEventData('# shift=5\n#ID,TIME,EVID,AMT\n1,3,1,1\n', 'd.csv').subjects
    expect(subject?.records[0]?.time).toBe(3)
  })
})

describe('times that begin anew at a reset', () => {
  const file = `ID,TIME,EVID,AMT,II,ADDL,DV,WT
1,-1.5,1,100,6,3,.,70
1,30.3,0,.,.,.,4,80
1,-1.5,4,50,.,.,.,60
1,0.1,0,.,.,.,4,90
1,0.1,3,.,.,.,.,90
1,0,3,.,.,.,.,50
1,4,0,.,.,.,4,50
2,0,0,.,.,.,1,70
`
  const data = readEventData(file, 'd.csv')

  it('go on in the run, and stand in the records', () => {
    const [records = []] = data.subjects.map((subject) => subject.records)
    expect(records.map(({ time }) => time)).toEqual([-1.5, 30.3, 30.5, 32.1, 32.1, 33, 37])
    expect(records.map(({ dataTime }) => dataTime)).toEqual([undefined, undefined, -1.5, 0.1, 0.1, 0, 4])
    expect(data.notes.join('\n')).toContain('times begin anew at 2 resets (first: line 4)')
    expect(data.subjects[0]?.covariates?.[0]?.times).toEqual(records.map(({ time }) => time))
  })

  it('are exported as they were, and read back', () => {
    const { text } = nonmemCsv(data.subjects)
    expect(rows(text).map((cells) => cells[1])).toEqual(['0.5', '32.3', '0.5', '2.1', '2.1', '2', '6', '2'])
    expect(back(data.subjects)).toEqual(data.subjects.map((subject) => ({ ...subject, records: expect.anything() })))
    expect(back(data.subjects).map(({ records }) => records.map(({ time, dataTime }) => [time, dataTime]))).toEqual(
      data.subjects.map(({ records }) => records.map(({ time, dataTime }) => [time, dataTime])),
    )
  })
})
