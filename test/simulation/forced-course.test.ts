import { exp, log } from '@cartkin/numerics'
import {
  type CovariateInTime,
  type EventRecord,
  parameterVector,
  simulateSubject,
  simulateWithRules,
} from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { compiled } from './fixtures.ts'

const values = {
  ka: 1.3,
  cl0: 2.1,
  v: 11,
  q: 1.7,
  vp: 23,
  q2: 0.4,
  vp2: 55,
  kin: 4,
  kout: 0.3,
  ic50: 2,
  WT: 70,
  F1: 0.8,
  tl: 0.7,
  D1: 2.3,
  R1: 9,
}
const parameters = `${Object.entries(values)
  .map(([name, value]) => `${name} = ${value}`)
  .join('\n')}\ncl = cl0*(WT/70)^0.75\n`
const kinds = [1, 2, 3].flatMap((count) => [true, false].map((hasDepot) => ({ count, hasDepot })))
type Kind = (typeof kinds)[number]

const response = 'd/dt(R) = kin*(1 - C/(ic50 + C)) - kout*R\nR(0) = kin/kout\n'
const properties = (state: string) => `f(${state}) = F1\nlag(${state}) = tl\ndur(central) = D1\nrate(${state}) = R1\n`
const peripheral = (k: number) => [`q${k === 1 ? '' : k}`, `vp${k === 1 ? '' : k}`, `peripheral${k}`] as const

const call = ({ count, hasDepot }: Kind) => {
  const flows = [1, 2].slice(0, count - 1).flatMap((k) => peripheral(k).slice(0, 2))
  return `C <- linCmt(${[...(hasDepot ? ['ka'] : []), 'cl', 'v', ...flows].join(', ')})\n`
}
const equations = ({ count, hasDepot }: Kind) => {
  const exchanges = [1, 2].slice(0, count - 1).map(peripheral)
  const net = exchanges.map(([q, vp, p]) => `(${q}/v*central - ${q}/${vp}*${p})`)
  return [
    'C <- central/v',
    ...(hasDepot ? ['d/dt(depot) = -ka*depot'] : []),
    `d/dt(central) = ${hasDepot ? 'ka*depot' : '0'} - cl/v*central${net.map((flow) => ` - ${flow}`).join('')}`,
    ...exchanges.map(([, , p], k) => `d/dt(${p}) = ${net[k]}`),
  ]
    .join('\n')
    .concat('\n')
}
const made = (kind: Kind) => {
  const dosed = properties(kind.hasDepot ? 'depot' : 'central')
  return {
    mixed: compiled(parameters + call(kind) + response + dosed),
    alone: compiled(parameters + call(kind) + dosed),
    explicit: compiled(parameters + equations(kind) + response + dosed),
  }
}
type Texts = ReturnType<typeof made>
type Compiled = Texts['mixed']

const give = (time: number, amt: number, more: Partial<EventRecord> = {}): EventRecord => ({
  time,
  evid: 1,
  cmt: 'central',
  amt,
  ...more,
})

const weights: CovariateInTime = { name: 'WT', times: [0, 4.4, 11], values: [70, 55, 90], interpolation: 'locf' }
/** Into the first of the compartments unless said. */
const courses: Readonly<Record<string, readonly EventRecord[]>> = {
  boluses: [give(0, 100, { cmt: '2' }), give(3, 50, { ii: 2, addl: 2 }), give(4, 30, { cmt: '2' })],
  infusions: [
    give(0, 100, { rate: 30 }),
    give(2, 50, { cmt: '2', duration: 4 }),
    give(5, 40, { rate: -2 }),
    give(8, 60, { cmt: '2', rate: -1 }),
  ],
  'overlapping infusions and a bolus': [give(0, 60, { rate: 10 }), give(1, 30, { duration: 4 }), give(1.5, 10)],
  'a reset between dose and arrival': [
    give(0, 100, { cmt: '2' }),
    give(2, 40, { cmt: '2' }),
    give(2.5, 0, { evid: 3 }),
  ],
  'a reset and dose': [give(0, 100), give(6, 40, { evid: 4, rate: 20 })],
  'other events, replacement and multiplication': [
    give(0, 100, { evid: 7 }),
    give(0, 100),
    { time: 1, evid: 2 },
    give(2, 40, { evid: 5 }),
    give(3, 60, { rate: 20 }),
    give(4, 0.5, { evid: 6 }),
    give(7, 1.5, { evid: 6, cmt: '2' }),
  ],
  'a steady state of boluses': [give(0, 50, { ss: 1, ii: 6, addl: 1 })],
  'a steady state by the first compartment': [give(1, 50, { cmt: '2', ss: 1, ii: 4 })],
  'a steady state of overlapping infusions': [give(1, 50, { ss: 1, ii: 3, duration: 7.5 })],
  'a steady state that is added': [
    give(0, 70),
    give(2, 50, { cmt: '2', ss: 2, ii: 5 }),
    give(4, 30, { ss: 2, ii: 8, rate: -2 }),
  ],
  'a constant infusion': [give(1, 0, { ss: 1, rate: 12 })],
}
const times = [0, 0.001, 0.3, 0.7, 1, 1.5, 2, 2.7, 3.5, 4.4, 5, 6.1, 7.3, 9, 11, 12.4, 20, 60, 150]

