import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

const text = `
k = 0.3 # [1/day] Loss
V = 5 # [L] Volume
dose = 100
dummy = 1
d/dt(A) = -k*A
C = A/V
`
const regimen = 'name: bolus\ndoses:\n  - { time: 0, cmt: A, amt: dose }\n'
const files = { 'm.txt': text, 'r.yaml': regimen }
const model = ['sensitivity', 'm.txt', '--regimen', 'r.yaml', '--times', '0:10:0.5', '--workers', '1', '--out', 'o']
/** The logarithm of the peak is the sum of those of dose and 1/V: shares of the variance are known. */
const peak = ['--endpoint', 'peak=C:maximum', '--log', 'peak']

describe('sensitivity', () => {
  it('finds the known shares of a sum by Sobol, with files, a report and a manifest', async () => {
    const folder = folderWith(files)
    const parameters = ['--parameters', 'V=4:6,dose=~0.2,dummy', 'k=x0.8:x1.25']
    const { code, out } = await cartkin(folder, [...model, ...peak, ...parameters, '--samples', '512', '--json'])
    expect(code).toBe(0)
    const { outputs, runs } = JSON.parse(out)
    expect(runs).toBe(512 * 6)
    const variance = { dose: 0.04, V: Math.log(1.5) ** 2 / 12, dummy: 0, k: 0 }
    const all = variance.dose + variance.V
    for (const { input, first, total } of outputs[0].indices as {
      input: keyof typeof variance
      first: Value
      total: Value
    }[]) {
      expect(Math.abs(first.value - variance[input] / all)).toBeLessThan(0.02)
      expect(Math.abs(total.value - variance[input] / all)).toBeLessThan(0.02)
      expect(total.lower).toBeLessThanOrEqual(variance[input] / all)
      expect(total.upper).toBeGreaterThanOrEqual(variance[input] / all)
    }
    const [header = '', ...rows] = readFileSync(join(folder, 'o/sensitivity.csv'), 'utf8').trim().split(/\r?\n/)
    expect(header).toBe('output,input,spread,first,first_lower,first_upper,total,total_lower,total_upper,used')
    expect(rows).toHaveLength(4)
    const html = readFileSync(join(folder, 'o/report.html'), 'utf8')
    expect(html).toContain('Logarithm of peak')
    expect(html).toContain('log-normal, median 100, sd of the logarithm 0.2')
    const manifest = JSON.parse(readFileSync(join(folder, 'o/manifest.json'), 'utf8'))
    expect(manifest.status).toEqual({ ok: 3072 })
    expect((await cartkin(folder, ['verify', 'o'])).code).toBe(0)
  })

  it('gives the same bits for one worker and two', async () => {
    const folder = folderWith(files)
    const results = []
    for (const workers of ['1', '2']) {
      const words = [...model.slice(0, -4), '--workers', workers, '--out', workers, ...peak, '--parameters', 'V,k']
      expect((await cartkin(folder, [...words, '--samples', '64', '--seed', '9'])).code).toBe(0)
      results.push(readFileSync(join(folder, workers, 'sensitivity.json'), 'utf8'))
    }
    expect(results[0]).toBe(results[1])
  })

  it('tells runs in which an endpoint is not defined, and counts them at a value where one is given', async () => {
    const folder = folderWith(files)
    const words = [...model, '--endpoint', 'day=C:firstBelow@1', '--parameters', 'k,V', '--samples', '64', '--json']
    const left = await cartkin(folder, words)
    const [{ undefinedRuns }] = JSON.parse(left.out).outputs
    expect(undefinedRuns).toBeGreaterThan(10)
    expect(left.note).toContain(`day is not defined in ${undefinedRuns} of 256 runs`)
    const counted = await cartkin(folderWith(files), [...words, '--undefined', 'day=10'])
    expect(JSON.parse(counted.out).outputs[0].undefinedRuns).toBe(0)
  })

  it('screens by Morris: a line has one effect everywhere', async () => {
    const folder = folderWith(files)
    const words = [...model, '--method', 'morris', '--endpoint', 'peak=C:maximum', '--parameters', 'dose=50:150,dummy']
    const { code, out } = await cartkin(folder, [...words, '--samples', '6', '--json'])
    expect(code).toBe(0)
    const { outputs, trajectories } = JSON.parse(out)
    expect(trajectories).toBe(6)
    // the range is logarithmic: C goes from 10 to 30 over it
    expect(outputs[0].effects[0].mu.value).toBeGreaterThan(15)
    expect(outputs[0].effects[1].muStar).toEqual({ value: 0, lower: 0, upper: 0 })
  })

  it('moves one at a time, with exact sensitivities over time', async () => {
    const folder = folderWith(files)
    const words = [...model, '--method', 'local', '--endpoint', 'late=C:value@5', '--parameters', 'k=0.2:0.4,V,dose']
    const { code, out } = await cartkin(folder, words)
    expect(code).toBe(0)
    expect(out).toMatch(/k +0\.200 +0\.400 +7\.36 +4\.46 +2\.71/)
    const { notes } = JSON.parse(readFileSync(join(folder, 'o/sensitivity.json'), 'utf8'))
    expect(notes).toEqual(['dose sets the doses: it has no sensitivity over time.'])
    expect(readFileSync(join(folder, 'o/report.html'), 'utf8')).toContain('for one per cent of a parameter')
  })

  it('varies the population of a library model, its common factors among the inputs', async () => {
    const folder = folderWith()
    const words = [
      'sensitivity',
      'lupus-qsp',
      '--method',
      'local',
      '--endpoint',
      'Cmax',
      '--times',
      '0,30',
      '--workers',
      '1',
    ]
    expect((await cartkin(folder, [...words, '--out', 'o'])).code).toBe(0)
    const { inputs } = JSON.parse(readFileSync(join(folder, 'o/sensitivity.json'), 'utf8'))
    expect(inputs[0]).toEqual({ name: 'B-cell pool', distribution: { kind: 'logNormal', median: 1, sd: 0.55 } })
    expect(inputs).toHaveLength(25)
  })

  it('stops when it is asked to, and writes nothing', async () => {
    const folder = folderWith(files)
    const stop = new AbortController()
    const words = [...model, ...peak, '--parameters', 'k,V', '--samples', '65536']
    const running = cartkin(folder, words, stop.signal)
    setTimeout(() => stop.abort(), 500)
    expect((await running).code).toBe(5)
    expect(existsSync(join(folder, 'o'))).toBe(false)
  })

  it('lists the endpoints that there are where none is named', async () => {
    const own = await cartkin(folderWith(files), [...model, '--parameters', 'k'])
    expect(own.code).toBe(2)
    expect(own.note).toMatch(
      /has no endpoints of its own, so define one: --endpoint peak=C:maximum; quantities are .*C/,
    )
    const library = await cartkin(folderWith(files), ['sensitivity', 'stein-2019', '--out', 'o'])
    expect(library.note).toMatch(/stein-2019 has:\n {2}Cmax +Peak transgene\n.*AUC0_28 +Exposure.*or define one/s)
  })

  it.each([
    [['--endpoint', 'peak'], 3, /has no endpoint peak/],
    [['--endpoint', 'peak=C:max'], 2, /expected peak=QUANTITY:KIND/],
    [['--endpoint', 'peak=C:maximum'], 3, /neither a population nor random effects to vary; name the inputs/],
    [[...peak, '--parameters', 'kk'], 3, /kk is not a parameter of the model; did you mean k\?/],
    [[...peak, '--parameters', 'k=3:1'], 3, /input k: its range .* got 3 to 1/],
    [[...peak, '--parameters', 'k', '--samples', '100'], 3, /power of two .* got 100; the nearest are 64 and 128/],
    [[...peak, '--parameters', 'k', '--method', 'morris', '--precision', '0.1'], 3, /precision/],
    [[...peak, '--parameters', 'k', '--undefined', 'tmax=3'], 3, /tmax is not among the outputs peak/],
    [[...peak, '--parameters', 'k=0.1'], 2, /expected k=LO:HI/],
  ])('refuses %j', async (words, code, message) => {
    const run = await cartkin(folderWith(files), [...model, ...words])
    expect(run.note).toMatch(message)
    expect(run.code).toBe(code)
  })
})

