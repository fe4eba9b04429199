import { checkEventData, type EventDataOptions, readEventData } from '@cartkin/tables'
import { describe, expect, it } from 'vitest'

const read = (source: string | Uint8Array, options?: EventDataOptions) => readEventData(source, 'd.csv', options)
const records = (source: string | Uint8Array, options?: EventDataOptions) =>
  read(source, options).subjects.flatMap((subject) => subject.records)
const utf16 = (text: string, littleEndian: boolean) => {
  const view = new DataView(new ArrayBuffer(2 * text.length))
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), littleEndian)
  return new Uint8Array(view.buffer)
}
const latin1 = (text: string) => Uint8Array.from([...text].map((c) => c.charCodeAt(0)))

describe('encodings', () => {
  const text = 'ID,TIME,DV,UNIT\nMüller,0,5,µg/L\n'

  it.each([
    ['UTF-8', new TextEncoder().encode(text), 'UTF-8'],
    ['UTF-8 with a mark', new TextEncoder().encode(`\uFEFF${text}`), 'UTF-8'],
    ['UTF-16, little end first', utf16(`\uFEFF${text}`, true), 'UTF-16LE'],
    ['UTF-16, big end first', utf16(`\uFEFF${text}`, false), 'UTF-16BE'],
    ['Latin-1', latin1(text), 'Windows-1252'],
  ])('%s', (_, bytes, encoding) => {
    const data = read(bytes)
    expect(data.encoding).toBe(encoding)
    expect(data.subjects.map(({ id }) => id)).toEqual(['Müller'])
    expect(data.notes.some((note) => note.includes(encoding))).toBe(encoding !== 'UTF-8')
  })

  it('shows a cell that was read as Windows-1252', () => {
    expect(read(latin1(text)).notes).toContain(
      'the text is not UTF-8 and was read as Windows-1252 (Latin-1): line 2 has "Müller"',
    )
    expect(read(Uint8Array.from([...latin1('TIME,DV,PRICE\n0,5,'), 0x80, 10])).notes.join()).toContain('"€"')
  })
})

describe('decimals', () => {
  it('are separated as one says, where the numbers do not tell', () => {
    const values = (text: string, decimalSeparator: '.' | ',') =>
      records(text, { decimalSeparator }).map(({ dv }) => dv)
    expect(values('TIME;DV\n0;1,234\n', ',')).toEqual([1.234])
    expect(values('TIME;DV\n0;1.234\n', '.')).toEqual([1.234])
    expect(values('TIME,DV\n0,"1,5"\n', ',')).toEqual([1.5])
    expect(() => values('TIME;DV\n0;1,234\n', '.')).toThrow('decimal separator of this file is "."')
  })
})

describe('comments and marks', () => {
  it('are left out and counted', () => {
    const data = read('# from the laboratory\nC,TIME,DV\n.,0,1\n@ lost\nC,1,2\n,2,3\n')
    expect(data.subjects[0]?.records.map(({ dv }) => dv)).toEqual([1, 3])
    expect(data.notes).toContain('2 lines are comments (they begin with # or @) and were left out; the first is line 1')
    expect(data.notes).toContain('1 row with a mark in C left out (first: line 5)')
  })

  it('do not hide a header that begins as one', () => {
    const data = read('#TIME,DV\n0,1\n')
    expect(data.subjects[0]?.records).toEqual([{ time: 0, evid: 0, dv: 1 }])
    expect(data.notes).toContain('the names of the columns were read from a line that begins as a comment')
  })

  it('are lines that repeat the header, too', () => {
    const data = read('TIME,DV\n0,1\nTIME,DV\n1,2\n')
    expect(data.subjects[0]?.records.map(({ dv }) => dv)).toEqual([1, 2])
    expect(data.notes).toContain('1 of the lines repeat the names of the columns and were left out')
  })

  it('are not seen in quotes, in later cells or in a column C of numbers', () => {
    const data = read('ID,TIME,DV,C\n"#1",0,1,7\n"#1",1,2,7\n')
    expect(data.subjects[0]?.id).toBe('#1')
    expect(data.covariates).toEqual(['C'])
  })
})

