import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

const model =
  'WT = 70 # [kg]\nk = 0.5 # [1/day]\nkin = 4 # [mg/day]\nd/dt(A) = -k*A # [mg]\nd/dt(R) = kin - k*R # [mg]\nC = A + R\n'
const yaml = `name: Tocilizumab and cells
doses:
  - { day: -5 to -3, cmt: A, amount: 8 mg/kg, over: 1 h, label: Tocilizumab }
  - { day: 0, cmt: R, amount: 10 mg, label: Cells }
`
const files = { 'm.txt': model, 'r.yaml': yaml }

describe('cartkin regimen', () => {
  it('shows the records and what is given altogether', async () => {
    const { code, out } = await cartkin(folderWith(files), ['regimen', 'r.yaml', '--param', 'WT=50'])
    expect(code).toBe(0)
    const lines = out.split('\n').map((line) => line.split(/\s{2,}/))
    expect(lines.find(([time]) => time === '-4')?.slice(0, 4)).toEqual(['-4', '1', 'A', '400'])
    expect(out).toContain('Tocilizumab: 3 doses, 1200 mg')
  })

  it('prints the JSON Schema of its files', async () => {
    const { code, out } = await cartkin(folderWith(), ['regimen', '--schema'])
    expect(code).toBe(0)
    const { properties, required } = JSON.parse(out)
    expect(required).toEqual(['doses'])
    expect(Object.keys(properties.doses.items.properties)).toEqual(expect.arrayContaining(['amount', 'every', 'split']))
    expect((await cartkin(folderWith(), ['regimen'])).code).toBe(2)
  })

  it('needs a value of what the amounts depend on', async () => {
    const { code, note } = await cartkin(folderWith(files), ['regimen', 'r.yaml'])
    expect(code).toBe(3)
    expect(note).toContain('WT has no value; give --param WT=…')
  })

  it('takes the values of a model, whose states it must name', async () => {
    const folder = folderWith({ ...files, 'n.txt': model.replaceAll('R', 'Q') })
    const { code, out } = await cartkin(folder, ['regimen', 'r.yaml', '--model', 'm.txt', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out).records[0]).toMatchObject({ time: -5, cmt: 'A', amt: 560 })
    const refused = await cartkin(folder, ['regimen', 'r.yaml', '--model', 'n.txt'])
    expect(refused.code).toBe(3)
    expect(refused.note).toMatch(/r\.yaml:4:\d+: doses\.1\.cmt: the model has no state R/)
  })

  it('writes a NONMEM data set that gives the same course, number for number', async () => {
    const folder = folderWith(files)
    const written = await cartkin(folder, [
      'regimen',
      'r.yaml',
      '--model',
      'm.txt',
      '--param',
      'WT=64',
      '--out',
      'd.csv',
    ])
    expect(written.code).toBe(0)
    const text = readFileSync(join(folder, 'd.csv'), 'utf8')
    expect(text.split('\n').slice(0, 2)).toEqual(['# cartkin: shift=5 day', '# cartkin: CMT {"1":"A","2":"R"}'])
    const simulate = ['simulate', 'm.txt', '--times', '-5:5:0.5']
    const byRegimen = await cartkin(folder, [...simulate, '--regimen', 'r.yaml', '--param', 'WT=64'])
    const byEvents = await cartkin(folder, [...simulate, '--events', 'd.csv'])
    const courses = [byRegimen.out, byEvents.out].map((out) => out.split('\n').map((line) => line.split(',')))
    const [first = [], second = []] = courses
    const from = second[0]?.indexOf('time') ?? 0
    expect(second.map((row) => row.slice(from))).toEqual(first)
    expect(first.length).toBe(23)
  })
})

describe('a run begins', () => {
  const course = async (...words: readonly string[]) => {
    const run = await cartkin(folderWith(files), ['simulate', 'm.txt', '--times', '0:1:1', '--rtol', '1e-10', ...words])
    const [, first = ''] = run.out.split('\n')
    return { ...run, first: first.split(',').map(Number) }
  }

  it('at given values', async () => {
    const { code, first } = await course('--start-values', 'A=3', 'R=7')
    expect(code).toBe(0)
    expect(first).toEqual([0, 3, 7, 10])
  })

  it('after a burn-in, with units', async () => {
    for (const words of [
      ['--burn-in', '48 h'],
      ['--start', 'burn-in', '--burn-in', '2'],
    ]) {
      const { first } = await course(...words)
      expect(first[2]).toBeCloseTo(8 * (1 - Math.exp(-1)), 7)
    }
  })

  it('at the steady state of the untreated patient', async () => {
    const { first } = await course('--start', 'steady-state')
    expect(first[2]).toBeCloseTo(8, 10)
  })

  it('nowhere where there is none', async () => {
    const run = await cartkin(folderWith({ 'g.txt': 'd/dt(A) = 1 + 0*A\n' }), [
      ...['simulate', 'g.txt', '--times', '0:1:1', '--start', 'steady-state', '--json'],
    ])
    expect(run.code).toBe(4)
    expect(JSON.parse(run.out).outcome).toMatchObject({ status: 'failed', reason: 'not-steady' })
  })

  it.each([
    [['--start', 'burn-in'], 2, /--start burn-in needs how long/],
    [['--start', 'given'], 2, /--start given needs --start-values/],
    [['--start', 'steady-state', '--burn-in', '3'], 2, /--burn-in stands beside --start steady-state/],
    [['--start', 'rest'], 2, /expected given, burn-in, steady-state/],
    [['--start-values', 'Q=1'], 3, /start gives a value of Q, which is no state/],
    [['--burn-in', '3 weks'], 3, /"weks" is no unit of time/],
  ] as const)('not with %j', async (words, code, message) => {
    const run = await course(...words)
    expect(run.code).toBe(code)
    expect(run.note).toMatch(message)
  })

  it('in a plan as on the command line', async () => {
    const plan = (start: string) =>
      `name: p\ntitle: P\nsteps:\n  - { kind: simulate, name: a, model: m.txt, times: "0:1:1", start: ${start} }\n`
    const folder = folderWith({
      ...files,
      'a.yaml': plan('{ values: { R: 7 }, burnIn: 2 day }'),
      'b.yaml': plan('{ burnIn: 2 day, at: steady-state }'),
      'c.yaml': plan('resting'),
    })
    expect((await cartkin(folder, ['run', 'a.yaml', '--out', 'a'])).code).toBe(0)
    const both = await cartkin(folder, ['run', 'b.yaml', '--out', 'b'])
    expect(both.code).toBe(3)
    expect(both.note).toMatch(/^.*b\.yaml:4:\d+: steps\.0\.start\.at: stands beside/m)
    expect((await cartkin(folder, ['run', 'c.yaml', '--out', 'c'])).code).toBe(3)
  })
})
