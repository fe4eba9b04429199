/** A file that cannot be used, and what is said of it: row, column and words. */
export interface MalformedFile {
  readonly name: string
  readonly content: string
  /** Where the fault is; null for the whole file. */
  readonly row: number | null
  readonly column: number | null
  readonly says: readonly string[]
}

const rows = (...lines: readonly string[]): string => `${lines.join('\n')}\n`

/** Twelve of them, each broken in another way. */
export const malformedFiles: readonly MalformedFile[] = [
  { name: 'empty.csv', content: '', row: null, column: null, says: ['is empty'] },
  { name: 'header-only.csv', content: rows('ID,TIME,DV'), row: 2, column: 1, says: ['header but no row'] },
  {
    name: 'too-many-cells.csv',
    content: rows('ID,TIME,DV', '1,0,5', '1,1,7,8'),
    row: 3,
    column: 7,
    says: ['one cell too many', '4 cells', 'header 3'],
  },
  {
    name: 'too-few-cells.csv',
    content: rows('ID,TIME,DV', '1,0,5', '1,1'),
    row: 3,
    column: 3,
    says: ['2 cells', 'add the missing cells'],
  },
  {
    name: 'same-name-twice.csv',
    content: rows('ID,TIME,DV,DV', '1,0,5,6'),
    row: 1,
    column: 12,
    says: ['names table columns 3 and 4'],
  },
  {
    name: 'open-quote.csv',
    content: rows('ID,TIME,DV,NOTE', '1,0,5,"late', '1,1,7,none'),
    row: 2,
    column: 7,
    says: ['a quote opens and is never closed'],
  },
  {
    name: 'text-for-a-value.csv',
    content: rows('ID,TIME,DV', '1,0,5', '1,1,high'),
    row: 3,
    column: 5,
    says: ['“high”', 'is not a number', '(DV)'],
  },
  {
    name: 'no-time.csv',
    content: rows('ID,TME,DV', '1,0,5', '1,1,7'),
    row: 1,
    column: 1,
    says: ['there is no column TIME', 'is it "TME"?'],
  },
  {
    name: 'time-runs-back.csv',
    content: rows('ID,TIME,DV', '1,0,5', '1,4,7', '1,2,6'),
    row: 4,
    column: 3,
    says: ['(TIME)', 'before'],
  },
  {
    name: 'limit-unknown.csv',
    content: rows('ID,TIME,DV', '1,0,5', '1,1,BLQ'),
    row: 3,
    column: 5,
    says: ['“BLQ”', 'does not say its limit', 'LLOQ'],
  },
  {
    name: 'two-units.csv',
    content: rows('ID,TIME,DV,DVUNIT', '1,0,5,ng/mL', '1,1,7,pg/mL'),
    row: 3,
    column: 7,
    says: ['“pg/mL”', 'second unit', 'ng/mL'],
  },
  {
    name: 'thousands.csv',
    content: rows('ID;TIME;DV', '1;0;1,250.5', '1;1;7,5'),
    row: 2,
    column: 5,
    says: ['1,250.5', 'thousands'],
  },
]
