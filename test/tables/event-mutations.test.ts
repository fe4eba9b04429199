import { checkEventData, type EventData } from '@cartkin/tables'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ReferenceRow, referenceRows } from './reference-reader.ts'

const { CARTKIN_LONG } = process.env
const rounds = CARTKIN_LONG === '1' ? 400_000 : 24_000

const lines = (...rows: readonly string[]) => `${rows.join('\n')}\n`

/** Sound files of different kinds. */
const bases: readonly string[] = [
  lines(
    'ID,TIME,EVID,AMT,RATE,II,ADDL,SS,CMT,DV,MDV,WT',
    '1,-5,1,30,10,.,.,.,1,.,1,70',
    '1,0,1,100,0,24,3,0,2,.,1,70',
    '1,1.5,0,.,.,.,.,.,2,20.25,0,70',
    '2,0,1,2e8,-2,12,0,1,1,.,1,81.5',
    '2,3,0,.,.,.,.,.,2,7e1,0,81.5',
    '2,4,3,.,.,.,.,.,.,.,1,81.5',
  ),
  lines(
    'ID;TIME;AMT;DVID;DV;CENS;LLOQ',
    'A;0;100,5;;;;',
    'A;0,25;;CAR;12,75;0;0,5',
    'A;1;;CRP;<0,1;;',
    'B;0;;CAR;BLQ;;0,5',
    'B;2,5;;CAR;0,25;;0,5',
  ),
  '\uFEFFID\tDATE\tTIME\tDV\r\n"P-01"\t1/31/2024\t8:30\t1.5\r\n"P-01"\t2/1/2024\t0:15\t2.5\r\n"P,""2"""\t3/1/2024\t23:59:30\t3.25\r\n',
  lines(
    'C,ID,TIME [h],AMT,DV,DVID,MDV',
    'C,1,0,5,.,x,1',
    '# left out',
    '.,1,0,5,.,CAR,1',
    '.,1,1,0,1.25,CAR,0',
    'C,1,2,0,9,CAR,0',
    '.,2,0,0,<0.5,CAR,0',
    '.,2,1,0,50,"CRP, mg/L",1',
  ),
]

const pieces = [
  '0',
  '1',
  '9',
  '-',
  '+',
  '.',
  ',',
  ';',
  '\t',
  '\n',
  '\r\n',
  '"',
  '""',
  ' ',
  'e',
  'E',
  'x',
  'N',
  'NA',
  '<',
  '>',
  '#',
  '@',
  '=',
  "'",
  ':',
  '/',
  'C',
  '00',
  '1e3',
  'BLQ',
  '\uFEFF',
  'µ',
  '\u00a0',
  '１',
]