describe('limits of quantification', () => {
  it.each([
    ['<0.1', 'TIME,DV\n0,<0.1\n', { dv: 0.1, cens: 1 }],
    ['< 0.1', 'TIME,DV\n0,< 0.1\n', { dv: 0.1, cens: 1 }],
    ['>500', 'TIME,DV\n0,>500\n', { dv: 500, cens: -1 }],
    ['<0,1 among decimal commas', 'TIME;DV\n0;"<0,1"\n', { dv: 0.1, cens: 1 }],
    ['BLQ beside LLOQ', 'TIME,DV,LLOQ\n0,BLQ,0.5\n', { dv: 0.5, cens: 1 }],
    ['bql beside LOQ', 'TIME,DV,LOQ\n0,bql,0.5\n', { dv: 0.5, cens: 1 }],
    ['a value below LLOQ', 'TIME,DV,LLOQ\n0,0.3,0.5\n', { dv: 0.5, cens: 1 }],
    ['a value at LLOQ', 'TIME,DV,LLOQ\n0,0.5,0.5\n', { dv: 0.5, lloq: 0.5 }],
    ['a value above ULOQ', 'TIME,DV,ULOQ\n0,9,8\n', { dv: 8, cens: -1 }],
    ['no value with CENS 1', 'TIME,DV,CENS,LLOQ\n0,.,1,0.5\n', { dv: 0.5, cens: 1 }],
    ['an interval', 'TIME,DV,CENS,LIMIT\n0,0.5,1,0\n', { dv: 0.5, cens: 1, limit: 0 }],
  ])('%s', (_, text, wanted) => {
    expect(records(text)).toEqual([{ time: 0, evid: 0, ...wanted }])
  })

  it('are those of each assay, by column or by option', () => {
    const rows = 'ID,TIME,DVID,DV\n1,0,CAR,20\n1,0,CRP,2\n1,1,CAR,80\n1,1,IL6,1\n'
    const lloq = new Map([
      ['CAR', 50],
      ['', 1.5],
    ])
    expect(records(rows, { lloq }).map(({ dv, cens }) => [dv, cens])).toEqual([
      [50, 1],
      [2, undefined],
      [80, undefined],
      [1.5, 1],
    ])
    expect(read(rows, { lloq }).notes).toContain('2 values below LLOQ are censored at it')
  })

  it('are told as they are written', () => {
    expect(read('TIME,DV,LLOQ\n0,BLQ,1\n1,<2,\n2,BLQ,1\n3,.,.\n').notes).toEqual(
      expect.arrayContaining([
        'values beyond a limit of quantification are written as "BLQ" (2), "<2" (1)',
        'no value is written as "." (2), empty cells (1)',
      ]),
    )
  })
})

describe('missing values', () => {
  it('are declared or not: -99 is a number until it is', () => {
    const text = 'TIME,DV,WT\n0,5,70\n1,-99,70\n'
    expect(records(text).map(({ dv }) => dv)).toEqual([5, -99])
    expect(read(text).doubts.map(({ message }) => message)).toEqual([
      'd.csv, line 3, column 3 (DV): "-99" is taken as a number (1 such cell in DV); if it stands for no value, declare it as missing',
    ])
    expect(records(text, { missing: ['-99'] })[1]).toEqual({ time: 1, evid: 0, mdv: true })
    expect(read(text, { missing: ['-99'] }).notes).toContain('"-99" stand for no value: 1 cell')
  })

  it('are doubted where MDV promises one', () => {
    const { data, doubts } = checkEventData('TIME,DV,MDV\n0,.,0\n', 'd.csv')
    expect(data?.subjects[0]?.records).toEqual([{ time: 0, evid: 0, mdv: true }])
    expect(doubts[0]?.message).toContain('d.csv, line 2, column 3 (DV): "." is no value, but MDV is 0')
  })

  it('with MDV 1 a value is not used, in an observation or a dose', () => {
    const data = read('TIME,EVID,AMT,DV,MDV\n0,1,5,3,1\n1,0,.,4,1\n')
    expect(data.subjects[0]?.records.map(({ dv }) => dv)).toEqual([undefined, undefined])
    expect(data.notes).toContain('2 values in rows with MDV 1 are not used')
  })
})

