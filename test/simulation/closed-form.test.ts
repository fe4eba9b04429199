import { libraryModel } from '@cartkin/cart-models'
import type { CompiledModel } from '@cartkin/model'
import { exp, expm1, log } from '@cartkin/numerics'
import { type EventRecord, parameterVector, RunMemory, type SubjectRun, simulateSubject } from '@cartkin/simulation'
import fc from 'fast-check'
import { dop853 } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import '../seed.ts'
import { compiled } from './fixtures.ts'

/** Steps that are stable for the sensitivities, too, when the states are at rest. */
const reference = { rtol: 1e-11, atol: 1e-13, method: dop853, maxStep: 0.4 }

function simulate(
  model: CompiledModel,
  values: Readonly<Record<string, number>>,
  { records = [], end = 30, options = {}, by = [] as readonly string[], start = 0 } = {} as {
    records?: readonly EventRecord[]
    end?: number
    start?: number
    options?: object
    by?: readonly string[]
  },
): SubjectRun {
  const sensitivities = by.map((name) => model.model.parameters.findIndex((parameter) => parameter.name === name))
  return simulateSubject({
    model,
    parameters: parameterVector(model.model, values),
    records,
    start,
    end,
    options,
    sensitivities,
  })
}

function row(model: CompiledModel, run: SubjectRun, t: number, side?: 'before' | 'after'): readonly number[] {
  const out = new Float64Array(model.model.states.length + model.model.outputs.length)
  run.read(t, out, side)
  return [...out]
}

/** ∂row/∂p, one row a parameter. */
function slopes(model: CompiledModel, run: SubjectRun, m: number, t: number, side?: 'before' | 'after'): number[][] {
  const width = model.model.states.length + model.model.outputs.length
  const out = new Float64Array(m * width)
  run.readSensitivities(t, out, side)
  return Array.from({ length: m }, (_, j) => [...out.subarray(j * width, (j + 1) * width)])
}

