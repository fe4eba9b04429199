import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

const decay = 'k = 0.5\nV = 2\nd/dt(A) = -k*A\nC = A/V\n'
const observed = 'TIME,EVID,AMT,DV\n0,1,10,.\n1,0,.,3\n2,0,.,2\n'
const undosed = 'TIME,DV\n1,3\n2,2\n3,1.2\n'
const toFit = ['--estimate', 'k', '--endpoint', 'C=log']

describe('what is given and cannot be used is refused, never left out in silence', () => {
  it.each<[string, readonly string[], number, string]>([
    ['a parameter given twice', ['simulate', 'm.txt', '--times', '0:1', '--param', 'k=1', 'k=2'], 2, 'gives k twice'],
    ['a seed without a population', ['simulate', 'm.txt', '--times', '0:1', '--seed', '3'], 2, '--population'],
    ['an option of one dash', ['simulate', 'm.txt', '-t', '0:1'], 2, 'unknown option -t; did you mean --times?'],
    ['an empty name', ['simulate', 'm.txt', '--times', '0:1', '--regimen', ''], 2, 'not empty'],
    ['an empty model', ['check', ''], 2, 'MODEL is empty'],
    ['a hundred thousand workers', ['run', 'lupus', '--workers', '100000', '--out', 'x'], 2, 'from 1 to 256'],
    ['a directory as model', ['check', 'folder'], 3, 'folder: is a directory'],
    ['more numbers than text should hold', ['simulate', 'm.txt', '--times', '0:9000000'], 3, 'write an .arrow file'],
    [
      'a regimen beside doses of the data',
      ['fit', 'm.txt', ...toFit, '--data', 'd.csv', '--regimen', 'r.yaml', '--out', 'f'],
      2,
      '--regimen gives others',
    ],
    [
      'an estimate that doses are reckoned from',
      [
        'fit',
        'm.txt',
        '--estimate',
        'V',
        '--endpoint',
        'C=log',
        '--data',
        'u.csv',
        '--regimen',
        'r.yaml',
        '--out',
        'f',
      ],
      3,
      'V is to be estimated, but amounts of the regimen',
    ],
    [
      'an endpoint named twice',
      ['fit', 'm.txt', ...toFit, '--endpoint', 'C=additive', '--data', 'd.csv', '--out', 'f'],
      2,
      '--endpoint names C twice',
    ],
    [
      'a result folder that holds other things',
      ['fit', 'm.txt', ...toFit, '--data', 'd.csv', '--out', '.', '--workers', '1'],
      3,
      '.: holds ',
    ],
    [
      'a misspelt estimate',
      ['fit', 'm.txt', '--estimate', 'kk', '--endpoint', 'C=log', '--data', 'd.csv', '--out', 'f'],
      3,
      'did you mean k?',
    ],
    [
      'a covariate of the data by --param',
      ['simulate', 'm.txt', '--events', 'v.csv', '--param', 'V=3'],
      2,
      '--param gives V, and so does the data',
    ],
  ])('%s', async (_, words, code, message) => {
    const folder = folderWith({
      'm.txt': decay,
      'd.csv': observed,
      'u.csv': undosed,
      'v.csv': 'TIME,V\n0,2\n1,2\n',
      'r.yaml': 'doses: [{ time: 0, cmt: A, amt: 10*V }]\n',
    })
    mkdirSync(join(folder, 'folder'))
    const run = await cartkin(folder, words)
    expect(run.note).toContain(message)
    expect(run.code).toBe(code)
    expect(readdirSync(folder)).not.toContain('f')
  })
})

describe('a fault of the data is told at its cell', () => {
  it.each<[string, readonly string[], string, string]>([
    ['more doses than can be', [], 'TIME,EVID,AMT,ADDL,II\n0,1,5,1e9,1\n1,0,.,.,.\n', 'd.csv:2:7: column ADDL'],
    [
      'a rate that the model lacks',
      [],
      'TIME,EVID,AMT,RATE\n0,1,5,-1\n1,0,.,.\n',
      'd.csv:2:7: column RATE: "-1" asks the model for rate(A)',
    ],
    [
      'a row without a value to take the logarithm of',
      toFit,
      'TIME,DV\n1,3\n2,0\n',
      'd.csv:3:3: column DV: "0" has no logarithm',
    ],
    ['an interval without width', toFit, 'TIME,DV,CENS,LIMIT\n1,3,0,.\n2,1,1,1\n', 'd.csv:3:7: column LIMIT'],
    [
      'what was observed',
      toFit,
      'TIME,DV,DVID\n1,3,C\n2,1,D\n',
      'd.csv:3:5: column DVID: "D" is not observed by this fit',
    ],
    ['no values at all', toFit, 'TIME,AMT\n0,1\n1,.\n', 'd.csv:1:1: there is no column DV'],
  ])('%s', async (_, estimates, data, message) => {
    const folder = folderWith({ 'm.txt': decay, 'd.csv': data })
    const words =
      estimates.length > 0
        ? ['fit', 'm.txt', '--data', 'd.csv', ...estimates, '--out', 'f']
        : ['simulate', 'm.txt', '--events', 'd.csv', '--out', 'f.csv']
    const run = await cartkin(folder, words)
    expect(run.note.split('\n').findLast((line) => line !== '')).toContain(message)
    expect(run.code).toBe(3)
    expect(readdirSync(folder)).toEqual(['d.csv', 'm.txt'])
  })
})

