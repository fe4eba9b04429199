import { readFile as readDisk } from 'node:fs/promises'
import { join } from 'node:path'
import { parseModel } from '@cartkin/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'
import { malformedFiles } from './malformed-data.ts'

interface Check {
  readonly kind: string
  readonly text: string
  readonly lines: readonly number[]
}
interface Reading {
  readonly rows: number
  readonly header: readonly string[]
  readonly faults: readonly { readonly place: { readonly line: number; readonly column: number } | null }[]
  readonly events: object | null
}
interface Read {
  readonly reading: Reading
  page(from: number): {
    readonly rows: number
    readonly shown: readonly { readonly line: number; readonly cells: readonly string[] }[]
  }
  rowOf(line: number): number
}
interface Mark {
  readonly kind: string
  readonly quantity: string
  readonly time: number
  readonly value: number
  readonly subject: string
  readonly group: number
  readonly line: number
}
interface Observed {
  readonly marks: readonly Mark[]
  readonly limits: readonly { readonly quantity: string; readonly value: number }[]
  readonly endpoints: readonly { readonly label: string; readonly quantity: string | null }[]
  readonly checks: readonly Check[]
  readonly counts: Readonly<Record<'subjects' | 'observed' | 'below' | 'above' | 'excluded', number>>
  readonly data: {
    readonly subjects: readonly { readonly records: readonly { readonly dv?: number }[] }[]
    lineOf(subject: number, record: number): number
  } | null
}
interface Choice {
  readonly excluded: readonly number[]
  readonly limits: Readonly<Record<string, number>>
}
type Model = Readonly<Record<string, unknown>> & {
  readonly quantities: ReadonlyMap<string, { readonly unit: string }>
}

const { readFile }: { readFile(bytes: Uint8Array, name: string, options: object): Read } =
  await loadDashboard('datasets/read-file.ts')
const { faultCheck }: { faultCheck(fault: unknown): Check } = await loadDashboard('datasets/data-checks.ts')
const {
  observe,
}: {
  observe(
    reading: Reading,
    choice: Choice,
    observed: Readonly<Record<string, string>>,
    model: Model,
    horizon: number,
  ): Observed
} = await loadDashboard('datasets/observe.ts')
const {
  firstChoice,
  withExcluded,
  withColumn,
}: {
  firstChoice(file: object): Choice
  withExcluded(choice: Choice, lines: readonly number[], out: boolean): Choice
  withColumn(
    choice: Choice,
    header: string,
    meaning: string,
  ): Choice & { readonly columns: object; readonly ignored: readonly string[] }
} = await loadDashboard('document/data-choice.ts')
const { openText }: { openText(parsed: object): Model } = await loadDashboard('state/open-text.ts')
const { fileKind }: { fileKind(name: string, start: string): string } = await loadDashboard('datasets/file-kind.ts')
const { typedRows }: { typedRows(text: string): readonly number[] | null } =
  await loadDashboard('datasets/typed-rows.ts')
const { guessQuantity }: { guessQuantity(label: string, model: Model): string | null } =
  await loadDashboard('datasets/guess-quantity.ts')
const {
  explore,
}: {
  explore(
    reading: Reading,
    events: object | null,
    choice: Choice,
  ): {
    readonly kinds: readonly {
      readonly name: string
      readonly groups: readonly {
        readonly name: string
        readonly subjects: readonly (readonly object[])[]
        readonly summaries: readonly { readonly time: number; readonly count: number; readonly p50: number }[]
      }[]
    }[]
    readonly problem?: string
  }
} = await loadDashboard('datasets/explore.ts')
const {
  markRows,
}: { markRows(marks: readonly Mark[]): readonly { readonly shape: string; readonly trace: string }[] } =
  await loadDashboard('plot/observed-rows.ts')