describe('cells that expand to a day and then contract', () => {
  const model = compiled(libraryModel('stein-2019').text)
  const names = ['foldx', 'Tmax', 'Cmax', 'alpha', 'FB', 'beta'] as const
  const typical = { foldx: 3900, Tmax: 9.3, Cmax: 24000, alpha: 0.16, FB: 0.0079, beta: 0.0032 }
  const times = [0, 1e-9, 0.5, 3, 9.299_999_999, 9.3, 9.300_000_1, 9.31, 9.5, 12, 28, 90, 365]

  /** E and M, without cancellation. */
  function cells({ foldx, Tmax, Cmax, alpha, FB, beta }: typeof typical, t: number): readonly [number, number] {
    if (t < Tmax) return [(Cmax / foldx) * exp((log(foldx) * t) / Tmax), 0]
    const passed = t - Tmax
    const grown = (alpha - beta) * passed
    const late = grown > 1 ? exp(-beta * passed) - exp(-alpha * passed) : exp(-alpha * passed) * expm1(grown)
    return [Cmax * exp(-alpha * passed), FB * Cmax * late]
  }

  it.each([
    ['as published', typical],
    ['with rates of the same size', { ...typical, alpha: 0.0032 * (1 + 1e-6) }],
    ['with equal rates', { ...typical, alpha: 0.0032 }],
    ['that fall over many orders of magnitude', { ...typical, alpha: 2.5, beta: 0.3 }],
    ['that peak before the start', { ...typical, Tmax: -2 }],
    ['that peak behind the end', { ...typical, Tmax: 400 }],
  ] as const)('are known to 1e-12 at all times: %s', (_, values) => {
    const run = simulate(model, values, { end: 365 })
    expect(run.outcome.status).toBe('finished')
    expect(run.statistics.rhsEvaluations).toBe(0)
    for (const t of times) {
      const [E, M] = row(model, run, t)
      // a peak before the start leaves the cells of the text's start to contract
      const [wantedE, wantedM] =
        values.Tmax > 0 ? cells(values, t) : cells({ ...values, Tmax: 0, Cmax: values.Cmax / values.foldx }, t)
      expect(Math.abs(E! - wantedE), `E at ${t}`).toBeLessThanOrEqual(1e-12 * wantedE)
      const rounding = values.alpha === values.beta ? 0 : (1e-16 * values.alpha) / Math.abs(values.alpha - values.beta)
      expect(Math.abs(M! - wantedM), `M at ${t}`).toBeLessThanOrEqual((1e-12 + rounding) * wantedM)
    }
  })

  it('have the sensitivities of their formula on both sides of the peak, also where it moves past an observation', () => {
    const run = simulate(model, typical, { end: 365, by: names })
    const scale = (t: number) => cells(typical, t).reduce((sum, value) => sum + value, 0)
    const { foldx, Tmax, Cmax, alpha, FB, beta } = typical
    for (const t of [0.5, 3, 9.2, 9.3, 9.4, 12, 28, 90, 365]) {
      const passed = t - Tmax
      const [fast, slow] = [exp(-alpha * passed), exp(-beta * passed)]
      const C = scale(t)
      const wanted =
        t < Tmax
          ? [(C / foldx) * (t / Tmax - 1), (-C * log(foldx) * t) / (Tmax * Tmax), C / Cmax, 0, 0, 0]
          : [
              0,
              Cmax * ((1 - FB) * alpha * fast + FB * beta * slow),
              C / Cmax,
              -Cmax * (1 - FB) * passed * fast,
              Cmax * (slow - fast),
              -Cmax * FB * passed * slow,
            ]
      const found = slopes(model, run, names.length, t)
      names.forEach((name, j) => {
        const error = Math.abs(found[j]!.at(-1)! - wanted[j]!) * typical[name]
        expect(error, `${name} at ${t}`).toBeLessThan(1e-11 * C)
      })
    }
    // just before the peak the cells still expand
    const before = slopes(model, run, names.length, Tmax, 'before')
    expect(before[1]!.at(-1)! / ((-Cmax * log(foldx)) / Tmax)).toBeCloseTo(1, 11)
  })
})

it.each([
  ['t < T', [1, 2, 2]],
  ['t <= T', [1, 1, 2]],
  ['t > T', [2, 2, 1]],
  ['t >= T', [2, 1, 1]],
] as const)('a condition %s answers as in steps, before, at and behind its time', (condition, answers) => {
  const model = compiled(
    `T = 4\nk ~ ifelse(${condition}, 0.1, 0.7)\nd/dt(x) = -k*x\nx(0) = 5\na = ifelse(${condition}, 1, 2)`,
  )
  const records: EventRecord[] = [{ time: 4, evid: 1, amt: 3 }]
  for (const T of [4, 2, -1, 0, 30]) {
    const [closed, steps] = [{}, reference].map((options) => simulate(model, { T }, { records, options, by: ['T'] }))
    for (const t of [0, 1.9, 2, 2.1, 4, 5, 30]) {
      for (const side of ['before', 'after'] as const) {
        const [found, wanted] = [row(model, closed!, t, side), row(model, steps!, t, side)]
        expect(found[1], `${T} at ${t}`).toBe(wanted[1])
        expect(Math.abs(found[0]! / wanted[0]! - 1)).toBeLessThan(1e-8)
        const [ds, dw] = [closed!, steps!].map((run) => slopes(model, run, 1, t, side)[0]![0]!)
        expect(Math.abs(ds! - dw!), `∂T ${T} at ${t} ${side}`).toBeLessThan(1e-8)
      }
    }
    if (T === 4) expect([3.9, 4, 4.1].map((t) => row(model, closed!, t)[1])).toEqual(answers)
  }
})