/** Numbers from a seed, the same everywhere (mulberry32). */
function deviates(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

function mutated(text: string, draw: (below: number) => number): string {
  const at = draw(text.length)
  const piece = pieces[draw(pieces.length)] ?? '0'
  const rows = text.split('\n')
  const row = draw(rows.length - 1)
  const other = draw(rows.length - 1)
  switch (draw(7)) {
    case 0:
    case 1:
      return `${text.slice(0, at)}${piece}${text.slice(at + 1)}`
    case 2:
      return `${text.slice(0, at)}${piece}${text.slice(at)}`
    case 3:
      return `${text.slice(0, at)}${text.slice(at + 1)}`
    case 4:
      return rows.toSpliced(row, 1).join('\n')
    case 5:
      return rows.toSpliced(row, 0, rows[other] ?? '').join('\n')
    default:
      return rows
        .with(row, rows[other] ?? '')
        .with(other, rows[row] ?? '')
        .join('\n')
  }
}

/** Where the two readers differ; null where they agree. */
function difference(data: EventData, rows: readonly ReferenceRow[]): string | null {
  const read = data.subjects.flatMap(({ id, records, parameters }) =>
    records.map((record) => ({ id, record, parameters })),
  )
  if (read.length !== rows.length) return `${read.length} records of ${rows.length} rows`
  for (const [index, { id, record, parameters }] of read.entries()) {
    const row = rows[index]
    if (row === undefined) return 'no row'
    const differ = (what: string, found: unknown, wanted: unknown) =>
      Object.is(found, wanted) ? null : `row ${index + 1}: ${what} is ${String(found)}, not ${String(wanted)}`
    const isDose = ![0, 2, 3].includes(row.evid)
    const numbers = (['amt', 'rate', 'addl', 'ss'] as const).map((name) =>
      isDose ? differ(name, (record[name] ?? 0) + 0, row.numbers[name] + 0) : null,
    )
    const interval = record.ii === undefined ? null : differ('ii', record.ii, row.numbers.ii)
    const first = rows.find((other) => other.id === id && other.weight !== undefined)?.weight
    const covariate = first === undefined ? null : differ('WT', parameters['WT'], first)
    const timeOk =
      Math.abs((record.dataTime ?? record.time) - row.time) < 1e-9 ? null : differ('time', record.time, row.time)
    const found =
      differ('id', id, row.id) ??
      timeOk ??
      differ('evid', record.evid, row.evid + 0) ??
      (record.evid === 3 ? null : differ('cmt', record.cmt, row.cmt)) ??
      (record.evid === 0 ? differ('endpoint', record.endpoint, row.endpoint) : null) ??
      numbers.find((wrong) => wrong !== null) ??
      interval ??
      differ('dv', record.dv, row.dv) ??
      differ('cens', (record.cens ?? 0) + 0, row.cens + 0) ??
      covariate
    if (found !== null) return found
  }
  return null
}

/** How a text fares: read as the reference reads it, refused, or silently something else. */
function fate(text: string): 'read' | 'refused' | string {
  const { data, errors } = checkEventData(text, 'd.csv')
  if (data === undefined) return errors.length > 0 ? 'refused' : 'refused without a word'
  const { delimiter, decimalSeparator } = data.format
  const rows = referenceRows(text, delimiter, decimalSeparator)
  const isOrdered = data.notes.some((note) => note.includes('put in the order of time'))
  return difference(data, isOrdered ? inTime(rows) : rows) ?? 'read'
}

/** The rows of each subject in the order of time, as the notes say they were put. */
function inTime(rows: readonly ReferenceRow[]): readonly ReferenceRow[] {
  const ids = [...new Set(rows.map(({ id }) => id))]
  return ids.flatMap((id) => rows.filter((row) => row.id === id).toSorted((a, b) => a.time - b.time))
}

describe('whatever is read of a damaged file is what stands in it', () => {
  it.each(bases.map((base, index) => [index + 1, base] as const))('sound file %i', (_, base) => {
    expect(fate(base)).toBe('read')
  })

  it.each(bases.map((base, index) => [index + 1, base] as const))(
    'damaged file %i',
    (index, base) => {
      const counts = new Map<string, number>()
      for (let k = 0; k < rounds / bases.length; k++) {
        const draw = deviates(1_000_003 * index + k)
        const once = mutated(base, draw)
        const text = draw(3) === 0 ? mutated(once, draw) : once
        const found = fate(text)
        counts.set(found, (counts.get(found) ?? 0) + 1)
        if (found !== 'read' && found !== 'refused') expect.fail(`${found}\n${JSON.stringify(text)}`)
      }
      expect(counts.get('read')).toBeGreaterThan(rounds / bases.length / 20)
      expect(counts.get('refused')).toBeGreaterThan(rounds / bases.length / 20)
    },
    600_000,
  )
})

describe('a file of any bytes', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          ...pieces,
          'ID',
          'TIME',
          'DV',
          'AMT',
          'EVID',
          'DATE',
          'LLOQ',
          'NAME',
          '8:30',
          '2024-01-31',
          '101',
        ),
        {
          maxLength: 60,
        },
      )
      .map((parts) => new TextEncoder().encode(`ID,TIME,DV${parts.join('')}`)),
  )

  it('is read or refused with words', () => {
    fc.assert(
      fc.property(bytes, (file) => {
        const { data, errors } = checkEventData(file, 'd.csv')
        expect(data === undefined).toBe(errors.length > 0)
        for (const { problem, expected } of errors) expect(problem.length * expected.length).toBeGreaterThan(0)
      }),
      { numRuns: 4000 },
    )
  })

  it.each([
    ['faults', `TIME,DV\n${'0,x\n'.repeat(50_000)}`],
    ['quotes', `TIME,DV\n${'"0","1"\n'.repeat(20_000)}"`],
    ['columns', `TIME,${Array.from({ length: 999 }, (_, i) => `a${i}`).join(',')}\n${'0,'.repeat(999)}0\n`],
    ['subjects', `ID,TIME,DV\n${Array.from({ length: 30_000 }, (_, i) => `${i},0,1\n`).join('')}`],
    ['values twice', `TIME,DV\n${'0,1\n'.repeat(30_000)}`],
    ['doses twice', `TIME,AMT\n${'0,1\n'.repeat(30_000)}`],
    ['a long line', `TIME,DV\n0,${'9'.repeat(1_000_000)}\n`],
    ['comments', '#\n'.repeat(100_000)],
    ['delimiters', ','.repeat(1_000_000)],
  ])('of many %s ends with a bounded number of words', (_, file) => {
    const { data, errors, doubts } = checkEventData(file, 'd.csv')
    expect(data === undefined).toBe(errors.length > 0)
    expect(errors.length + doubts.length).toBeLessThanOrEqual(2002)
  })
})