const { axiCelCsv }: { axiCelCsv(summary: string): string } = await loadDashboard('state/example-data.ts')

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (text: string, options: object = {}): Read => readFile(bytes(text), 'd.csv', options)
const choice = (changes: object = {}): Choice => ({
  ...firstChoice({ name: 'd.csv', hash: '0'.repeat(64), size: 1, attribution: '' }),
  ...changes,
})
const parsed = parseModel(`
  ini({ k <- 0.1 # [1/day]
        add.err <- 0.3 })
  model({
    d/dt(A) = -k*A  # [ng]
    C <- A/2 # [ng/mL] concentration
    A(0) = 100
    C ~ lnorm(add.err)
  })
`)
if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message)
const model = openText(parsed.model)
const against = (text: string, changes: object = {}, named: Readonly<Record<string, string>> = {}): Observed => {
  const lloq = new Map(Object.entries(choice(changes).limits))
  return observe(read(text, { lloq }).reading, choice(changes), named, model, 28)
}
const kinds = ({ marks }: Observed): readonly string[] => marks.map(({ kind }) => kind)

describe('files that cannot be used', () => {
  it.each(malformedFiles)('$name: says where and what', ({ content, row, column, says }) => {
    const { reading } = read(content)
    const [fault] = reading.faults
    expect(reading.events).toBeNull()
    expect(fault?.place?.line ?? null).toBe(row)
    expect(fault?.place?.column ?? null).toBe(column)
    const { text } = faultCheck(fault)
    for (const words of says) expect(text).toContain(words)
    if (row !== null) expect(text.startsWith(`Row ${row}, column ${column}`)).toBe(true)
  })

  it('shows the lines of a file that cannot be taken apart, each at its place', () => {
    const { reading, page, rowOf } = read('ID,TIME,DV\n1,0,"5\n1,1,7\n')
    expect(reading.header).toEqual([])
    expect(page(0).shown[1]).toEqual({ line: 2, cells: ['1,0,"5'] })
    expect(page(rowOf(3)).shown[0]?.line).toBe(3)
  })
})

describe('a file with semicolons and decimal commas', () => {
  const text = 'ID;TIME [h];DV\n1;0;12,5\n1;12,5;3\n'

  it('is shown with decimal points', () => {
    expect(
      read(text)
        .page(0)
        .shown.map(({ cells }) => cells),
    ).toEqual([
      ['1', '0', '12.5'],
      ['1', '12.5', '3'],
    ])
  })

  it('has its times in the unit of the model', () => {
    const { marks, checks } = against(text)
    expect(marks.map(({ time, value }) => [time, value])).toEqual([
      [0, 12.5],
      [12.5 / 24, 3],
    ])
    expect(checks.some(({ kind, text }) => kind === 'done' && text.includes('divided by 24'))).toBe(true)
  })
})

