import type { Interpolation } from '@cartkin/model'
import {
  type CovariateInTime,
  type EventRecord,
  parameterVector,
  type SolverOptions,
  simulateSubject,
} from '@cartkin/simulation'
import fc from 'fast-check'
import { methods } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { compiled } from './fixtures.ts'

const equations = `
cl = 2
v = 20
ka = 1.1
tl = 0.4
Tsw = 9
k = cl*(WT/70)^0.75/v
if (t < Tsw + WT/100) { loss = k } else { loss = 1.5*k }
d/dt(depot) = -ka*depot
d/dt(central) = ka*depot - loss*central + CRP*0.1
f(depot) = WT/70
lag(depot) = tl*WT/70
dur(central) = WT/50
central(0) = 0.1*WT
C = central/v*WT
`
const weights = { name: 'WT', times: [0, 3, 7, 12], values: [70, 82, 64, 75] }
const proteins = { name: 'CRP', times: [0, 2, 7, 10], values: [4, 90, 30, 8] }
const records: readonly EventRecord[] = [
  { time: 0, evid: 1, cmt: 'depot', amt: 100 },
  { time: 3, evid: 1, cmt: 'depot', amt: 50 },
  { time: 5, evid: 1, cmt: 'central', amt: 40, rate: -2 },
  { time: 7, evid: 1, cmt: 'depot', amt: 50 },
]
const times = Float64Array.from({ length: 65 }, (_, k) => k / 4)
const all: readonly Interpolation[] = ['locf', 'nocb', 'linear', 'midpoint']
const declared = (kind: Interpolation) => `${kind}(WT, CRP)\n${equations}`
const at = (covariate: Omit<CovariateInTime, 'interpolation'>): CovariateInTime => ({
  ...covariate,
  interpolation: 'locf',
})
const tight: SolverOptions = { rtol: 1e-10, atol: 1e-12 }

interface Course {
  readonly text: string
  readonly fixed?: Readonly<Record<string, number>>
  readonly covariates?: readonly CovariateInTime[]
  readonly given?: readonly EventRecord[]
  readonly options?: SolverOptions
  readonly start?: number
  readonly end?: number
  readonly values?: Readonly<Record<string, number>>
  readonly sensitivities?: readonly string[]
}

const models = new Map<string, ReturnType<typeof compiled>>()
function modelFor(text: string) {
  const known = models.get(text) ?? compiled(text)
  models.set(text, known)
  return known
}

function run(course: Course) {
  const { text, fixed = { WT: 70, CRP: 4 }, covariates = [], given = records, options = tight } = course
  const { start = 0, end = 16, values, sensitivities } = course
  const model = modelFor(text)
  const index = (name: string) => model.model.parameters.findIndex((parameter) => parameter.name === name)
  return simulateSubject({
    model,
    parameters: parameterVector(model.model, fixed),
    covariates,
    records: given,
    start,
    end,
    options,
    ...(values !== undefined && { startState: { values } }),
    ...(sensitivities !== undefined && { sensitivities: sensitivities.map(index) }),
  })
}

function columns(course: Course): readonly Float64Array[] {
  const own = times.filter((t) => t <= (course.end ?? 16) && t >= (course.start ?? 0))
  const done = run(course)
  expect(done.outcome.status).toBe('finished')
  const { states, outputs } = modelFor(course.text).model
  const wanted = Array.from({ length: states.length + outputs.length }, (_, k) => k)
  const out = wanted.map(() => new Float64Array(own.length))
  done.readColumns(own, wanted, out)
  return out
}

function expectClose(ours: readonly Float64Array[], theirs: readonly Float64Array[], tolerance: number): void {
  ours.forEach((column, q) => {
    column.forEach((value, k) => {
      expect(Math.abs(value - theirs[q]![k]!), `quantity ${q} at row ${k}`).toBeLessThanOrEqual(
        tolerance * (Math.abs(value) + 1e-3),
      )
    })
  })
}

