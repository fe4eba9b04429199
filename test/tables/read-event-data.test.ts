import { DataError, type EventDataOptions, readEventData } from '@cartkin/tables'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const read = (text: string, options?: EventDataOptions) => readEventData(text, 'd.csv', options)
const records = (text: string) => read(text).subjects.flatMap((subject) => subject.records)

describe('readEventData', () => {
  it('reads a file in the manner of NONMEM', () => {
    const data = read(
      [
        'ID,TIME,AMT,RATE,EVID,CMT,DV,YTYPE,WT,SITE',
        '1,-5,30,10,1,PN,.,.,70,Berlin',
        '1,0,2e8,0,1,CI,NA,,70,Berlin',
        '1,7,,,0,,27.5,CAR,70,Berlin',
        '2,0,1e8,,1,1,,,81.5,Rome',
        '2,0,,,0,,5,CRP,81.5,Rome',
        '2,3,,,0,,,CRP,81.5,Rome',
        '',
      ].join('\n'),
    )
    expect(data.subjects).toEqual([
      {
        id: '1',
        parameters: { WT: 70 },
        records: [
          { time: -5, evid: 1, cmt: 'PN', amt: 30, rate: 10 },
          { time: 0, evid: 1, cmt: 'CI', amt: 2e8 },
          { time: 7, evid: 0, dv: 27.5, endpoint: 'CAR' },
        ],
      },
      {
        id: '2',
        parameters: { WT: 81.5 },
        records: [
          { time: 0, evid: 1, cmt: '1', amt: 1e8 },
          { time: 0, evid: 0, dv: 5, endpoint: 'CRP' },
          { time: 3, evid: 0, mdv: true, endpoint: 'CRP' },
        ],
      },
    ])
    expect(data.covariates).toEqual(['WT'])
    expect(data.notes).toEqual([
      'cells are separated by commas, numbers have a decimal point',
      'no value is written as empty cells (12), "." (1), "NA" (1)',
      '2 subjects, 3 doses, 2 observations',
      '1 observation row without a value ask for predictions only',
      '1 row before time 0',
      'covariates: WT',
      'columns of text were left out: SITE',
    ])
  })

  it('reads semicolons, decimal commas and a byte order mark, and says so', () => {
    const data = read('\uFEFFid;Time;dv\r\n1;0,5;1,25\r\n')
    expect(data.subjects[0]?.records).toEqual([{ time: 0.5, evid: 0, dv: 1.25 }])
    expect(data.format).toEqual({ delimiter: ';', decimalSeparator: ',', byteOrderMark: true, lineEnding: 'CRLF' })
    expect(data.notes.slice(0, 2)).toEqual([
      'cells are separated by semicolons, numbers have a decimal comma',
      'a byte order mark at the beginning was skipped',
    ])
  })

  it('means the same by a decimal comma as by a decimal point', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 })
    fc.assert(
      fc.property(fc.array(number, { minLength: 1 }), (values) => {
        const lines = values.map((value, i) => `${i};${value}`)
        const points = `TIME;DV\n${lines.join('\n')}`
        expect(read(points.replaceAll('.', ',')).subjects).toEqual(read(points).subjects)
      }),
    )
  })

  it('takes one subject where there is no ID, and doses where AMT is above 0 when there is no EVID', () => {
    const data = read('TIME,AMT,DV\n0,100,.\n1,0,5\n2,.,4\n')
    expect(data.subjects.map(({ id }) => id)).toEqual(['1'])
    expect(data.subjects[0]?.records.map(({ evid }) => evid)).toEqual([1, 0, 0])
    expect(data.notes.join('\n')).toContain('no column EVID')
  })

  it('reads additional doses, durations, resets and censoring', () => {
    expect(
      records(
        'TIME,EVID,AMT,DUR,II,ADDL,DV,CENS,LIMIT\n0,1,5,0.5,1,2,,,\n1,3,,,,,,,\n2,4,7,,,,,,\n3,0,,,,,50,1,0\n4,0,,,,,9,-1,\n',
      ),
    ).toEqual([
      { time: 0, evid: 1, amt: 5, duration: 0.5, ii: 1, addl: 2 },
      { time: 1, evid: 3 },
      { time: 2, evid: 4, amt: 7 },
      { time: 3, evid: 0, dv: 50, cens: 1, limit: 0 },
      { time: 4, evid: 0, dv: 9, cens: -1 },
    ])
  })

  it('keeps the order of rows at one time', () => {
    expect(records('TIME,AMT,DV\n0,,1\n0,100,\n0,,2\n').map(({ evid }) => evid)).toEqual([0, 1, 0])
  })

  it('finds columns under the names it is given, and ignores those it is told to', () => {
    const data = read('patient,day,copies,batch\nA,0,5,1\nA,1,6,2\n', {
      columns: { ID: 'patient', TIME: 'day', DV: 'copies' },
      ignore: ['batch'],
    })
    expect(data.subjects[0]).toEqual({
      id: 'A',
      parameters: {},
      records: [
        { time: 0, evid: 0, dv: 5 },
        { time: 1, evid: 0, dv: 6 },
      ],
    })
  })

  it('gives a covariate to the subjects that have it, and says who has not', () => {
    const data = read('ID,TIME,WT\n1,0,.\n1,1,70\n2,0,NA\n')
    expect(data.subjects.map(({ parameters }) => parameters)).toEqual([{ WT: 70 }, {}])
    expect(data.notes).toContain('covariate WT is missing in 1 subject (first: 2)')
  })

  it('does not lose a covariate named like a member of objects', () => {
    expect(Object.entries(read('TIME,__proto__\n0,3\n').subjects[0]?.parameters ?? {})).toEqual([['__proto__', 3]])
  })

  it.each<[string, string, number, number, readonly string[]]>([
    ['a missing time column', 'ID,Tme,DV\n1,0,5\n', 1, 1, ['no column TIME among "ID", "Tme", "DV"', 'is it "Tme"?']],
    [
      'text in a number column',
      'TIME,DV\n0,5\n1,high\n2,low\n',
      3,
      3,
      ['(DV): "high" is not a number', 'd.csv, line 4, column 3 (DV): "low" is not a number'],
    ],
    ['a time that is none', 'TIME,DV\n0,5\nday 1,6\n', 3, 1, ['(TIME): "day 1" is not a number']],
    ['a date among numbers', 'TIME,DV\n0,5\n2024-01-31,6\n', 3, 1, ['is a timestamp, unlike the rows above']],
    ['a missing time', 'TIME,DV\n0,5\n.,6\n', 3, 1, ['(TIME): "." is no time']],
    [
      'time that runs backwards',
      'ID,TIME,DV\n1,5,1\n1,4,2\n',
      3,
      3,
      ['"4" is before 5, the time of the row above (line 2), within subject 1'],
    ],
    ['an unknown EVID', 'TIME,EVID\n0,8\n', 2, 3, ['(EVID): "8" is no EVID', 'one of 0, 1, 2, 3, 4, 5, 6, 7']],
    ['a dose without amount', 'TIME,EVID,AMT\n0,1,.\n', 2, 5, ['(AMT): "." is no amount']],
    ['a dose without amount column', 'TIME,EVID\n0,1\n', 2, 1, ['is no amount']],
    ['a negative dose', 'TIME,EVID,AMT\n0,1,-3\n', 2, 5, ['is negative']],
    ['an observation with amount', 'TIME,EVID,AMT\n0,0,3\n', 2, 5, ['is an amount, but the row is an observation']],
    [
      'a measured value in a dose row',
      'TIME,AMT,DV\n0,5,3\n',
      2,
      5,
      ['is a measured value, but the row is no observation (EVID 1)'],
    ],
    [
      'a steady state without interval',
      'TIME,EVID,AMT,II,SS\n0,1,5,0,1\n',
      2,
      7,
      ['is no interval for a steady state'],
    ],
    ['a rate that is none', 'TIME,EVID,AMT,RATE\n0,1,5,-3\n', 2, 7, ['(RATE): "-3"', '-1 for the rate(…)']],
    ['a billion doses', 'TIME,EVID,AMT,ADDL,II\n0,1,5,1e9,1\n', 2, 7, ['(ADDL): "1e9" is no count of doses']],
    [
      'additional doses without interval',
      'TIME,AMT,ADDL,II\n0,5,3,0\n',
      2,
      7,
      ['is no interval for 3 additional doses'],
    ],
    ['half an additional dose', 'TIME,AMT,ADDL,II\n0,5,1.5,1\n', 2, 5, ['is no count']],
    ['an unknown CENS', 'TIME,DV,CENS\n0,5,2\n', 2, 5, ['one of -1, 0, 1']],
    ['a LIMIT on the wrong side', 'TIME,DV,CENS,LIMIT\n0,5,1,6\n', 2, 7, ['does not lie beyond DV = 5']],
    ['a covariate of numbers and text', 'TIME,WT\n0,70\n1,heavy\n', 3, 3, ['(WT): "heavy" is not a number']],
    ['a subject in two parts', 'ID,TIME\n1,0\n2,0\n1,1\n', 4, 1, ['"1" appears again after its rows ended in line 2']],
    ['a row without ID', 'ID,TIME\n1,0\n,1\n', 3, 1, ['(ID): "" is no ID']],
    ['two columns of one meaning', 'ID,TIME,time\n1,0,0\n', 1, 9, ['"time" and "TIME" both stand for TIME']],
    ['two endpoint columns', 'TIME,DVID,YTYPE\n0,1,1\n', 1, 11, ['both stand for ENDPOINT']],
    ['a row of units', 'ID,TIME,DV\n.,day,cells/uL\n1,0,5\n', 2, 3, ['look like units']],
    ['a value below a limit that nobody says', 'TIME,DV\n0,BLQ\n', 2, 3, ['does not say its limit']],
    ['a decimal comma in a comma file', 'TIME,DV\n0,"1,5"\n', 2, 3, ['decimal separator of this file is "."']],
  ])('refuses %s', (_, text, line, column, parts) => {
    let message = ''
    try {
      read(text)
    } catch (error) {
      expect(error).toBeInstanceOf(DataError)
      message = error instanceof Error ? error.message : ''
    }
    expect(message).toContain(`d.csv, line ${line}, column ${column}`)
    for (const part of parts) expect(message).toContain(part)
  })

  it('names the nearest header for one it was told of and does not find', () => {
    expect(() => read('TIME,DV\n0,1\n', { ignore: ['Dv2'] })).toThrow('no column Dv2 among "TIME", "DV" (is it "DV"?)')
  })

  it('never changes a number: one changed character is another value, a refusal, or a change of text', () => {
    const good = 'ID,TIME,AMT,DV\n1,0,100,.\n1,1.5,.,20.25\n1,3,.,7e1\n'
    const characters = fc.constantFrom(...'0123456789.,;eE+-"\' \t\n\rxNA<')
    fc.assert(
      fc.property(fc.nat(good.length - 1), characters, (at, character) => {
        try {
          read(`${good.slice(0, at)}${character}${good.slice(at + 1)}`)
        } catch (error) {
          expect(error).toBeInstanceOf(DataError)
        }
      }),
      { numRuns: 3000 },
    )
  })
})