/** A text of chains and branches: x0 … in some order of their equations, each fed by earlier ones. */
const texts = fc
  .record({
    size: fc.integer({ min: 1, max: 5 }),
    rates: fc.array(fc.constantFrom(0, 0.05, 0.3, 0.301, 0.9, 2.5, 11), { minLength: 5, maxLength: 5 }),
    feeds: fc.array(fc.constantFrom(0, 0, 0.2, 0.7), { minLength: 10, maxLength: 10 }),
    inflows: fc.array(fc.constantFrom(0, 0, 1.5), { minLength: 5, maxLength: 5 }),
    isReversed: fc.boolean(),
    switches: fc.array(fc.constantFrom(-3, 0, 2, 6, 6.5, 50), { minLength: 2, maxLength: 2 }),
    isSwitched: fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
  })
  .map(({ size, rates, feeds, inflows, isReversed, switches, isSwitched }) => {
    const numbers: string[] = [`T0 = ${switches[0]}`, `T1 = ${switches[1]}`, 'tl = 0.4', 'F = 0.8', 'base = 2']
    const lines: string[] = []
    let place = 0
    for (let i = 0; i < size; i++) {
      numbers.push(`k${i} = ${rates[i]}`)
      const inflow = inflows[i] === 0 ? '' : ` + in${i}`
      if (inflows[i] !== 0) numbers.push(`in${i} = ${inflows[i]}`)
      let fed = ''
      for (let j = 0; j < i; j++, place++) {
        if (feeds[place] === 0) continue
        numbers.push(`a${i}${j} = ${feeds[place]}`)
        fed += ` + a${i}${j}*x${j}`
      }
      const rate = isSwitched[0] === true && i === 0 ? 'ifelse(t < T0, -0.5*k0, k0)' : `k${i}`
      const gain =
        isSwitched[1] === true && i === size - 1 && fed !== '' ? `ifelse(t >= T1, 1, 0.25)*(0${fed})` : `0${fed}`
      lines.push(`d/dt(x${i}) = ${gain} - ${rate}*x${i}${inflow}`)
    }
    const order = isReversed ? lines.toReversed() : lines
    return `${[...numbers, ...order].join('\n')}\nx0(0) = base\nalag(x0) = tl\nf(x0) = F\ny = x${size - 1} + 0.5*x0\n`
  })

const given = fc.array(
  fc.oneof(
    fc.record({ evid: fc.constant(1 as const), amt: fc.constantFrom(1, 30), cmt: fc.constantFrom('x0', 'last') }),
    fc.record({
      evid: fc.constant(1 as const),
      amt: fc.constantFrom(1, 30),
      rate: fc.constantFrom(4, 12),
      cmt: fc.constantFrom('x0', 'last'),
    }),
    fc.record({
      evid: fc.constant(1 as const),
      amt: fc.constant(8),
      cmt: fc.constant('x0'),
      ii: fc.constant(3),
      addl: fc.constant(3),
    }),
    fc.record({ evid: fc.constant(4 as const), amt: fc.constant(5), cmt: fc.constant('x0') }),
    fc.record({ evid: fc.constant(3 as const) }),
  ),
  { maxLength: 4 },
)

it('models of chains and branches have the course and the sensitivities of their steps', () => {
  fc.assert(
    fc.property(texts, given, (text, entries) => {
      const model = compiled(text)
      const last = model.model.states.find(({ name }) => name === `x${model.model.states.length - 1}`)!.name
      const records = entries.map((entry, k): EventRecord => {
        const time = 2 * k
        return 'cmt' in entry && entry.cmt === 'last' ? { ...entry, time, cmt: last } : { ...entry, time }
      })
      const by = model.model.parameters.map(({ name }) => name)
      const [closed, steps] = [{}, reference].map((options) => simulate(model, {}, { records, options, by, end: 20 }))
      expect(closed!.outcome.status).toBe('finished')
      if (closed!.statistics.rhsEvaluations > 0) {
        // many rates, some of them equal
        expect(model.model.states.length).toBeGreaterThan(3)
        return
      }
      for (const t of [0, 0.001, 0.4, 1, 2, 4.4, 6, 6.5, 8.2, 20]) {
        for (const side of ['before', 'after'] as const) {
          const wanted = row(model, steps!, t, side)
          const size = Math.max(...wanted.map(Math.abs), 1)
          row(model, closed!, t, side).forEach((value, i) => {
            expect(Math.abs(value - wanted[i]!), `${i} at ${t} ${side}`).toBeLessThan(1e-8 * size)
          })
          const dw = slopes(model, steps!, by.length, t, side)
          const dSize = Math.max(...dw.flat().map(Math.abs), size)
          slopes(model, closed!, by.length, t, side).forEach((found, j) => {
            found.forEach((value, i) => {
              expect(Math.abs(value - dw[j]![i]!), `${by[j]} of ${i} at ${t} ${side}`).toBeLessThan(1e-8 * dSize)
            })
          })
        }
      }
    }),
    { numRuns: 60 },
  )
})

