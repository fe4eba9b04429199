import { exp } from '@cartkin/numerics'
import { type EventRecord, parameterVector, simulateSubject } from '@cartkin/simulation'
import { dop853 } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { compiled } from './fixtures.ts'

const parameters = 'ka = 1.3; cl = 2.1; v = 11; q = 1.7; vp = 23; q2 = 0.4; vp2 = 55; tl = 0.3; F1 = 0.8; D1 = 1.5\n'
const properties = 'f(depot) = F1\nlag(depot) = tl\ndur(central) = D1\n'
const names = { 1: 'linCmt(ka, cl, v)', 2: 'linCmt(ka, cl, v, q, vp)', 3: 'linCmt(ka, cl, v, q, vp, q2, vp2)' } as const
/** The same compartments as equations of the text. */
const equations = {
  1: 'd/dt(depot) = -ka*depot\nd/dt(central) = ka*depot - cl/v*central\n',
  2: 'd/dt(depot) = -ka*depot\nd/dt(central) = ka*depot - cl/v*central - q/v*central + q/vp*peripheral1\nd/dt(peripheral1) = q/v*central - q/vp*peripheral1\n',
  3: 'd/dt(depot) = -ka*depot\nd/dt(central) = ka*depot - cl/v*central - q/v*central + q/vp*peripheral1 - q2/v*central + q2/vp2*peripheral2\nd/dt(peripheral1) = q/v*central - q/vp*peripheral1\nd/dt(peripheral2) = q2/v*central - q2/vp2*peripheral2\n',
} as const

const records: readonly EventRecord[] = [
  { time: 0, evid: 1, cmt: 'depot', amt: 100 },
  { time: 3, evid: 1, cmt: 'central', amt: 40, rate: 16 },
  { time: 6, evid: 1, cmt: 'central', amt: 30, rate: -2 },
  { time: 8, evid: 1, cmt: 'depot', amt: 50, ii: 6, addl: 2 },
  { time: 22, evid: 4, cmt: 'central', amt: 12 },
]
const times = [0, 0.1, 0.3, 1, 2.99, 3, 4, 5.5, 6, 7.2, 8.3, 15, 21.9, 22, 30, 60]

describe.each([1, 2, 3] as const)('linCmt() of %i compartments with a depot', (count) => {
  const closed = compiled(`${parameters}C <- ${names[count]}\n${properties}`)
  const solved = compiled(`${parameters}${equations[count]}C <- central/v\n${properties}`)
  const run = (model: typeof closed, moved = {}, options = {}, sensitivities: number[] = []) =>
    simulateSubject({
      model,
      parameters: parameterVector(model.model, moved),
      records,
      start: 0,
      end: 60,
      options,
      sensitivities,
    })
  const width = count + 2

  it('is known in closed form, and equals the equations solved at 1e-12', () => {
    const course = run(closed)
    expect(course.outcome.status).toBe('finished')
    expect(course.statistics.rhsEvaluations).toBe(0)
    const reference = run(solved, {}, { rtol: 1e-12, atol: 1e-14, method: dop853 })
    const [a, b] = [new Float64Array(width), new Float64Array(width)]
    for (const side of ['before', 'after'] as const) {
      for (const t of times) {
        course.read(t, a, side)
        reference.read(t, b, side)
        for (let k = 0; k < width; k++)
          expect(Math.abs(a[k]! - b[k]!), `${k} at ${t}`).toBeLessThan(1e-9 * (1 + Math.abs(b[k]!)))
      }
    }
  })

  it('has exact sensitivities: those of the equations, and of central differences', () => {
    const all = closed.model.parameters.map((_, k) => k)
    const course = run(closed, {}, {}, all)
    const [s, up, down] = [new Float64Array(all.length * width), new Float64Array(width), new Float64Array(width)]
    for (const t of [1, 4, 7.2, 15, 30]) {
      course.readSensitivities(t, s)
      for (const [j, { name, value }] of closed.model.parameters.entries()) {
        const h = 1e-4 * value
        run(closed, { [name]: value + h }).read(t, up)
        run(closed, { [name]: value - h }).read(t, down)
        for (let k = 0; k < width; k++) {
          const difference = (up[k]! - down[k]!) / (2 * h)
          expect(Math.abs(s[j * width + k]! - difference), `${name} of ${k} at ${t}`).toBeLessThan(
            1e-6 * (1 + Math.abs(difference)),
          )
        }
      }
    }
  })

  it('reads many times at once as it reads each', () => {
    const course = run(closed)
    const columns = Array.from({ length: width }, () => new Float64Array(times.length))
    course.readColumns(
      Float64Array.from(times),
      columns.map((_, k) => k),
      columns,
    )
    const row = new Float64Array(width)
    times.forEach((t, k) => {
      course.read(t, row)
      expect(columns.map((column) => column[k])).toEqual([...row])
    })
  })

  it('is solved by a method that is asked for', () => {
    expect(run(closed, {}, { method: 'auto', tape: true }).statistics.rhsEvaluations).toBeGreaterThan(0)
  })
})

it('one compartment: an infusion and a bolus by their formulas, to the last digits', () => {
  const model = compiled('kel = 0.17; v = 3\nC = linCmt()')
  const course = simulateSubject({
    model,
    parameters: parameterVector(model.model, {}),
    records: [
      { time: 0, evid: 1, amt: 10, rate: 2.5 },
      { time: 7, evid: 1, amt: 3 },
    ],
    start: 0,
    end: 400,
  })
  const infused = (t: number) => (2.5 / 0.17) * (exp(-0.17 * Math.max(0, t - 4)) - exp(-0.17 * t))
  const wanted = (t: number) => infused(t) + (t >= 7 ? 3 * exp(-0.17 * (t - 7)) : 0)
  const row = new Float64Array(2)
  for (const t of [0.5, 2, 4, 6.9, 7, 20, 100, 400]) {
    course.read(t, row)
    expect(Math.abs(row[0]! / wanted(t) - 1), `at ${t}`).toBeLessThan(2e-13)
  }
})

it('equal rates of absorption and elimination are no exception', () => {
  const model = compiled('ka = 0.5; kel = 0.5; v = 1\nC = linCmt()')
  const course = simulateSubject({
    model,
    parameters: parameterVector(model.model, {}),
    records: [{ time: 0, evid: 1, cmt: 'depot', amt: 8 }],
    start: 0,
    end: 20,
  })
  const row = new Float64Array(3)
  for (const t of [0.1, 1, 5, 20]) {
    course.read(t, row)
    expect(row[1]! / (8 * 0.5 * t * exp(-0.5 * t))).toBeCloseTo(1, 13)
  }
})

it('coefficients that move with time or states are no linear model', () => {
  const count = (text: string) => compiled(text).instantiate().isLinear
  expect(count('cl = 1; v = 2\nC = linCmt()')).toBe(true)
  expect(count('cl0 = 1; v = 2\ncl = cl0*(1 + t)\nC = linCmt()')).toBe(false)
  expect(count('cl = 1; v = 2\nC = linCmt()\nd/dt(E) = C - E')).toBe(true)
  expect(count('cl = 1; v = 2\nC = linCmt()\nd/dt(E) = C - E*E')).toBe(false)
  expect(count('cl0 = 1; v = 2\nif (t > 3) { cl = 2*cl0 } else { cl = cl0 }\nC = linCmt()')).toBe(true)
  expect(count('d/dt(x) = 2 - x')).toBe(true)
})