describe('data held against a model', () => {
  it('counts every row once: observed, below, above, left out', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('<1', '>9', '5', '7'), fc.boolean()), { minLength: 1, maxLength: 40 }),
        (rows) => {
          const text = ['ID,TIME,DV', ...rows.map(([value], k) => `1,${k},${value}`)].join('\n')
          const excluded = rows.flatMap(([, out], k) => (out ? [k + 2] : []))
          const { counts, marks, data } = against(text, { excluded })
          const of = (value: string): number => rows.filter(([own, out]) => own === value && !out).length
          expect(counts.below).toBe(of('<1'))
          expect(counts.above).toBe(of('>9'))
          expect(counts.observed).toBe(of('5') + of('7'))
          expect(counts.excluded).toBe(excluded.length)
          expect(marks).toHaveLength(rows.length)
          expect(data?.subjects[0]?.records).toHaveLength(rows.length - excluded.length)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('keeps the lines of rows when others are left out', () => {
    const { data, marks } = against('ID,TIME,DV\n1,0,5\n1,1,6\n1,2,7\n', { excluded: [3] })
    expect([0, 1].map((record) => data?.lineOf(0, record))).toEqual([2, 4])
    expect(marks.map(({ line }) => line)).toEqual([2, 3, 4])
  })

  it('converts values that the file says in another unit, limits too', () => {
    const { marks, limits } = against('ID,TIME,DV [pg/mL],LLOQ\n1,0,5000,500\n1,1,100,500\n')
    expect(marks.map(({ kind, value }) => [kind, value])).toEqual([
      ['observed', 5],
      ['below', 0.5],
    ])
    expect(limits).toEqual([{ quantity: 'C', value: 0.5 }])
  })

  it('does not use values of another kind of unit', () => {
    const { marks, checks } = against('ID,TIME,DV [cells/uL]\n1,0,5\n1,1,3\n')
    expect(marks).toEqual([])
    expect(checks.find(({ kind }) => kind === 'fault')?.text).toContain('cells/uL')
  })

  it('takes zeros on a log scale as below the smallest value, unless they are to be kept', () => {
    const text = 'ID,TIME,DV\n1,0,0\n1,1,50\n1,2,7\n'
    expect(kinds(against(text))).toEqual(['below', 'observed', 'observed'])
    expect(against(text).limits).toEqual([{ quantity: 'C', value: 7 }])
    expect(kinds(against(text, { zeros: 'kept' }))).toEqual(['observed', 'observed', 'observed'])
    const doubt = against(text).checks.find(({ text }) => text.includes('zero'))
    expect(doubt).toMatchObject({ kind: 'doubt', lines: [2] })
  })

  it('censors what lies below a typed limit, of which a file without endpoints has one', () => {
    const { marks, limits } = against('ID,TIME,DV\n1,0,0\n1,1,50\n1,2,7\n', { limits: { '': 10 } })
    expect(marks.map(({ kind, value }) => [kind, value])).toEqual([
      ['below', 10],
      ['observed', 50],
      ['below', 10],
    ])
    expect(limits).toEqual([{ quantity: 'C', value: 10 }])
  })

  it('uses a kind of values for the quantity that was chosen, and says which are not used', () => {
    const text = 'ID,TIME,DV,DVID\n1,0,5,1\n1,0,6,2\n1,1,7,2\n'
    expect(against(text).marks).toHaveLength(1)
    expect(against(text).checks.some(({ text }) => text.startsWith('2 values of “2” are not used'))).toBe(true)
    const named = against(text, {}, { 2: 'A', 1: '' })
    expect(named.marks.map(({ quantity, line }) => [quantity, line])).toEqual([
      ['A', 3],
      ['A', 4],
    ])
  })

  it('is not led astray by names that every object has', () => {
    const text = 'ID,TIME,DV,DVID\n1,0,5,constructor\n1,1,6,__proto__\n1,2,6,toString\n'
    const { endpoints } = against(text)
    expect(endpoints.map(({ label, quantity }) => [label, quantity])).toEqual([
      ['constructor', null],
      ['__proto__', null],
      ['toString', null],
    ])
  })

  it('links what may be wrong to its rows', () => {
    const { checks } = against('ID,TIME,DV\n1,0,5\n1,1,6\n2,0,5\n2,40,6\n')
    expect(checks.find(({ text }) => text.startsWith('1 value after time 28'))?.lines).toEqual([5])
  })
})

describe('guesses', () => {
  it('of quantities: by name whatever its case and signs, by number, the main one where nothing is said', () => {
    expect(guessQuantity('C', model)).toBe('C')
    expect(guessQuantity('c', model)).toBe('C')
    expect(guessQuantity('Concentration', model)).toBe('C')
    expect(guessQuantity('1', model)).toBe('C')
    expect(guessQuantity('', model)).toBe('C')
    expect(guessQuantity('2', model)).toBeNull()
    expect(guessQuantity('IL-6', model)).toBeNull()
  })

  it('of what a dropped file is: by what stands in it before its name', () => {
    expect(fileKind('a.csv', 'ID,TIME,DV\n1,0,5\n')).toBe('data')
    expect(fileKind('a.txt', 'ID;TIME;DV\n1;0;5\n')).toBe('data')
    expect(fileKind('a.csv', 'd/dt(A) = -k*A\n')).toBe('model')
    expect(fileKind('a.txt', 'k = 0.1 # a, b\nd/dt(A) = -k*A\n')).toBe('model')
    expect(fileKind('a.txt', '{"schema":1,"open":"x"}')).toBe('project')
    expect(fileKind('a.json', '[1]')).toBe('project')
    expect(fileKind('a.xlsx', 'PK\u0003\u0004')).toBe('data')
  })
})