describe('values on the logarithmic scale', () => {
  it('become values, with their limits', () => {
    const [first, second] = records('TIME,LNDV,CENS\n0,0,0\n1,1,1\n')
    expect(first).toEqual({ time: 0, evid: 0, dv: 1 })
    expect(second?.dv).toBeCloseTo(Math.E, 15)
    expect(second?.cens).toBe(1)
    expect(records('TIME,DV\n0,0\n', { logarithmic: true })).toEqual([{ time: 0, evid: 0, dv: 1 }])
    expect(read('TIME,LNDV\n0,0\n').notes.join('\n')).toContain('values are natural logarithms')
  })
})

describe('dates and clock times', () => {
  const times = (text: string) => records(text).map(({ time }) => time)

  it.each([
    ['clock times', 'TIME,DV\n8:30,1\n9:45,2\n25:00,3\n', [0, 1.25, 16.5]],
    ['DATE', 'DATE,TIME,DV\n2/28/2024,23:00,1\n2/29/2024,1:00,2\n3/1/2024,1:00:36,3\n', [0, 2, 26.01]],
    ['DAT1', 'DAT1,TIME,DV\n28-02-2023,23:00,1\n01-03-2023,1:00,2\n', [0, 2]],
    ['DAT2', 'DAT2,TIME,DV\n2024-12-31,23:00,1\n2025-01-01,1:00,2\n', [0, 2]],
    ['DAT3', 'DAT3,TIME,DV\n2024/31/12,23:00,1\n2025/01/01,1:00,2\n', [0, 2]],
    ['years of two digits', 'DATE,TIME,DV\n12/31/99,23:00,1\n1/1/00,1:00,2\n3/1/00,1:00,3\n', [0, 2, 1442]],
    ['dates alone, years of two digits', 'DAT1,DV\n28/02/24,1\n1/3/24,2\n', [0, 48]],
    ['hours of the day', 'DATE,TIME,DV\n1,23,1\n2,1.5,2\n', [0, 2.5]],
    ['numbers of days', 'DATE,TIME,DV\n1,23:00,1\n2,1:00,2\n', [0, 2]],
    ['ISO 8601', 'TIME,DV\n2024-01-31T08:30,1\n2024-02-01 08:30:00,2\n', [0, 24]],
    ['offsets from UTC', 'TIME,DV\n2024-01-31T08:30Z,1\n2024-01-31T12:30+02:00,2\n', [0, 2]],
    ['dates alone', 'DATE,DV\n2024-01-31,1\n2024-02-02,2\n', [0, 48]],
  ])('%s become hours since the first record', (_, text, wanted) => {
    expect(times(text)).toEqual(wanted)
    expect(read(text).timeUnit).toBe('h')
    expect(read(text).notes.join('\n')).toContain('times are hours since the first record of each subject')
  })

  it('begin with each subject', () => {
    expect(times('ID,TIME,DV\nA,8:00,1\nA,9:00,2\nB,10:00,3\nB,10:30,4\n')).toEqual([0, 1, 0, 0.5])
  })

  it('leave a date beside numbers unused, and say so', () => {
    expect(times('DATE,TIME,DV\n2024-01-31,5,1\n')).toEqual([5])
    expect(read('DATE,TIME,DV\n2024-01-31,5,1\n').notes).toContain('DATE is not used, since TIME holds numbers')
  })
})

describe('units', () => {
  it('of the times stand in a header or a column', () => {
    expect(read('TIME,TIMEUNIT,DV\n0,Hours,1\n').timeUnit).toBe('h')
    expect(read('TIME [day],DV\n0,1\n').timeUnit).toBe('day')
    expect(read('TIME [h],TIMEUNIT,DV\n0,hours,1\n').timeUnit).toBe('h')
  })

  it('of values are shown by endpoint', () => {
    const data = read('TIME,DVID,DV,EVENTU,AMT [mg]\n0,CAR,1,copies/ug,0\n0,CRP,2,mg/L,0\n')
    expect(data.notes).toContain('units: CAR copies/ug, CRP mg/L, AMT mg')
    expect(data.columns.find(({ header }) => header === 'AMT [mg]')).toEqual({
      header: 'AMT [mg]',
      meaning: 'AMT',
      unit: 'mg',
    })
  })
})

