import { exp } from '@cartkin/numerics'
import { type EventRecord, parameterVector, quantities, recordTable, simulateSubject } from '@cartkin/simulation'
import { integrateEnsemble, integrateOnGrid, type Method, methods } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { compiled } from './fixtures.ts'

type Run = ReturnType<typeof simulateSubject>

const run = (
  model: ReturnType<typeof compiled>,
  records: readonly EventRecord[],
  more: {
    readonly end?: number
    readonly tape?: boolean
    readonly method?: Method | 'auto'
    readonly rtol?: number
    readonly parameters?: Record<string, number>
    readonly sensitivities?: readonly number[]
  } = {},
): Run => {
  const { end = 10, tape = false, method = 'auto', rtol = 1e-10, parameters = {}, sensitivities } = more
  return simulateSubject({
    model,
    parameters: parameterVector(model.model, parameters),
    records,
    start: 0,
    end,
    options: { rtol, atol: 1e-14, tape, method },
    ...(sensitivities && { sensitivities }),
  })
}

/** Values of a quantity at times. */
function read(
  model: ReturnType<typeof compiled>,
  course: Run,
  name: string,
  times: readonly number[],
  side?: 'before',
) {
  const index = quantities(model.model).findIndex((quantity) => quantity.name === name)
  return times.map((t) => course.value(index, t, side))
}

const dose = (time: number, amt: number, more: Partial<EventRecord> = {}): EventRecord => ({
  time,
  evid: 1,
  cmt: 'depot',
  amt,
  ...more,
})

const clocks = compiled(`
ka = 1
d/dt(depot) = -ka*depot
d/dt(central) = ka*depot - 0.2*central
f(depot) = 0.5
after = tad()
after0 = tad0()
since = tafd()
last = tlast()
first = tfirst()
number = dosenum()
amount = podo()
given = dose()
here = tad(central)
hereAmount = podo(central)
phase = ifelse(t > 4.5, 2, 1)*tad0()
`)