interface Value {
  readonly value: number
  readonly lower: number
  readonly upper: number
}

it('refuses effects that are drawn together as inputs, and varies parameters beside them', async () => {
  const own =
    'ini({ tcl <- 1; eta1 + eta2 ~ c(0.1, 0.05, 0.1) })\nmodel({\n  cl <- exp(tcl + eta1)\n  v <- exp(eta2)\n  d/dt(A) = -cl/v*A\n  A(0) = 100\n  C = A/v\n})\n'
  const folder = folderWith({ 'm.txt': own })
  const run = (...more: string[]) =>
    cartkin(folder, [
      'sensitivity',
      'm.txt',
      '--times',
      '0:10:1',
      '--workers',
      '1',
      '--out',
      'o',
      '--endpoint',
      'late=C:value@2',
      ...more,
    ])
  for (const named of [[], ['--parameters', 'tcl,eta1']]) {
    const { code, note } = await run(...named)
    expect(code).toBe(3)
    expect(note).toContain('eta1, eta2 of m.txt are drawn together')
    expect(note).toContain('--parameters NAME=~0.3')
  }
  const { code, out } = await run('--parameters', 'tcl=~0.3', '--samples', '64', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out).outputs[0].indices[0].total.value).toBeCloseTo(1, 1)
})
