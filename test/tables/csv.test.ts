import type { Column, ColumnTable } from '@cartkin/simulation'
import { csvToTable, tableToCsv } from '@cartkin/tables'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const number = (name: string, values: readonly number[]): Column => ({
  kind: 'number',
  name,
  unit: '',
  values: Float64Array.from(values),
})
const text = (name: string, values: readonly string[]): Column => ({ kind: 'text', name, values })
const table = (...columns: readonly Column[]): ColumnTable => ({ columns })

/** Text that a file of text can hold, with a letter so that it is not a number, and no spaces at the ends that matter. */
const label = fc.string({ unit: 'grapheme' }).map((s) => `${s.replaceAll('\uFFFD', '').replace(/\p{Cc}/gu, '')}x`)

describe('tableToCsv', () => {
  it('writes shortest decimals, and -0, NaN and infinities as they are', () => {
    const csv = tableToCsv(
      table(number('t', [0.1, 1e-7, -0, 1e21]), number('y', [Number.NaN, -2.5, 5e-324, -Infinity])),
    )
    expect(csv).toBe('t,y\n0.1,NaN\n1e-7,-2.5\n-0,5e-324\n1e+21,-Infinity\n')
  })

  it('quotes by RFC 4180', () => {
    expect(tableToCsv(table(text('a,b', ['say "x"', 'two\nlines', ' padded', ''])))).toBe(
      '"a,b"\n"say ""x"""\n"two\nlines"\n" padded"\n""\n',
    )
  })

  it('comes back through csvToTable: numbers bit by bit, texts letter by letter', () => {
    const rows = fc.array(fc.tuple(fc.double(), label), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(rows, label, (pairs, name) => {
        const written = table(
          number(
            'value',
            pairs.map(([value]) => value),
          ),
          text(
            name === 'value' ? 'other' : name,
            pairs.map(([, label]) => label),
          ),
        )
        expect(csvToTable(tableToCsv(written), 'x.csv')).toEqual(written)
      }),
    )
  })
})

describe('text that a spreadsheet would run', () => {
  const triggers = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']

  it.each(triggers)('is written behind an apostrophe: %j', (trigger) => {
    const payload = `${trigger}cmd|' /C calc'!A0`
    const line = tableToCsv(table(text('note', [payload]))).slice('note\n'.length)
    expect(line.replace(/^"/, '')).toMatch(/^'/)
    expect(tableToCsv(table(text('note', [payload])), { spreadsheetSafe: false })).not.toContain(`'${trigger}`)
  })

  it('comes back as it was, also where it held apostrophes before', () => {
    const payloads = triggers
      .filter((c) => !'\t\r\n'.includes(c))
      .flatMap((c) => [`${c}A1`, `'${c}A1`, `''${c}A1`, "'plain"])
    const written = table(
      text('=note', payloads),
      number(
        'n',
        payloads.map((_, i) => -i),
      ),
    )
    const csv = tableToCsv(written)
    expect(csvToTable(csv, 'x.csv')).toEqual(written)
    for (const line of csv.split('\n')) expect(line).not.toMatch(/^"?[=+\-@＝＋－＠]/)
  })

  it('leaves numbers alone', () => {
    expect(tableToCsv(table(number('x', [-2.5])))).toBe('x\n-2.5\n')
  })
})