interface Options {
  readonly rtol?: number
  readonly sensitivities?: readonly number[]
  readonly moved?: Readonly<Record<string, number>>
  readonly tape?: boolean
  readonly covariates?: readonly CovariateInTime[]
  readonly moving?: ReadonlyMap<EventRecord, Float64Array>
}

function run(model: Compiled, records: readonly EventRecord[], options: Options = {}) {
  const { rtol = 1e-3, moved = {}, sensitivities = [], tape = false, covariates = [], moving } = options
  const subject = simulateSubject({
    model,
    parameters: parameterVector(model.model, moved),
    records,
    covariates,
    start: 0,
    end: 150,
    options: { rtol, atol: rtol * 1e-3, tape },
    sensitivities,
    ...(moving && { moving }),
  })
  expect(subject.outcome).toMatchObject({ status: 'finished' })
  return subject
}

const names = ({ model }: Compiled) => [...model.states, ...model.outputs].map(({ name }) => name)

/** Quantities that both have, at all times before and after events. */
function expectEqual(
  [a, ofA]: readonly [ReturnType<typeof run>, Compiled],
  [b, ofB]: readonly [ReturnType<typeof run>, Compiled],
  error: number,
  among = names(ofA),
): void {
  const [x, y] = [new Float64Array(names(ofA).length), new Float64Array(names(ofB).length)]
  for (const side of ['before', 'after'] as const) {
    for (const t of times) {
      a.read(t, x, side)
      b.read(t, y, side)
      for (const name of among.filter((wanted) => names(ofB).includes(wanted))) {
        const [found, wanted] = [x[names(ofA).indexOf(name)]!, y[names(ofB).indexOf(name)]!]
        expect(Math.abs(found - wanted), `${name} ${side} ${t}: ${found}, not ${wanted}`).toBeLessThan(
          error * (1e-2 + Math.abs(wanted)),
        )
      }
    }
  }
}

const inCompartments = (records: readonly EventRecord[], { hasDepot }: Kind): readonly EventRecord[] =>
  records.map((record) => (record.cmt === '2' ? { ...record, cmt: hasDepot ? 'depot' : 'central' } : record))

describe.each(kinds)('linCmt() of $count compartments beside an equation, depot: $hasDepot', (kind) => {
  const { mixed, alone, explicit } = made(kind)

  it('is a forcing function of what is integrated', () => {
    expect(mixed.forced?.compartments.map((state) => mixed.model.states[state]?.name)).toEqual(
      alone.model.states.map(({ name }) => name),
    )
  })

  it.each(Object.entries(courses))('is exact at a tolerance of 1e-3, and the response at 1e-11: %s', (name, list) => {
    const records = inCompartments(list, kind)
    const covariates = name.startsWith('a steady state') ? [] : [weights]
    const reference = run(alone, records, { covariates })
    expectEqual([run(mixed, records, { covariates }), mixed], [reference, alone], 1e-10)
    const fine = run(mixed, records, { rtol: 1e-13, covariates })
    expectEqual([fine, mixed], [run(explicit, records, { rtol: 1e-13, covariates }), explicit], 1e-11)
  })
})

