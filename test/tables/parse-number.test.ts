import { csvToTable } from '@cartkin/tables'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** Kind of the column that one cell makes, beside a column that keeps the file from having one only. */
function read(cell: string, delimiter = ','): number | string {
  const column = csvToTable(`x${delimiter}y\n"${cell}"${delimiter}1\n`, 'x.csv').columns[0]!
  return column.kind === 'number' ? column.values[0]! : column.values[0]!
}

describe('numbers in delimited text', () => {
  it.each([
    ['0', 0],
    ['-0', -0],
    ['+1.5', 1.5],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    ['1.5E-3', 0.0015],
    ['00012', 12],
    ['0.1', 0.1],
    ['4.9406564584124654e-324', 5e-324],
    ['1.7976931348623157e308', Number.MAX_VALUE],
  ])('%s is %d', (text, value) => expect(read(text)).toBe(value))

  it.each([
    '0x10',
    '1_000',
    '1e400',
    '-1e400',
    '1e-400',
    '1e',
    'e5',
    '+',
    '-',
    '1.2.3',
    '1,5',
    '1 000',
    ' 5',
    '5 ',
    '--5',
    '1e5.5',
    '٣',
    '１２',
    'Inf',
    'nan',
    'infinity',
    '1n',
    '1f',
    '0b1',
    '1e+',
    '1.5-3',
    '5%',
    '12/3',
    '2024-01-01',
    '<5',
  ])('%j is a text', (text) => expect(read(text)).toBe(text))

  it('reads every finite double that String writes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(read(Object.is(x, -0) ? '-0' : String(x))).toBe(x)
      }),
    )
  })

  it('takes a decimal comma only where cells are not separated by commas', () => {
    expect(read('1,5', ';')).toBe(1.5)
    expect(read('1,5', '\t')).toBe(1.5)
    expect(read('1,5', ',')).toBe('1,5')
    expect(read('1.234,5', ';')).toBe('1.234,5')
  })
})