describe('event numbers', () => {
  it('of the first RxODE are read beside observations', () => {
    expect(
      records(
        'TIME,EVID,AMT,II,CMT\n0,101,4,0,1\n1,210,5,12,.\n2,230,0,0,.\n3,40101,6,0,.\n4,50201,0.5,0,.\n5,0,0,0,2\n',
      ),
    ).toEqual([
      { time: 0, evid: 1, cmt: '1', amt: 4 },
      { time: 1, evid: 1, cmt: '2', amt: 5, ii: 12, ss: 1 },
      { time: 2, evid: 2, cmt: '-2' },
      { time: 3, evid: 5, cmt: '1', amt: 6 },
      { time: 4, evid: 6, cmt: '2', amt: 0.5 },
      { time: 5, evid: 0, cmt: '2', mdv: true },
    ])
  })

  it('replace, multiply and turn off', () => {
    expect(records('TIME,EVID,AMT,CMT\n0,5,4,1\n1,6,-2,1\n2,7,3,1\n3,2,.,-1\n4,2,.,-depot\n')).toEqual([
      { time: 0, evid: 5, cmt: '1', amt: 4 },
      { time: 1, evid: 6, cmt: '1', amt: -2 },
      { time: 2, evid: 7, cmt: '1', amt: 3 },
      { time: 3, evid: 2, cmt: '-1' },
      { time: 4, evid: 2, cmt: '-depot' },
    ])
  })

  it('may ask for a steady state, of a dose or of an infusion without end', () => {
    expect(records('TIME,EVID,AMT,RATE,II,SS\n0,1,100,0,24,1\n1,4,100,10,24,2\n2,1,0,10,0,1\n')).toEqual([
      { time: 0, evid: 1, amt: 100, ii: 24, ss: 1 },
      { time: 1, evid: 4, amt: 100, rate: 10, ii: 24, ss: 2 },
      { time: 2, evid: 1, amt: 0, rate: 10, ss: 1 },
    ])
  })
})

describe('what was measured', () => {
  it('is told by NAME, where it varies within subjects', () => {
    expect(records('ID,TIME,NAME,DV\n1,0,PK,1\n1,0,PD,2\n').map(({ endpoint }) => endpoint)).toEqual(['PK', 'PD'])
  })

  it('is not told by the names of people', () => {
    const data = read('ID,TIME,NAME,DV\n1,0,Ann,1\n2,0,Bob,2\n')
    expect(data.subjects.map(({ records }) => records[0]?.endpoint)).toEqual([undefined, undefined])
    expect(data.notes).toContain('columns of text were left out: NAME')
  })

  it('stands in LIDV, CONC or a column that is named', () => {
    expect(records('TIME,LIDV\n0,5\n')).toEqual([{ time: 0, evid: 0, dv: 5 }])
    expect(records('TIME,CONC [ng/mL]\n0,5\n')).toEqual([{ time: 0, evid: 0, dv: 5 }])
    expect(records('TIME,LIDV,CONC\n0,5,6\n', { columns: { DV: 'CONC' } })[0]?.dv).toBe(6)
    expect(read('TIME,LIDV\n0,5\n').notes).toContain('there is no column DV: the measured values are those of LIDV')
  })
})

describe('what may be meant otherwise is told', () => {
  it.each([
    [
      'ids that differ in spelling',
      'ID,TIME\nA1,0\n"a1 ",0\n',
      'line 3, column 1 (ID): "a1 " is another subject than "A1" in line 2',
    ],
    ['numbers as ids', 'ID,TIME\n1,0\n01,0\n', '"01" is another subject than "1" in line 2'],
    ['a last line without end', 'TIME,DV\n0,5', 'the last line has no line end'],
    ['an interval alone', 'TIME,AMT,II\n0,5,24\n', 'II without ADDL or SS means nothing in 1 row'],
    ['a subject without a dose', 'ID,TIME,AMT\n1,0,5\n2,0,0\n', '1 subject without a dose (first: 2)'],
  ])('%s', (_, text, part) => {
    expect(read(text).notes.join('\n')).toContain(part)
  })
})

describe('rows that stand twice', () => {
  it('are told as doses, and counted where the values differ', () => {
    const { data, doubts } = checkEventData('TIME,AMT,DV\n0,5,.\n0,5,.\n1,0,7\n1,0,8\n', 'd.csv')
    expect(data?.subjects[0]?.records).toHaveLength(4)
    expect(doubts.map(({ position }) => position?.line)).toEqual([3])
    expect(data?.notes).toContain('1 value measured at the time of another of the same subject (first: line 5)')
  })
})