describe('a forcing function', () => {
  const two = { count: 2, hasDepot: true }
  const { mixed, explicit } = made(two)

  it.each(Object.entries(courses))('has equal bits by the tape and by kernels: %s', (_, list) => {
    const records = inCompartments(list, two)
    const rows = [false, true].map((tape) => {
      const subject = run(mixed, records, { tape, rtol: 1e-5, sensitivities: [0, 1, 11] })
      const [row, s] = [new Float64Array(names(mixed).length), new Float64Array(3 * names(mixed).length)]
      return times.flatMap((t) => {
        subject.read(t, row)
        subject.readSensitivities(t, s)
        return [...row, ...s]
      })
    })
    expect(rows[0]).toEqual(rows[1])
  })

  it.each(Object.entries(courses))('has exact sensitivities: %s', (course, list) => {
    const records = inCompartments(list, two)
    const width = names(mixed).length
    const wanted = ['ka', 'cl0', 'v', 'q', 'vp', 'kout', 'ic50', 'F1', 'tl', 'D1', 'R1'] as const
    const sensitivities = wanted.map((name) => mixed.model.parameters.findIndex((entry) => entry.name === name))
    const covariates = course.startsWith('a steady state') ? [] : [weights]
    const carried = run(mixed, records, { rtol: 1e-11, sensitivities, covariates })
    const [s, row] = [new Float64Array(wanted.length * width), new Float64Array(width)]
    wanted.forEach((name, j) => {
      const h = 1e-4 * values[name]
      const runs = [-2, -1, 1, 2].map((k) =>
        run(mixed, records, { rtol: 1e-13, moved: { [name]: values[name] + k * h }, covariates }),
      )
      // apart from times at which something moves
      for (const t of [0.31, 0.75, 1.3, 2.9, 3.6, 5.2, 7.9, 12.4, 30]) {
        carried.readSensitivities(t, s)
        const [a, b, c, d] = runs.map((subject) => {
          subject.read(t, row)
          return row.slice()
        })
        for (let k = 0; k < width; k++) {
          const difference = (8 * (c![k]! - b![k]!) - (d![k]! - a![k]!)) / (12 * h)
          const error = Math.abs(s[j * width + k]! - difference) / (1 + Math.abs(difference))
          expect(error, `d ${names(mixed)[k]} / d ${name} at ${t}: ${s[j * width + k]}, ${difference}`).toBeLessThan(
            1e-6,
          )
        }
      }
    })
  })

  it('has the sensitivities of its equations to the times of records', () => {
    const records = [give(0.5, 100), give(2, 40, { rate: 20 }), give(6, 30, { cmt: 'depot' }), give(9, 20, { evid: 4 })]
    const width = names(mixed).length
    records.forEach((record) => {
      const tangents = [mixed, explicit].map((model) => {
        const moving = new Map([[record, Float64Array.of(1)]])
        const subject = run(model, records, { rtol: 1e-12, sensitivities: [0], moving })
        const s = new Float64Array(width)
        return [1, 3.3, 4.4, 7.3, 9.5, 15].map((t) => {
          subject.readSensitivities(t, s)
          return Object.fromEntries(names(model).map((name, k) => [name, s[k]!]))
        })
      })
      tangents[0]!.forEach((found, k) => {
        for (const [name, value] of Object.entries(found))
          expect(Math.abs(value - tangents[1]![k]![name]!), name).toBeLessThan(1e-8 * (1 + Math.abs(value)))
      })
    })
  })

  it('is the same in hours and in days', () => {
    const text = (k: number) =>
      `ka = ${1.3 * k}\nkel = ${0.2 * k}\nv = 3\nke0 = ${0.5 * k}\nC <- linCmt()\nd/dt(E) = ke0*(C - E)\n`
    const at = (k: number) => [
      give(0, 30, { cmt: 'depot', ii: 12 / k, addl: 2 }),
      give(30 / k, 20, { duration: 5 / k }),
    ]
    const [hours, days] = [1, 24].map((k) => {
      const model = compiled(text(k))
      const subject = simulateSubject({
        model,
        parameters: parameterVector(model.model),
        records: at(k),
        start: 0,
        end: 72 / k,
        options: { rtol: 1e-10, atol: 1e-13 },
      })
      return times.slice(0, 17).map((t) => [subject.value(0, t / k), subject.value(2, t / k)])
    })
    hours!.forEach(([effect, central], k) => {
      expect(Math.abs(days![k]![0]! - effect!)).toBeLessThan(1e-9 * (1 + effect!))
      expect(Math.abs(days![k]![1]! - central!)).toBeLessThan(1e-12 * (1 + central!))
    })
  })

  it('reads many times at once as it reads each', () => {
    const subject = run(mixed, inCompartments(courses['infusions']!, two))
    const count = names(mixed).length
    const many = Float64Array.from({ length: 1500 }, (_, k) => k / 10)
    const before = Uint8Array.from(many, (_, k) => k % 2)
    const columns = Array.from({ length: count }, () => new Float64Array(many.length))
    subject.readColumns(many, [...columns.keys()], columns, before)
    const row = new Float64Array(count)
    many.forEach((t, k) => {
      subject.read(t, row, before[k] === 1 ? 'before' : 'after')
      expect(columns.map((column) => column[k])).toEqual([...row])
    })
  })

  it('takes steps that the compartments do not limit', () => {
    const stiff = (equation: string) =>
      compiled(`ka = 500\nkel = 90\nv = 1\nkout = 0.1\n${equation}d/dt(R) = 1 - kout*R*R\n`)
    const records = [give(0, 30, { cmt: 'depot', ii: 1, addl: 9 })]
    const [closed, solved] = [
      'C = linCmt()\n',
      'd/dt(depot) = -ka*depot\nd/dt(central) = ka*depot - kel*central\n',
    ].map((equation) => run(stiff(equation), records, { rtol: 1e-6 }).statistics.steps)
    expect(closed!).toBeLessThan(solved! / 3)
  })

  it('by its formula: an effect compartment of one compartment, with equal rates of absorption and elimination', () => {
    const model = compiled('ka = 0.5\nkel = 0.5\nv = 1\nke0 = 0.2\nC = linCmt()\nd/dt(E) = ke0*(C - E)\n')
    const subject = run(model, [give(0, 8, { cmt: 'depot' })], { rtol: 1e-11 })
    for (const t of [0.001, 0.1, 1, 5, 20, 60]) {
      expect(subject.value(2, t) / (4 * t * exp(-0.5 * t))).toBeCloseTo(1, 12)
      const d = 0.3
      const effect = 0.8 * ((exp(-0.2 * t) - exp(-0.5 * t)) / (d * d) - (t * exp(-0.5 * t)) / d)
      expect(Math.abs(subject.value(0, t) - effect)).toBeLessThan(1e-10)
    }
  })

  it('does not lose digits where hardly anything is eliminated, or exchanged', () => {
    for (const kel of [0, 1e-12, 1e-6]) {
      const model = compiled(`kel = ${kel}\nv = 1\nk12 = 0.4\nk21 = 0.1\nC = linCmt()\nd/dt(A) = C\n`)
      const subject = run(model, [give(0, 10, { rate: 2 })])
      const total = (t: number) => subject.value(1, t) + subject.value(2, t)
      for (const t of [0.001, 1, 4])
        expect(total(t) + kel * subject.value(0, t)).toBeCloseTo(2 * t, kel > 1e-9 ? 8 : 12)
      expect(total(100) / 10).toBeCloseTo(1, kel > 1e-9 ? 3 : 10)
    }
    const model = compiled('kel = 0.3\nv = 1\nk12 = 0\nk21 = 0.1\nC = linCmt()\nd/dt(A) = C\n')
    expect(run(model, [give(0, 10)]).value(1, 7) / (10 * exp(-2.1))).toBeCloseTo(1, 12)
  })

  it('gives way to integration where two slopes meet, and where a compartment is turned off', () => {
    const text = (k12: number) => `kel = 0.1\nv = 1\nk12 = ${k12}\nk21 = 0.1\nC = linCmt()\nd/dt(A) = C\n`
    const [apart, met] = [1e-3, 0].map((k12) => run(compiled(text(k12)), [give(0, 10)], { rtol: 1e-9 }))
    expect(apart!.value(1, 7)).toBeLessThan(met!.value(1, 7))
    expect(met!.value(1, 7) / (10 * exp(-0.7))).toBeCloseTo(1, 8)
    const off: readonly EventRecord[] = [
      give(0, 100, { cmt: 'depot' }),
      { time: 2, evid: 2, cmt: '-depot' },
      { time: 3, evid: 2, cmt: '-peripheral1' },
      give(5, 50, { cmt: 'depot' }),
      { time: 6, evid: 2, cmt: '-R' },
      give(8, 0, { evid: 3 }),
      give(9, 20),
    ]
    expectEqual([run(mixed, off, { rtol: 1e-11 }), mixed], [run(explicit, off, { rtol: 1e-12 }), explicit], 1e-8)
  })

  it('is none where rate constants move by themselves, and serves conditions in time and in what it forces', () => {
    const forced = (text: string) => compiled(text).forced
    const effect = 'C = linCmt()\nd/dt(E) = C - E\n'
    expect(forced(`cl = 1\nv = 2\n${effect}`)).not.toBeNull()
    expect(forced(`cl0 = 1\nv = 2\ncl = cl0*(1 + t)\n${effect}`)).toBeNull()
    expect(forced(`cl0 = 1\nv = 2\ncl = cl0*(1 + E)\n${effect}`)).toBeNull()
    expect(forced(`linear(WT)\ncl = WT\nv = 2\n${effect}`)).toBeNull()
    expect(forced(`cl0 = 1\nv = 2\ncl = cl0*(1 + dosenum())\n${effect}`)).not.toBeNull()
    expect(forced('cl = 1\nv = 2\nC = linCmt()')).toBeNull()
    expect(forced('k = 1\nd/dt(E) = -k*E')).toBeNull()
    const conditions = (concentration: string) =>
      compiled(`cl0 = 1; v = 2; q = 0.5; v2 = 3; T = 4.3; k = 0.2
        if (t > T) { cl = 3*cl0 } else { cl = cl0*(1 + 0.3*dosenum()) }
        ${concentration}
        if (C > 6) { push = 1 } else { push = 0 }
        d/dt(E) = push - k*E + 0.01*peripheral1`)
    const closed = conditions('C = linCmt(cl, v, q, v2)')
    const solved = conditions(
      'C = central/v\nd/dt(central) = -cl/v*central - q/v*central + q/v2*peripheral1\nd/dt(peripheral1) = q/v*central - q/v2*peripheral1',
    )
    expect(closed.forced).not.toBeNull()
    const records = [give(0, 30), give(6, 40, { rate: 10 })]
    expectEqual([run(closed, records, { rtol: 1e-11 }), closed], [run(solved, records, { rtol: 1e-12 }), solved], 1e-8)
  })

  it('is watched by rules between the steps of the other equations', () => {
    const decided = ['C = linCmt()\n', 'C = central/v\nd/dt(central) = -kel*central\n'].map((equation) => {
      const model = compiled(`kel = 0.5\nv = 2\n${equation}d/dt(E) = 0.01*(1 - E)\n`)
      return simulateWithRules(
        {
          model,
          parameters: parameterVector(model.model),
          records: [give(1, 20)],
          start: 0,
          end: 40,
          options: { rtol: 1e-9, atol: 1e-12 },
        },
        [
          {
            name: 'low',
            when: { quantity: 'C', below: 3, from: 1.5 },
            give: [{ cmt: 'central', amt: 8 }],
            atMost: 3,
            apart: 1,
          },
        ],
      ).decided.map(({ decidedAt }) => decidedAt)
    })
    // 20 to 6, then from 14 each time
    const wanted = [10 / 3, 7 / 3, 7 / 3].map((fall) => log(fall) / 0.5)
    let at = 1
    for (const [k, passed] of wanted.entries()) {
      at += passed
      expect(decided[0]![k]).toBeCloseTo(at, 8)
      expect(decided[1]![k]).toBeCloseTo(at, 7)
    }
  })

  it('finds no steady state of what is not eliminated', () => {
    const model = compiled('kel = 0\nv = 1\nC = linCmt()\nd/dt(E) = C - E\n')
    const { outcome } = simulateSubject({
      model,
      parameters: parameterVector(model.model),
      records: [give(1, 10, { ss: 1, ii: 2 })],
      start: 0,
      end: 5,
    })
    expect(outcome).toMatchObject({ status: 'failed', reason: 'not-steady', t: 1 })
  })

  it('crosses threads', async () => {
    const { openSharedModel } = await import('@cartkin/model')
    const records = inCompartments(courses['infusions']!, two)
    const here = run(mixed, records)
    const there = run(openSharedModel(structuredClone(mixed.share())), records)
    for (const t of times) for (const k of names(mixed).keys()) expect(there.value(k, t)).toBe(here.value(k, t))
  })
})