describe('functions of doses', () => {
  const records = [dose(1, 100, { ii: 2, addl: 1 }), dose(4, 30, { cmt: 'central', rate: 10 }), dose(6, 50)]
  const course = run(clocks, records)
  const of = (name: string, times: readonly number[], side?: 'before') => read(clocks, course, name, times, side)

  it('are not numbers, or 0, before the first dose', () => {
    for (const name of ['after', 'since', 'last', 'first', 'here', 'given'])
      expect(of(name, [0.5])).toEqual([Number.NaN])
    for (const name of ['after0', 'number', 'amount', 'hereAmount']) expect(of(name, [0.5])).toEqual([0])
  })

  it('count from every dose, additional ones and infusions at their start among them', () => {
    expect(of('after', [1, 2.5, 3, 3.5, 4, 5.5, 6, 10])).toEqual([0, 1.5, 0, 0.5, 0, 1.5, 0, 4])
    expect(of('since', [1, 3, 10])).toEqual([0, 2, 9])
    expect(of('last', [2.5, 3.5, 5, 7])).toEqual([1, 3, 4, 6])
    expect(of('first', [1, 10])).toEqual([1, 1])
    expect(of('number', [1, 2.9, 3, 4, 6])).toEqual([1, 1, 2, 3, 4])
  })

  it('of amounts are those before bioavailability, of infusions the whole', () => {
    expect(of('amount', [1, 3, 4, 6])).toEqual([100, 100, 30, 50])
    expect(of('given', [1, 3, 4, 6])).toEqual([100, 100, 30, 50])
  })

  it('with a state know the doses into that one alone', () => {
    expect(of('here', [3.9, 4, 9])).toEqual([Number.NaN, 0, 5])
    expect(of('hereAmount', [3.9, 4, 9])).toEqual([0, 30, 30])
  })

  it('at the time of a dose have the values after it, and before it where that side is asked', () => {
    expect(of('after', [3], 'before')[0]).toBeCloseTo(2, 12)
    expect(of('number', [3, 6], 'before')).toEqual([1, 3])
  })

  it('follow the order of records', () => {
    const rows: readonly EventRecord[] = [dose(1, 10), { time: 3, evid: 0 }, dose(3, 20), { time: 3, evid: 0 }]
    const table = recordTable(clocks.model, run(clocks, rows), rows)
    const column = (name: string) => [...(table.columns.find((own) => own.name === name)?.values ?? [])]
    expect(column('after')).toEqual([2, 0])
    expect(column('amount')).toEqual([10, 20])
  })

  it('run on through a reset, which a dose of record type 4 follows', () => {
    const reset = run(clocks, [dose(1, 10), { time: 2, evid: 3 }, dose(5, 20, { evid: 4 })])
    expect(read(clocks, reset, 'after', [3, 5, 6])).toEqual([2, 0, 1])
    expect(read(clocks, reset, 'number', [3, 6])).toEqual([1, 2])
  })

  it('count the first of several doses into one state at one time', () => {
    const twice = run(clocks, [dose(1, 10), dose(1, 20), dose(1, 5, { cmt: 'central' })])
    expect(read(clocks, twice, 'number', [1])).toEqual([2])
    expect(read(clocks, twice, 'depot', [1])).toEqual([15])
  })

  it('count from the arrival of a dose that has a lag', () => {
    const late = compiled('tl = 0.75\nd/dt(depot) = -depot\nlag(depot) = tl\nafter = tad()\nhere = tad(depot)\n')
    const lagged = run(late, [dose(1, 10)])
    expect(read(late, lagged, 'after', [1.5, 1.75, 2.75])).toEqual([Number.NaN, 0, 1])
    expect(read(late, lagged, 'here', [1.5, 1.75, 2.75])).toEqual([Number.NaN, 0, 1])
  })

  it('count from the arrival where the lag knows the time at which the dose is given', () => {
    const late = compiled(`
tl = 0.25
Tsw = 3
if (t < Tsw) { wait = tl } else { wait = tl*time }
d/dt(depot) = -depot
d/dt(central) = depot
lag(depot) = wait
lag(central) = 0.5
after = tad()
here = tad(depot)
`)
    const lagged = run(late, [dose(1, 10), dose(4, 10), dose(6, 1, { cmt: 'central' })])
    expect(read(late, lagged, 'after', [1.25, 4.75, 5, 6.5, 7])).toEqual([0, 3.5, 0, 0, 0.5])
    expect(read(late, lagged, 'here', [1.25, 4.75, 5, 7])).toEqual([0, 3.5, 0, 2])
  })

  it('know doses that put nothing into their state', () => {
    const course = run(clocks, [dose(1, 40, { evid: 7 })])
    expect(read(clocks, course, 'after', [3])).toEqual([2])
    expect(read(clocks, course, 'amount', [3])).toEqual([40])
    expect(read(clocks, course, 'depot', [1, 3])).toEqual([0, 0])
    expect(() => run(clocks, [dose(1, 40, { evid: 7, rate: 3 })])).toThrow(/record 1: a dose of EVID 7/)
  })

  it('give the same to many rows at once, whoever computes them', () => {
    const times = Float64Array.from({ length: 1500 }, (_, k) => k / 150)
    const all = quantities(clocks.model)
    const columns = all.map(() => new Float64Array(times.length))
    course.readColumns(
      times,
      all.map((_, q) => q),
      columns,
    )
    const row = new Float64Array(all.length)
    times.forEach((t, k) => {
      course.read(t, row)
      columns.forEach((column, q) => {
        expect(Object.is(column[k], row[q])).toBe(true)
      })
    })
  })

  it('serve a model without states', () => {
    const kinetic = compiled('k = 0.5\nC = dose0()*exp(-k*tad0())\n')
    const course = run(kinetic, [
      { time: 1, evid: 1, amt: 8 },
      { time: 3, evid: 1, amt: 4 },
    ])
    expect(read(kinetic, course, 'C', [0.5, 1, 2, 3, 5])).toEqual([0, 8, 8 * exp(-0.5), 4, 4 * exp(-1)])
  })
})

const mixed = compiled(`
ka = 1.2
ke = 0.3
tl = 0.4
tc = 0.15
if (t > 2.2) { faster = 1.4 } else { faster = 1 }
d/dt(depot) = -ka*depot*(1 + exp(-tad0()))
d/dt(central) = ka*depot*(1 + exp(-tad0())) - ke*faster*central*(1 + 0.1*tad0(depot)) + 0.01*podo()
d/dt(effect) = 0.5*central/(1 + central) - 0.2*effect
lag(depot) = tl
lag(central) = tc
C = central*(1 + 0.2*tad0())*faster
`)
const lanes = compiled(`
ka = 1.2
if (t > 3) { faster = 2 } else { faster = 1 }
d/dt(depot) = -ka*faster*depot*(1 + exp(-tad0()))
d/dt(central) = ka*depot + 0.1*podo()*exp(-tafd0()) + 0.01*dosenum() - 0.3*central
`)
const doses = [dose(0, 10), dose(1.5, 4, { cmt: 'central' }), dose(3, 8, { rate: 4 }), dose(5, 6, { ii: 1, addl: 2 })]

