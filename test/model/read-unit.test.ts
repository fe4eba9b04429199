import {
  compareUnits,
  dimensionOf,
  factorOf,
  formatUnit,
  readUnit,
  timeRatio,
  timesPower,
  type Unit,
} from '@cartkin/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** The unit of a text that must be one. */
function unit(text: string): Unit {
  const read = readUnit(text)
  if (read === undefined) throw new Error(`${text} is no unit`)
  return read.unit
}

const word = fc.constantFrom(
  ...'g kg mg ug ng pg L dL mL uL m cm mol nmol nM kDa s min h day week month year cells copies IU mIU U PFU % kg^0.75'.split(
    ' ',
  ),
)
const term = fc.tuple(fc.constantFrom('*', '/'), word)
const randomUnit = fc
  .tuple(fc.constantFrom('1', '1e6', '10^9', '100'), fc.array(term, { maxLength: 6 }))
  .map(([number, terms]) => unit(`${number}${terms.map((parts) => parts.join('')).join('')}`))

describe('readUnit', () => {
  it.each([
    // text, how it is shown, dimension, factor to g, m, s, mol and ones
    ['1/day', '1/day', { time: -1 }, 1 / 86_400],
    ['day^-1', '1/day', { time: -1 }, 1 / 86_400],
    ['day**-1', '1/day', { time: -1 }, 1 / 86_400],
    ['hr^(-1)', '1/h', { time: -1 }, 1 / 3600],
    ['h-1', '1/h', { time: -1 }, 1 / 3600],
    ['h⁻¹', '1/h', { time: -1 }, 1 / 3600],
    ['/h', '1/h', { time: -1 }, 1 / 3600],
    ['per hour', '1/h', { time: -1 }, 1 / 3600],
    ['mg/L', 'mg/L', { mass: 1, length: -3 }, 1],
    ['mg·L⁻¹', 'mg/L', { mass: 1, length: -3 }, 1],
    ['mg.L-1', 'mg/L', { mass: 1, length: -3 }, 1],
    ['ng/mL', 'ng/mL', { mass: 1, length: -3 }, 1e-3],
    ['µg', 'ug', { mass: 1 }, 1e-6],
    ['μg', 'ug', { mass: 1 }, 1e-6],
    ['mcg', 'ug', { mass: 1 }, 1e-6],
    ['umol/L/d', 'umol/L/day', { substance: 1, length: -3, time: -1 }, 1e-3 / 86_400],
    ['nM', 'nM', { substance: 1, length: -3 }, 1e-6],
    ['kDa', 'kDa', { mass: 1, substance: -1 }, 1000],
    ['kg/m^2', 'kg/m^2', { mass: 1, length: -2 }, 1000],
    ['kg/m2', 'kg/m^2', { mass: 1, length: -2 }, 1000],
    ['mm3', 'mm^3', { length: 3 }, 1e-9],
    ['cells/uL', 'cells/uL', { cells: 1, length: -3 }, 1e9],
    ['cells/(uL*day)', 'cells/uL/day', { cells: 1, length: -3, time: -1 }, 1e9 / 86_400],
    ['1/(day*cells)', '1/day/cells', { cells: -1, time: -1 }, 1 / 86_400],
    ['uL/cell/day', 'uL/cells/day', { cells: -1, length: 3, time: -1 }, 1e-9 / 86_400],
    ['pg/mL/day per cell/uL', 'pg*uL/mL/day/cells', { mass: 1, cells: -1, time: -1 }, 1e-15 / 86_400],
    ['copies/ug gDNA', 'copies/ug', { copies: 1, mass: -1 }, 1e6],
    ['10^6 cells', '1e6 cells', { cells: 1 }, 1e6],
    ['1e9/L', '1e9/L', { length: -3 }, 1e12],
    ['x10^9/L', '1e9/L', { length: -3 }, 1e12],
    ['×10⁹/L', '1e9/L', { length: -3 }, 1e12],
    ['IU/L', 'IU/L', { IU: 1, length: -3 }, 1000],
    ['mIU/mL', 'mIU/mL', { IU: 1, length: -3 }, 1000],
    ['U/L', 'U/L', { U: 1, length: -3 }, 1000],
    ['PFU/mL', 'PFU/mL', { PFU: 1, length: -3 }, 1e6],
    ['mL/min/1.73m2', 'mL/min', { length: 3, time: -1 }, 1e-6 / 60],
    ['mL/min/1.73 m^2', 'mL/min', { length: 3, time: -1 }, 1e-6 / 60],
    ['L/h/70kg', 'L/h', { length: 3, time: -1 }, 1e-3 / 3600],
    ['mg/24h', '0.04167 mg/h', { mass: 1, time: -1 }, 1e-3 / 86_400],
    ['%', '%', {}, 0.01],
    ['fraction', '1', {}, 1],
    ['1', '1', {}, 1],
    ['-', '1', {}, 1],
    ['unitless', '1', {}, 1],
    ['(unitless)', '1', {}, 1],
  ])('reads %s', (text, shown, dimension, factor) => {
    const read = unit(text)
    expect(formatUnit(read)).toBe(shown)
    expect(Object.fromEntries(dimensionOf(read))).toEqual(dimension)
    expect(factorOf(read) / factor).toBeCloseTo(1, 12)
  })

  it('reads logarithms as those of a unit', () => {
    expect(readUnit('log(mg/L)')).toMatchObject({ logarithm: 'e' })
    expect(readUnit('ln(L/h)')).toMatchObject({ logarithm: 'e' })
    expect(readUnit('log10 copies/mL')).toMatchObject({ logarithm: '10' })
    expect(formatUnit(unit('log(mg/L)'))).toBe('mg/L')
  })

  it.each([
    '',
    'score',
    'mg/score',
    'K/uL',
    '1/',
    'mg/(L',
    'mg)',
    'mg//L',
    '^2',
    'mg^',
    'mg^x',
    '0 mg',
    '1e999 mg',
    'mg^999999',
    '(((((((((((mg)))))))))))',
    '__proto__',
    'constructor',
    'mg/L'.repeat(40),
  ])('does not know %j', (text) => {
    expect(readUnit(text)).toBeUndefined()
  })

  it('throws for no text', () => {
    const pieces = fc.constantFrom(...'1 10 e9 . ( ) * / ^ - ⁻¹ ² · per log mg L h µ x % cells 1.73 m2'.split(' '), ' ')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(pieces).map((parts) => parts.join('')),
        ),
        (text) => {
          const read = readUnit(text)
          if (read !== undefined) expect(factorOf(read.unit)).not.toBe(0)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('units', () => {
  it('are read as they are shown', () => {
    fc.assert(
      fc.property(randomUnit, (a) => {
        const again = unit(formatUnit(a))
        expect(dimensionOf(again)).toEqual(dimensionOf(a))
        // a number is shown with four digits
        expect(factorOf(again) / factorOf(a)).toBeCloseTo(1, 3)
      }),
    )
  })

  it('multiply: exponents add, factors multiply, and a quotient undoes it', () => {
    fc.assert(
      fc.property(randomUnit, randomUnit, (a, b) => {
        const product = timesPower(a, b, 1)
        if (product === undefined) throw new Error('too large')
        const [x, y, sum] = [dimensionOf(a), dimensionOf(b), dimensionOf(product)]
        for (const base of new Set([...x.keys(), ...y.keys(), ...sum.keys()]))
          expect(sum.get(base) ?? 0).toBeCloseTo((x.get(base) ?? 0) + (y.get(base) ?? 0), 9)
        expect(factorOf(product) / (factorOf(a) * factorOf(b))).toBeCloseTo(1, 9)
        const back = timesPower(product, b, -1)
        expect(back && compareUnits(back, a)).toEqual({ kind: 'same' })
      }),
    )
  })

  it('are equal to themselves, and the ratio of two is that of their factors either way', () => {
    fc.assert(
      fc.property(randomUnit, randomUnit, (a, b) => {
        expect(compareUnits(a, a)).toEqual({ kind: 'same' })
        const [there, back] = [compareUnits(a, b), compareUnits(b, a)]
        expect(back.kind).toBe(there.kind)
        if (there.kind === 'factor' && back.kind === 'factor') expect(there.ratio * back.ratio).toBeCloseTo(1, 9)
      }),
    )
    expect(compareUnits(unit('mg/L'), unit('ug/mL'))).toEqual({ kind: 'same' })
    expect(compareUnits(unit('1/h'), unit('1/day'))).toMatchObject({ kind: 'factor' })
    expect(compareUnits(unit('mg'), unit('mL'))).toEqual({ kind: 'dimension' })
  })
})

describe('timeRatio', () => {
  it('counts parts of a whole, exactly', () => {
    expect(timeRatio('h', 'day')).toBe(24)
    expect(timeRatio('hours', 'days')).toBe(24)
    expect(timeRatio('min', 'hr')).toBe(60)
    expect(timeRatio('day', 'week')).toBe(7)
    expect(timeRatio('day', 'd')).toBe(1)
    expect(timeRatio('month', 'year')).toBe(12)
  })

  it('knows no ratio of what is no time', () => {
    for (const text of ['', 'mg', 'h^2', '1/h', 'log(h)', 'visit']) {
      expect(timeRatio(text, 'h')).toBeUndefined()
      expect(timeRatio('h', text)).toBeUndefined()
    }
  })
})