describe('a fault of a regimen is told at its place', () => {
  it.each([
    ['{ time: 0, cmt: AA, amt: 1 }', '1:25: doses.0.cmt: the model has no state AA; did you mean A?'],
    ['{ time: 0, cmt: A, amt: V*W }', '1:33: doses.0.amt: the model has no parameter W'],
    ['{ time: 0, cmt: A, amt: -1 }', '1:33: doses.0.amt: Too small: expected number to be >=0, got -1'],
    ['{ time: x, cmt: A, amt: 1 }', '1:17: doses.0.time: expected a time such as -5 or 8 h, got "x"'],
    ['{ time: 0, cmt: A, amt: 1, addl: 2 }', '1:42: doses.0.addl: needs ii'],
    ['{ time: 0, cmt: A, amt: 1, rate: 2, duration: 3 }', '1:55: doses.0.duration: stands beside `rate`'],
  ])('%s', async (dose, message) => {
    const folder = folderWith({ 'm.txt': decay, 'r.yaml': `doses: [${dose}]\n` })
    const run = await cartkin(folder, ['simulate', 'm.txt', '--regimen', 'r.yaml', '--times', '0:1'])
    expect(run.note.startsWith('r.yaml:1:')).toBe(true)
    expect(run.note).toContain(message)
    expect(run.code).toBe(3)
  })
})

describe('a plan', () => {
  it('tells an error of its model at the place in the model', async () => {
    const plan = 'name: x\ntitle: x\nsteps:\n  - { kind: simulate, name: s, model: m.txt, times: 0:1 }\n'
    const folder = folderWith({ 'm.txt': `\uFEFF${decay.replace('-k', '-kk')}`, 'p.yaml': plan })
    const run = await cartkin(folder, ['run', 'p.yaml', '--out', 'o', '--workers', '1'])
    expect([run.code, run.note]).toEqual([3, expect.stringMatching(/^m\.txt:3:12: error: `kk` has no value/)])
  })
})

describe('what is meant', () => {
  it('a rate of -1 takes the rate of the model, and -2 its duration', async () => {
    const folder = folderWith({
      'm.txt': 'R = 3\nD = 4\nd/dt(A) = 0\nrate(A) = R\ndur(A) = D\n',
      'd.csv': 'ID,TIME,EVID,AMT,RATE\n1,0,1,12,-1\n1,2,0,.,.\n1,5,0,.,.\n2,0,1,12,-2\n2,1,0,.,.\n2,5,0,.,.\n',
    })
    const { out } = await cartkin(folder, ['simulate', 'm.txt', '--events', 'd.csv', '--json'])
    const amounts: readonly number[] = JSON.parse(out).table.A
    expect(amounts).toEqual([6, 12, 3, 12].map((amount) => expect.closeTo(amount, 9)))
  })

  it('observations before day 0 are fitted as any other', async () => {
    const times = [-4, -3, -1, 2]
    const data = ['TIME,EVID,AMT,DV', '-5,1,10,.', ...times.map((t) => `${t},0,.,${5 * Math.exp(-0.3 * (t + 5))}`)]
    const folder = folderWith({ 'm.txt': decay, 'd.csv': data.join('\n') })
    const words = ['fit', 'm.txt', '--data', 'd.csv', '--estimate', 'k', '--endpoint', 'C=additive', '--json']
    const { out } = await cartkin(folder, [...words, '--param', 'k=0.4', '--out', 'f', '--workers', '1'])
    const [k] = JSON.parse(out).estimates
    expect(k).toMatchObject({ name: 'k', start: 0.4 })
    expect(k.estimate).toBeCloseTo(0.3, 5)
  })

  it('help COMMAND is COMMAND --help', async () => {
    const [asked, option] = [await cartkin('/', ['help', 'fit']), await cartkin('/', ['fit', '--help'])]
    expect(asked).toEqual(option)
  })

  it('a time of a grid is the number that its decimals name', async () => {
    const folder = folderWith({ 'm.txt': decay })
    await cartkin(folder, ['simulate', 'm.txt', '--times', '0:1:0.3', '--out', 'o.csv'])
    const times = readFileSync(join(folder, 'o.csv'), 'utf8').trim().split('\n').slice(1)
    expect(times.map((line) => line.split(',')[0])).toEqual(['0', '0.3', '0.6', '0.9'])
  })
})

describe('a course that takes long', () => {
  it.each([
    ['one patient', []],
    ['a data file', ['--events', 'd.csv']],
  ])('of %s ends when the user asks, and nothing is written', async (_, more) => {
    const folder = folderWith({
      'm.txt': 'w = 1e3\nA(0) = 1\nd/dt(A) = w*B\nd/dt(B) = -w*A\n',
      'd.csv': 'TIME,DV\n1,0\n',
    })
    const words = ['simulate', 'm.txt', '--times', '0:1e5:1e4', '--max-steps', '10000000', ...more, '--out', 'o.csv']
    const run = await cartkin(folder, words, AbortSignal.timeout(1300))
    expect(run.code).toBe(5)
    expect(run.note).toContain('nothing was written')
    expect(readdirSync(folder)).toEqual(['d.csv', 'm.txt'])
  })
})
