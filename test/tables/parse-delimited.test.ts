import { DataError, decodeText, parseDelimited } from '@cartkin/tables'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const cells = (text: string) => parseDelimited(text, 'd.csv').rows.map((row) => row.map((cell) => cell.text))

/** The refusal of a text. */
function refusal(text: string, limits = {}): DataError {
  try {
    parseDelimited(text, 'd.csv', { limits })
  } catch (error) {
    if (error instanceof DataError) return error
    throw error
  }
  throw new Error('was not refused')
}

describe('parseDelimited', () => {
  it.each([
    ['commas', 'a,b\n1,2\n', { delimiter: ',', decimalSeparator: '.', byteOrderMark: false, lineEnding: 'LF' }],
    [
      'semicolons and decimal commas',
      'a;b\r\n1,5;2\r\n',
      { delimiter: ';', decimalSeparator: ',', lineEnding: 'CRLF' },
    ],
    ['semicolons and decimal points', 'a;b\n1.5;x,y\n', { delimiter: ';', decimalSeparator: '.' }],
    ['TABs', 'a\tb\r1\t2', { delimiter: '\t', lineEnding: 'CR' }],
    ['a byte order mark', '\uFEFFa,b\n1,2', { byteOrderMark: true }],
    ['mixed line ends', 'a,b\n1,2\r\n3,4', { lineEnding: 'mixed' }],
    ['a comma within quotes', '"a, in mg";b;c\n1;2;3', { delimiter: ';' }],
    ['a semicolon in names', 'a;x,b,c\n1,2,3', { delimiter: ',' }],
  ])('detects %s', (_, text, format) => expect(parseDelimited(text, 'd.csv').format).toMatchObject(format))

  it('does not make the byte order mark part of the first name', () => {
    expect(parseDelimited('\uFEFFID,TIME\n1,2', 'd.csv').header[0]?.text).toBe('ID')
  })

  it('reads quoted cells with delimiters, quotes and line ends', () => {
    expect(cells('a,b\n"x,y","say ""hi"""\n"two\r\nlines",2\n')).toEqual([
      ['x,y', 'say "hi"'],
      ['two\r\nlines', '2'],
    ])
  })

  it('knows where each cell begins, also behind line ends in quotes', () => {
    const { rows } = parseDelimited('a,b\n"p\nq",2\n3,"4"\n', 'd.csv')
    expect(rows.map((row) => row.map(({ line, column }) => [line, column]))).toEqual([
      [
        [2, 1],
        [3, 4],
      ],
      [
        [4, 1],
        [4, 3],
      ],
    ])
  })

  it('keeps empty cells, trims with a note, and leaves blank lines at the end with a note', () => {
    const parsed = parseDelimited('a,b,c\n, 2 ,\n,,\n\n\n', 'd.csv')
    expect(parsed.rows.map((row) => row.map((cell) => cell.text))).toEqual([['', '2', '']])
    expect(parsed.notes).toEqual(['spaces around 1 cell were taken away', '3 blank lines at the end left out'])
  })

  it('takes any header as a name, also those of object members', () => {
    expect(parseDelimited('__proto__,constructor\n1,2', 'd.csv').header.map((cell) => cell.text)).toEqual([
      '__proto__',
      'constructor',
    ])
  })

  it.each<[string, string, number, number, string]>([
    ['a ragged row', 'a,b\n1,2\n3\n', 3, 1, 'the row has 1 cell, the header 2; add the missing cells'],
    ['too many cells', 'a,b\n1,2,3\n', 2, 5, '"3" is one cell too many: the row has 3 cells, the header 2'],
    ['a blank line between rows', 'a,b\n1,2\n\n3,4\n', 3, 1, 'the line is blank'],
    ['an unclosed quote, where it opened', 'a,b\n1,"2\n3,4\n5,6\n', 2, 3, 'a quote opens and is never closed'],
    ['text behind a quote', 'a,b\n1,"2"x\n', 2, 6, 'text behind the closing quote'],
    ['a quote within a cell', 'a,b\n1,2"x\n', 2, 4, 'a quote inside a cell'],
    ['a NUL', 'a,b\n1,\0\n', 2, 3, 'NUL'],
    ['a control character', 'a,b\n1,x\u0007\n', 2, 4, 'control character (code 7)'],
    ['bytes that were no UTF-8', 'a,b\n1,\uFFFD\n', 2, 3, 'undecodable'],
    ['a repeated name', 'a,b,a\n1,2,3\n', 1, 5, '"a" names table columns 1 and 3'],
    ['a missing name', ',b\n1,2\n', 1, 1, 'table column 1 has no name'],
    ['one column', 'a\n1\n', 1, 1, 'only one column'],
    ['a header alone', 'a,b\n', 2, 1, 'no row'],
    [
      'mixed decimal separators',
      'a;b\n1,5;2.5\n',
      2,
      1,
      '"1,5" has a decimal comma, but "2.5" in line 2 (b) has a decimal point',
    ],
    ['two delimiters', 'a;b,c\n1;2,3\n', 1, 1, 'could be separated by "," or by ";"'],
  ])('refuses %s', (_, text, line, column, message) => {
    const error = refusal(text)
    expect(error.position).toMatchObject({ line, column })
    expect(error.message).toContain(`d.csv, line ${line}, column ${column}`)
    expect(error.message).toContain(message)
  })

  it.each(['', '\uFEFF', '\n\n  \n'])('refuses an empty file: %j', (text) => {
    expect(refusal(text).message).toBe('d.csv: is empty; a header line and at least one row are needed')
  })

  it('refuses what exceeds its limits', () => {
    expect(refusal(`a,b\n1,${'x'.repeat(20)}`, { cellLength: 10 }).position).toMatchObject({ line: 2, column: 3 })
    expect(refusal(`a,b\n1,"${'x'.repeat(20)}`, { cellLength: 10 }).message).toContain('a quote may be missing')
    expect(refusal('a,b,c\n1,2,3', { columns: 2 }).message).toContain('more than 2 columns')
    expect(refusal('a,b\n1,2\n3,4', { cells: 5 }).position).toMatchObject({ line: 3 })
    expect(refusal('a,b\n1,2', { characters: 3 }).message).toContain('more than 3')
  })

  it('answers every text with cells as wide as the header, or a DataError', () => {
    const pieces = fc.constantFrom(
      'a',
      'ID',
      '1',
      '1,5',
      '"',
      '""',
      ',',
      ';',
      '\t',
      '\n',
      '\r',
      '\r\n',
      ' ',
      '\0',
      '.',
      'é',
      '\uFEFF',
      '<5',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        try {
          const { header, rows } = parseDelimited(parts.join(''), 'd.csv')
          for (const row of rows) expect(row.length).toBe(header.length)
        } catch (error) {
          expect(error).toBeInstanceOf(DataError)
        }
      }),
      { numRuns: 5000 },
    )
  })
})

describe('decodeText', () => {
  it('reads UTF-8, and refuses UTF-16 and Latin-1', () => {
    expect(decodeText(new TextEncoder().encode('\uFEFFcells/µL'), 'd.csv')).toBe('\uFEFFcells/µL')
    expect(() => decodeText(Uint8Array.of(0xff, 0xfe, 0x41, 0), 'd.csv')).toThrow('d.csv: is encoded as UTF-16')
    expect(() => decodeText(Uint8Array.of(0x63, 0xb5), 'd.csv')).toThrow(
      'd.csv, line 1, column 2: a byte here is not UTF-8',
    )
    expect(() => decodeText(Uint8Array.of(0x61, 0x0a, 0xc2, 0xb5, 0x62, 0xe9, 0x0a), 'd.csv')).toThrow(
      'line 2, column 3',
    )
  })
})
