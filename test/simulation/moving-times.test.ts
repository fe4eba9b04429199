import { type EventRecord, parameterVector, simulateSubject } from '@cartkin/simulation'
import { type Method, methods } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { compiled } from './fixtures.ts'

const text = `
k = 0.3
F1 = 0.8
tl = 0.5
D1 = 2.3
R1 = 4
Tsw = 4
Tback = 6.5
x0 = 3
if (t >= Tsw & t < Tback) {
  loss = 2*k*A/(5 + A)
} else {
  loss = k
}
d/dt(A) = -loss*A
d/dt(B) = k*A - 0.1*B
d/dt(G) = -0.2*G + exp(-0.1*t)*B
f(A) = F1
lag(A) = tl
dur(A) = D1
rate(B) = R1
A(0) = x0
C = A/(1 + B)
`
const model = compiled(text)
const names = ['k', 'F1', 'tl', 'D1', 'R1', 'Tsw', 'Tback', 'x0']
const parameters = model.model.parameters
const indices = names.map((name) => parameters.findIndex((parameter) => parameter.name === name))
const width = 5

const courses: Readonly<Record<string, readonly EventRecord[]>> = {
  boluses: [
    { time: 0, evid: 1, cmt: 'A', amt: 20 },
    { time: 2, evid: 1, cmt: 'A', amt: 10, ii: 3, addl: 1 },
    { time: 9, evid: 3 },
    { time: 9, evid: 1, cmt: 'A', amt: 5 },
  ],
  infusions: [
    { time: 0, evid: 1, cmt: 'A', amt: 20 },
    { time: 1, evid: 1, cmt: 'A', amt: 30, rate: -2 },
    { time: 2, evid: 1, cmt: 'B', amt: 10, rate: -1 },
    { time: 3, evid: 1, cmt: 'A', amt: 10, rate: 4 },
    { time: 9, evid: 3 },
    { time: 9, evid: 1, cmt: 'A', amt: 5, duration: 1 },
  ],
}
const times = [0.75, 1.7, 3, 3.9, 5, 6.4, 6.6, 8.9, 9.2, 11]

function course(
  records: readonly EventRecord[],
  method: Method | 'auto',
  tape: boolean,
  moved: Record<string, number>,
) {
  return simulateSubject({
    model,
    parameters: parameterVector(model.model, moved),
    records,
    start: 0,
    end: 12,
    options: { rtol: 1e-12, atol: 1e-14, method, tape },
    sensitivities: Object.keys(moved).length === 0 ? indices : [],
  })
}

const differentiable = [...methods.filter(({ kind }) => kind !== 'collocation'), 'auto' as const]

describe.each(Object.entries(courses))(
  'sensitivities to what moves a dose, a lag, a duration or a switch: %s',
  (_, records) => {
    it.each(
      differentiable.flatMap((method) =>
        [false, true].map(
          (tape) => [method === 'auto' ? method : method.name, tape ? 'tape' : 'kernel', method] as const,
        ),
      ),
    )('by %s and %s equal differences to 1e-6', (_name, form, method) => {
      const tape = form === 'tape'
      const carried = course(records, method, tape, {})
      expect(carried.outcome.status).toBe('finished')
      const exact = new Float64Array(names.length * width)
      const row = new Float64Array(width)
      names.forEach((name, j) => {
        const value = parameters[indices[j]!]!.value
        // central differences at h and 2h, extrapolated
        const h = 2e-4 * value
        const runs = [-2, -1, 1, 2].map((k) => course(records, method, tape, { [name]: value + k * h }))
        for (const t of times) {
          carried.readSensitivities(t, exact)
          const [a, b, c, d] = runs.map((run) => {
            run.read(t, row)
            return row.slice()
          })
          for (let q = 0; q < width; q++) {
            const difference = (8 * (c![q]! - b![q]!) - (d![q]! - a![q]!)) / (12 * h)
            const error = Math.abs(exact[j * width + q]! - difference) / (1 + Math.abs(difference))
            expect(error, `d ${q} / d ${name} at ${t}`).toBeLessThan(1e-6)
          }
        }
      })
    })
  },
)