describe('a right-hand side with functions of doses', () => {
  it.each(methods.map((method) => [method.name, method] as const))(
    'has the bits of %s, by kernel and tape',
    (_, method) => {
      const [kernel, tape] = [false, true].map((isTape) => run(mixed, doses, { method, tape: isTape, rtol: 1e-6 }))
      const times = Array.from({ length: 41 }, (_, k) => k / 4)
      if (method.kind === 'explicit') {
        for (const name of ['depot', 'central', 'C'])
          expect(read(mixed, kernel!, name, times)).toEqual(read(mixed, tape!, name, times))
        expect(kernel!.statistics.steps).toBe(tape!.statistics.steps)
      } else {
        const [a, b] = [kernel!, tape!].map((course) => read(mixed, course, 'C', times))
        a!.forEach((value, k) => {
          expect(Math.abs(value - b![k]!)).toBeLessThan(1e-5 * (1 + Math.abs(value)))
        })
      }
    },
  )

  it.each(methods.map((method) => [method.name, method] as const))(
    'has the bits of one alone in lanes of %s',
    (_, method) => {
      const times = Float64Array.from({ length: 30 }, (_, k) => k / 5)
      const subject = (factor: number, given: readonly number[], rows: Float64Array[]) => {
        const instance = lanes.instantiate()
        instance.setParameters(parameterVector(lanes.model, { ka: 1.2 * factor }))
        const events = given.map((t, k) => ({
          t,
          apply: (now: number, y: Float64Array) => {
            const values = { tlast: now, tfirst: given[0]!, dosenum: k + 1, podo: 5 * factor, dose: 5 }
            y[0]! += 5
            instance.setDoses(
              Float64Array.from(lanes.model.doseInputs, (input) => values[input.quantity as keyof typeof values]),
            )
          },
        }))
        const problem = { system: instance, t0: 0, y0: new Float64Array(2), t1: 6, events }
        return { problem, output: { times, receive: (_: number, y: Float64Array) => void rows.push(y.slice()) } }
      }
      const plans = [
        [1, [1, 2.5]],
        [1.3, [0.5, 3, 4]],
        [0.7, [2]],
      ] as const
      const together: Float64Array[][] = plans.map(() => [])
      integrateEnsemble(
        plans.map(([factor, given], k) => subject(factor, given, together[k]!)),
        method,
        {},
        () => {},
        lanes.laneStepperFactory,
      )
      plans.forEach(([factor, given], k) => {
        const rows: Float64Array[] = []
        const { problem, output } = subject(factor, given, rows)
        integrateOnGrid(problem, output, method, {}, {}, lanes.stepperFactory)
        expect(rows.length).toBe(times.length)
        expect(together[k]).toEqual(rows)
      })
    },
  )

  it.each(['tsit5', 'dop853', 'rodas5p'])(
    'has derivatives that equal central differences, of lags too (%s)',
    (name) => {
      const method = methods.find((own) => own.name === name) ?? 'auto'
      const chosen = ['ka', 'ke', 'tl', 'tc'].map((own) =>
        mixed.model.parameters.findIndex((parameter) => parameter.name === own),
      )
      const course = run(mixed, doses, { method, sensitivities: chosen })
      const width = quantities(mixed.model).length
      const out = new Float64Array(chosen.length * width)
      for (const t of [0.6, 1.6, 2.9, 3.9, 6.7, 9]) {
        course.readSensitivities(t, out)
        chosen.forEach((index, j) => {
          const { name: parameter, value } = mixed.model.parameters[index]!
          const h = 1e-4 * value
          const [up, down] = [1, -1].map((sign) => {
            const moved = run(mixed, doses, { method, parameters: { [parameter]: value + sign * h } })
            const row = new Float64Array(width)
            moved.read(t, row)
            return row
          })
          for (let q = 0; q < width; q++) {
            const slope = (up![q]! - down![q]!) / (2 * h)
            expect(Math.abs(out[j * width + q]! - slope)).toBeLessThan(2e-6 * (1 + Math.abs(slope)))
          }
        })
      }
    },
  )
})