describe('what a person chooses', () => {
  it('rows as numbers and ranges', () => {
    expect(typedRows('17, 20-22 20')).toEqual([17, 20, 21, 22])
    for (const text of ['', 'x', '5-3', '0', '1-999999999', '1.5']) expect(typedRows(text)).toBeNull()
  })

  it('leaving rows out and taking them in again ends where it began', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 500 })), (rows) => {
        const out = withExcluded(choice(), rows, true)
        expect(out.excluded).toEqual(rows.toSorted((a, b) => a - b))
        expect(withExcluded(out, rows, false).excluded).toEqual([])
      }),
    )
  })

  it('a column stands for one thing, and one column for each', () => {
    const first = withColumn(choice(), 'day', 'TIME')
    expect(first.columns).toEqual({ TIME: 'day' })
    expect(withColumn(first, 'hour', 'TIME').columns).toEqual({ TIME: 'hour' })
    expect(withColumn(first, 'day', 'ignored')).toMatchObject({ columns: {}, ignored: ['day'] })
  })
})

describe('exploration', () => {
  const text = 'ID,TIME,DV,ARM\n1,0,5,a\n1,1,6,a\n2,0,9,b\n2,1,<1,b\n3,0,7,a\n3,1,8,a\n'

  it('groups subjects by a column of texts', () => {
    const { reading } = read(text)
    const { kinds } = explore(reading, reading.events, choice({ group: 'ARM' }))
    expect(kinds[0]?.groups.map(({ name, subjects }) => [name, subjects.length])).toEqual([
      ['a', 2],
      ['b', 1],
    ])
    expect(kinds[0]?.groups[0]?.summaries.map(({ time, count, p50 }) => [time, count, p50])).toEqual([
      [0, 2, 6],
      [1, 2, 7],
    ])
    expect(kinds[0]?.groups[1]?.summaries[1]?.p50).toBe(Number.NEGATIVE_INFINITY)
  })

  it('says why there is nothing to see', () => {
    const { reading } = read('ID,TIME,AMT\n1,0,5\n1,1,5\n')
    expect(explore(reading, reading.events, choice()).problem).toContain('no observations')
  })

  it('marks have the shape of their group; triangles and crosses mean limits and rows left out', () => {
    const { marks } = against(text, { group: 'ARM', excluded: [3] })
    expect(markRows(marks).map(({ shape }) => shape.slice(0, 13))).toEqual([
      'circle',
      'M-0.8,-0.8L0.',
      'square',
      'triangle-down',
      'circle',
      'circle',
    ])
    expect(new Set(markRows(marks).map(({ trace }) => trace)).size).toBe(4)
  })
})

describe('the examples', () => {
  const root = join(import.meta.dirname, '../..')

  it('car-t-individuals: twelve patients, 22 values of CAR-T cells below 50', async () => {
    const text = await readDisk(join(root, 'examples/car-t-individuals/patients.csv'), 'utf8')
    const lines = text
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
    const cells = lines.filter(([, , , kind]) => kind === '1')
    const below = cells.filter(([, , value]) => Number(value) < 50).length
    const { counts } = against(text, { limits: { 1: 50 } })
    expect(below).toBe(22)
    expect(counts).toMatchObject({ subjects: 12, below, observed: cells.length - below })
  })

  it('axi-cel: medians of four grades from day 0, the assay of IL-6 with its limits', async () => {
    const summary = await readDisk(join(root, 'packages/cart-models/data/bwh-cc-by-nc/daily_summary.csv'), 'utf8')
    const { reading } = read(axiCelCsv(summary))
    expect(reading.faults).toEqual([])
    const { counts } = observe(
      reading,
      choice(),
      { CRP: 'C', FER: 'C', IL6: 'C' },
      {
        ...model,
        quantities: new Map([['C', { name: 'C', label: 'C', unit: '' }]]),
      } as never,
      28,
    )
    const rows = summary
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
    const taken = rows.filter(
      ([marker, stratum, day]) =>
        ['CRP', 'Ferritin', 'IL_6'].includes(marker ?? '') &&
        ['CRS0', 'CRS1', 'CRS2', 'CRS>=3'].includes(stratum ?? '') &&
        Number(day) >= 0,
    )
    const floored = taken.filter(([marker, , , , median]) => marker === 'IL_6' && Number(median) <= 1)
    expect(counts).toMatchObject({ subjects: 4, below: floored.length })
    expect(counts.observed + counts.below + counts.above).toBe(taken.length)
  })
})
