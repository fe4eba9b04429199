import { flag, optional, parseArguments, repeated, toNumber, toTolerance } from '@cartkin/cli'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cartkin } from './run-main.ts'

const text = (word: string) => word
const table = {
  times: optional('FROM:TO:BY', '', text),
  param: repeated('K=V', '', text),
  atol: repeated('N', '', text),
  json: flag(''),
}
const texts = (...words: string[]) => Object.fromEntries(parseArguments(words, table).texts)

describe('arguments', () => {
  it.each([
    [['--times', '-5:365:1'], { times: ['-5:365:1'] }],
    [['--times=-5:365:1'], { times: ['-5:365:1'] }],
    [['--param', 'a=1', '--param', 'b=2'], { param: ['a=1', 'b=2'] }],
    [['--param', 'a=1', 'b=-2', '--json'], { param: ['a=1', 'b=-2'], json: [''] }],
    [['--atol', '1e-9', '--atol', 'x=1e-30'], { atol: ['1e-9', 'x=1e-30'] }],
  ])('%j', (words, expected) => expect(texts(...words)).toEqual(expected))

  it('keeps positionals in order, before and after options', () => {
    const { positionals } = parseArguments(['a', '--param', 'x=1', 'b', '--json', 'c', '--', '--times'], table)
    expect(positionals).toEqual(['a', 'b', 'c', '--times'])
  })

  it.each([
    [['--tims', '1'], 'unknown option --tims; did you mean --times?'],
    [['--constructor', '1'], 'unknown option --constructor; known are --times'],
    [['--times'], '--times needs a value, FROM:TO:BY'],
    [['--times', '--json'], '--times needs a value, FROM:TO:BY, got --json'],
    [['--json=1'], '--json takes no value, got 1'],
    [['--times', '1', '--times', '2'], '--times is given twice'],
  ])('%j is refused', (words, message) => expect(() => texts(...words)).toThrow(message))

  it('gives back any value that does not begin with two dashes', () => {
    fc.assert(
      fc.property(
        fc.string().filter((word) => !word.startsWith('--') && word !== '-h'),
        (word) => {
          expect(texts('--times', word)).toEqual({ times: [word] })
        },
      ),
    )
  })

  it.each(['', ' ', '1e400', '0x10', '1_000', '1,5', 'NaN', 'Infinity', '--1'])('%j is no number', (word) =>
    expect(() => toNumber(word)).toThrow(RangeError),
  )

  it('reads tolerances for all states and for one', () => {
    expect(toTolerance('1e-9')).toEqual({ state: null, value: 1e-9 })
    expect(toTolerance('x=1e-30')).toEqual({ state: 'x', value: 1e-30 })
    expect(() => toTolerance('0')).toThrow('positive')
  })
})

describe('the program', () => {
  it.each([
    [['--help'], 0, 'out', 'Exit codes: 0 ok, 2 misuse, 3 bad input'],
    [[], 2, 'out', 'Usage: cartkin COMMAND'],
    [['simulate', '--help'], 0, 'out', '--times FROM:TO:BY'],
    [['run', 'x', '-h'], 0, 'out', '--out DIR'],
    [['simulat'], 2, 'note', 'did you mean simulate?'],
    [['simulate'], 2, 'note', 'simulate needs MODEL'],
    [['models', 'list', 'a', 'b'], 2, 'note', 'got also b'],
    [['run', 'lupus'], 2, 'note', '--out DIR is needed'],
    [['simulate', 'lupus-qsp', '--times', '0:-1:1'], 2, 'note', '--times 0:-1:1: times must run'],
    [['simulate', 'lupus-qsp', '--rtol', '0'], 2, 'note', '--rtol 0: expected a number above 0 and below 1'],
    [['simulate', 'lupus-qsp', '--method', 'euler'], 2, 'note', 'expected auto, tsit5, dop853, rodas4, rodas5p'],
    [['simulate', 'lupus-qsp', '--population', '1.5'], 2, 'note', 'a whole number from 1'],
    [['simulate', 'lupus-qsp', '--population', '2', '--events', 'd.csv'], 2, 'note', 'give one of the two'],
    [['simulate', 'lupus-qsp', '--out', 'x.parquet'], 2, 'note', 'Parquet is not available yet'],
    [['simulate', 'lupus-qsp', '--out', 'x.txt'], 2, 'note', 'must end in .arrow or .csv'],
  ] as const)('%j ends with %i', async (words, code, stream, expected) => {
    const run = await cartkin('/', words)
    expect(run.code).toBe(code)
    expect(run[stream]).toContain(expected)
  })
})