describe('covariates that change with time', () => {
  it.each(all)('%s of values that are all equal is the fixed covariate, bit for bit', (kind) => {
    for (const options of [{}, tight, { tape: true }]) {
      const text = declared(kind)
      const fixed = { WT: 82, CRP: 4 }
      const constant = [
        at({ ...weights, values: weights.values.map(() => 82) }),
        at({ ...proteins, values: proteins.values.map(() => 4) }),
      ]
      const ours = columns({ text, options, covariates: constant })
      expect(ours).toEqual(columns({ text, fixed, options }))
      if (kind !== 'linear') expect(ours).toEqual(columns({ text: equations, fixed, options }))
      else if (options === tight) expectClose(ours, columns({ text: equations, fixed, options }), 1e-8)
    }
  })

  it('locf is what the run split by hand gives', () => {
    const text = `
      d/dt(x) = -0.1*WT*x + CRP
      x(0) = WT
      y = x*WT`
    const whole = columns({ text, covariates: [at(weights)], given: [], fixed: { WT: 70, CRP: 4 } })
    let values: Readonly<Record<string, number>> | undefined
    weights.times.forEach((start, k) => {
      const end = weights.times[k + 1] ?? 16
      const part = { text, given: [], start, end, fixed: { WT: weights.values[k]!, CRP: 4 }, ...(values && { values }) }
      const first = times.indexOf(start)
      const read = columns(part).map((column) => (end < 16 ? column.slice(0, -1) : column))
      expectClose(
        read,
        whole.map((column) => column.slice(first, first + read[0]!.length)),
        1e-9,
      )
      values = { x: run(part).value(0, end) }
    })
  })

  it('piecewise values are those of conditions in time, written in the text', () => {
    const written = (conditions: string) =>
      `${conditions}\n${equations.replaceAll('WT', 'wt').replaceAll('CRP', 'crp')}`
    const steps = (name: string, { times: ends, values }: typeof weights, holds: (t: number) => string) =>
      `${name} ~ ${ends.slice(1).reduce((text, end, k) => `${text}ifelse(${holds(end)}, ${values[k]}, `, '')}${values.at(-1)}${')'.repeat(ends.length - 1)}`
    const given = records.filter(({ time }) => time > 0)
    const covariates = [at(weights), at(proteins)]
    const locf = written(`${steps('wt', weights, (t) => `t < ${t}`)}\n${steps('crp', proteins, (t) => `t < ${t}`)}`)
    // the switch in time would know its own time: it is written with the value that holds there
    const plain = (text: string) => text.replace(/Tsw \+ \w+\/100/, 'Tsw')
    expectClose(
      columns({ text: plain(declared('locf')), covariates, given }),
      columns({ text: plain(locf), fixed: {}, given }),
      1e-8,
    )
    const back = (series: typeof weights) => ({
      times: series.times,
      values: [...series.values.slice(1), series.values.at(-1)!],
    })
    const nocb = written(
      `${steps('wt', { name: '', ...back(weights) }, (t) => `t <= ${t}`)}\n${steps('crp', { name: '', ...back(proteins) }, (t) => `t <= ${t}`)}`,
    ).replace('central(0) = 0.1*wt', 'central(0) = 7')
    expectClose(
      columns({ text: plain(declared('nocb')), covariates, given }).map((c) => c.slice(1)),
      columns({ text: plain(nocb), fixed: {}, given }).map((c) => c.slice(1)),
      1e-8,
    )
  })

  it('midpoint changes half way', () => {
    const text = 'midpoint(WT)\nd/dt(x) = 0\ny = WT'
    const done = run({ text, covariates: [at(weights)], fixed: { WT: 70 }, given: [] })
    expect([0, 1.49, 1.5, 3, 4.99, 5, 9.5, 12, 16].map((t) => done.value(1, t))).toEqual([
      70, 70, 82, 82, 82, 64, 75, 75, 75,
    ])
  })

  it('linear is the same as the covariate written as a function of time', () => {
    const line = '70 + 2.5*t'
    const text = declared('linear').replace('linear(WT, CRP)', 'linear(WT)')
    const written = equations.replaceAll('WT', `(${line})`).replace('central(0) = 0.1*(70 + 2.5*t)', 'central(0) = 7')
    const covariates = [at({ name: 'WT', times: [0, 16], values: [70, 110] })]
    expectClose(columns({ text, covariates }), columns({ text: written, fixed: { CRP: 4 } }), 1e-8)
  })

  it('a condition on a linear covariate changes where the covariate crosses', () => {
    const text = 'linear(WT)\nlimit = 75\nif (WT > limit) { r = 2 } else { r = 1 }\nd/dt(x) = r'
    const covariates = [at({ name: 'WT', times: [0, 4, 6, 10, 16], values: [70, 80, 80, 70, 75] })]
    const done = run({ text, covariates, fixed: { WT: 70 }, given: [], sensitivities: ['limit'] })
    const tangent = new Float64Array(2)
    const read = (t: number) => {
      done.readSensitivities(t, tangent)
      return [done.value(0, t), tangent[0]]
    }
    // above the limit between 2 and 8, of which the first moves by 1/2.5 and the second by -1/2.5
    expect([1, 2.5, 5, 8, 16].map((t) => read(t).map((value) => Math.round(1e9 * value!) / 1e9))).toEqual([
      [1, 0],
      [3, -0.4],
      [8, -0.4],
      [14, -0.8],
      [22, -0.8],
    ])
    expect(done.eventTimes).toContain(2)
  })

  it('a time switch whose time a node moves past the present changes there', () => {
    const text = 'if (t < WT) { r = 1 } else { r = 2 }\nd/dt(x) = r'
    const at12 = (values: readonly number[]) =>
      run({ text, fixed: { WT: 1 }, given: [], covariates: [at({ name: 'WT', times: [0, 6], values })] }).value(0, 12)
    expect(at12([10, 4])).toBeCloseTo(6 + 2 * 6, 12)
    expect(at12([4, 10])).toBeCloseTo(4 + 2 * 2 + 4 + 2 * 2, 12)
    expect(at12([6, 4])).toBeCloseTo(6 + 2 * 6, 12)
  })

  it('nodes on the line of a linear covariate change nothing', () => {
    const text = declared('linear')
    const line = (t: number) => 70 + 2.5 * t
    const coarse = columns({ text, covariates: [at({ name: 'WT', times: [0, 16], values: [70, 110] })] })
    fc.assert(
      fc.property(fc.uniqueArray(fc.double({ min: 0.01, max: 15.99, noNaN: true }), { maxLength: 6 }), (more) => {
        const nodes = [0, ...more.toSorted((a, b) => a - b), 16]
        const covariates = [at({ name: 'WT', times: nodes, values: nodes.map(line) })]
        expectClose(columns({ text, covariates }), coarse, 1e-8)
      }),
      { numRuns: 10 },
    )
  })

  it.each(all)('%s: tapes and kernels have the same bits', (kind) => {
    for (const method of methods.filter(({ kind: family }) => family !== 'collocation')) {
      const course = { text: declared(kind), covariates: [at(weights), at(proteins)] }
      const of = (tape: boolean) => columns({ ...course, options: { method, tape } })
      expect(of(true)).toEqual(of(false))
    }
  })

  it.each(all)('%s: sensitivities agree with central differences', (kind) => {
    const text = declared(kind)
    const names = ['cl', 'ka', 'tl', 'Tsw']
    const options = { rtol: 1e-11, atol: 1e-13 }
    const covariates = [at(weights), at(proteins)]
    const exact = run({ text, covariates, options, sensitivities: names })
    const width = 2 + modelFor(text).model.outputs.length
    const tangents = new Float64Array(names.length * width)
    const fixed = { WT: 70, CRP: 4 }
    names.forEach((name, j) => {
      const value = modelFor(text).model.parameters.find((parameter) => parameter.name === name)!.value
      const h = 1e-4 * value
      const [up, down] = [h, -h].map((d) => run({ text, covariates, options, fixed: { ...fixed, [name]: value + d } }))
      const [above, below] = [new Float64Array(width), new Float64Array(width)]
      for (const t of [1, 3, 4.3, 6.9, 8.2, 11, 15]) {
        exact.readSensitivities(t, tangents)
        up!.read(t, above)
        down!.read(t, below)
        for (let q = 0; q < width; q++) {
          const difference = (above[q]! - below[q]!) / (2 * h)
          expect(Math.abs(tangents[j * width + q]! - difference), `${name} of ${q} at ${t}`).toBeLessThan(
            1e-6 * (Math.abs(difference) + 1),
          )
        }
      }
    })
  })

  it('a record sees its own values where several of one time differ', () => {
    const text = 'd/dt(x) = 0\nf(x) = BIO\ny = BIO'
    const given: readonly EventRecord[] = [
      { time: 1, evid: 0, covariates: { BIO: 1 } },
      { time: 1, evid: 1, amt: 10, covariates: { BIO: 0.5 } },
      { time: 1, evid: 1, amt: 10 },
      { time: 1, evid: 0 },
    ]
    const covariates = [at({ name: 'BIO', times: [0, 1, 1, 1, 1], values: [1, 1, 0.5, 0.25, 0.25] })]
    const done = run({ text, covariates, fixed: { BIO: 1 }, given, end: 2 })
    const read = (index: number) => {
      const out = new Float64Array(2)
      done.readRecord(index, out)
      return [...out]
    }
    expect([read(0), read(3)]).toEqual([
      [0, 1],
      [7.5, 0.25],
    ])
  })

  it.each([
    [at({ name: 'WD', times: [0], values: [1] }), 'no parameter WD; did you mean WT?'],
    [at({ name: 'WT', times: [0, 1], values: [1] }), 'covariate WT needs one value for each of its times, got 1 for 2'],
    [
      at({ name: 'WT', times: [1, 0], values: [1, 2] }),
      'the times of covariate WT must be finite and ascend; time 2 is 0',
    ],
    [at({ name: 'WT', times: [1], values: [Number.NaN] }), 'covariate WT at 1 must be a finite number, got NaN'],
    [
      { name: 'WT', times: [1], values: [2], interpolation: 'linear' as const },
      'covariate WT runs straight between its values only where the model says linear(WT)',
    ],
  ])('refuses what cannot be: %#', (covariate, message) => {
    expect(() => run({ text: equations, covariates: [covariate] })).toThrow(message)
  })

  it.each(all)('%s: linCmt() is the same as its equations', (kind) => {
    const head = `${kind}(WT)\ncl = 2*(WT/70)^0.75\nv = 20\nka = 1.1\n`
    const system = 'd/dt(depot) = -ka*depot\nd/dt(central) = ka*depot - cl/v*central\nC = central/v'
    const given: readonly EventRecord[] = [
      { time: 0, evid: 1, cmt: 'depot', amt: 100 },
      { time: 5, evid: 1, cmt: 'central', amt: 40, duration: 4 },
    ]
    const course = { fixed: { WT: 70 }, given, covariates: [at(weights)] }
    const [closed, integrated] = [`${head}C = linCmt()`, head + system].map((text) => {
      const { states, outputs } = modelFor(text).model
      return columns({ ...course, text })[states.length + outputs.findIndex(({ name }) => name === 'C')]!
    })
    expectClose([closed!], [integrated!], 1e-8)
  })

  it('a lag that changes is refused where times since doses are computed from it, and taken elsewhere', () => {
    const text = 'd/dt(x) = -x\nlag(x) = WT/70'
    const given: readonly EventRecord[] = [{ time: 1, evid: 1, amt: 10 }]
    const course = { fixed: { WT: 70 }, given, covariates: [at(weights)] }
    expect(run({ ...course, text }).outcome.status).toBe('finished')
    expect(() => run({ ...course, text: `${text}\ny = tad(x)` })).toThrow(
      'lag(x) changes with covariates during the run',
    )
    const constant = [at({ ...weights, values: [70, 70, 70, 70] })]
    expect(run({ ...course, text: `${text}\ny = tad(x)`, covariates: constant }).value(1, 5)).toBe(3)
  })

  it('a run in the memory of another takes nothing over', () => {
    const text = declared('linear')
    const plain = columns({ text, fixed: { WT: 82, CRP: 9 } })
    columns({ text, covariates: [at(weights), at(proteins)] })
    expect(columns({ text, fixed: { WT: 82, CRP: 9 } })).toEqual(plain)
  })
})