describe('a run in closed form', () => {
  const model = compiled('g = 3\nT = 40\nd/dt(x) = ifelse(t < T, g, -1)*x\nx(0) = 1\n')

  it('fails where a state is no longer finite, and can be read up to the event before', () => {
    const run = simulate(model, { T: 2, g: 1000 }, { end: 10 })
    expect(run.outcome).toMatchObject({ status: 'failed', reason: 'non-finite', t: 0 })
    if (run.outcome.status !== 'failed') throw new Error(run.outcome.status)
    expect(run.outcome.message).toBe('x is Infinity at t = 2, by its closed form from t = 0 on')
    expect(run.end).toBe(0)
    const late = simulate(model, { T: 2, g: 300 }, { end: 1 })
    expect(late.outcome.status).toBe('finished')
    expect(simulate(model, { T: 2, g: 800 }, { end: 1 }).outcome).toMatchObject({ reason: 'non-finite', t: 0 })
  })

  it('asks at each event whether to stop', () => {
    let asked = 0
    const run = simulate(model, { T: 2 }, { end: 10, options: { shouldStop: () => ++asked === 2 } })
    expect(run.outcome).toEqual({ status: 'stopped', t: 2 })
    expect([asked, run.end]).toEqual([2, 2])
  })

  it('has the same bits in memory that served others', () => {
    const memory = new RunMemory()
    const rows = [[0], [1, 0], [], [0], [0, 1]].map((sensitivities) => {
      const simulation = {
        model,
        parameters: parameterVector(model.model),
        records: [],
        start: 0,
        end: 50,
        sensitivities,
      }
      return [memory, new RunMemory()].map((place) => {
        const run = simulateSubject({ ...simulation, memory: place })
        const m = sensitivities.length
        return [41, 39.5, 0.1].flatMap((t) => [
          ...row(model, run, t),
          ...(m > 0 ? slopes(model, run, m, t).flat() : []),
        ])
      })
    })
    for (const [used, fresh] of rows) expect(used).toEqual(fresh)
  })
})

it('what is not affine in the states by its form takes steps', () => {
  const isLinear = (equation: string) => compiled(`a = 2\nb = 3\n${equation}`).instantiate().isLinear
  for (const equation of [
    'a - b*x/a',
    '-(x - b)',
    'ifelse(t < a, a, b)*x',
    'ifelse(a < b, x, 2*x) + exp(a)',
    'x*exp(-a)',
  ])
    expect(isLinear(`d/dt(x) = ${equation}`), equation).toBe(true)
  for (const equation of [
    'a*x*x',
    'floor(x)',
    'a*t',
    'x*exp(-t)',
    'abs(x)',
    'ifelse(x > 1, a, b)*x',
    'a/x',
    'floor(t)*x',
    'max(x, 1)',
    'x == 3',
  ])
    expect(isLinear(`d/dt(x) = ${equation}`), equation).toBe(false)
  const steps = (text: string) => simulate(compiled(text), {}, {}).statistics.rhsEvaluations
  expect(steps('d/dt(x) = 1 - x\nd/dt(y) = x - 2*y')).toBe(0)
  expect(steps('d/dt(x) = 1 - x + 0.1*y\nd/dt(y) = x - 2*y')).toBeGreaterThan(0)
})
