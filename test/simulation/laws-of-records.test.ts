import { type EventRecord, parameterVector, recordTable, simulateSubject } from '@cartkin/simulation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compiled } from './fixtures.ts'

const text = (loss: string) => `
ka = 1.1
k = 0.2
q = 0.3
F1 = 0.8
tl = 0.4
R1 = 9
D1 = 3
d/dt(depot) = -ka*depot
d/dt(central) = ka*depot - ${loss} - q*central + q*deep
d/dt(deep) = q*central - q*deep
f(central) = F1
alag(central) = tl
rate(central) = R1
dur(central) = D1
`
const linear = compiled(text('k*central'))
const saturable = compiled(text('2*k*central/(1 + 0.1*central)'))

const times = [0, 0.5, 1.25, 3, 6.5, 9, 12, 17, 24]
const observations = times.map((time): EventRecord => ({ time, evid: 0 }))

interface CourseOptions {
  readonly model?: typeof linear
  readonly values?: Readonly<Record<string, number>>
  /** Units of time above in that of the model. */
  readonly perDay?: number
}

/** The three states at the times above, after what is given then. */
function course(
  records: readonly EventRecord[],
  { model = linear, values = {}, perDay = 1 }: CourseOptions = {},
): Float64Array[] {
  const sorted = [...records, ...observations.map((record) => ({ ...record, time: record.time / perDay }))].sort(
    (a, b) => a.time - b.time || Number(a.evid === 0) - Number(b.evid === 0),
  )
  const run = simulateSubject({
    model,
    parameters: parameterVector(model.model, values),
    records: sorted,
    start: 0,
    end: 24 / perDay,
    options: { rtol: 1e-10, atol: 1e-11 },
  })
  expect(run.outcome).toMatchObject({ status: 'finished' })
  return recordTable(model.model, run, sorted)
    .columns.slice(1, 4)
    .map((column) => (column.kind === 'number' ? column.values : new Float64Array()))
}

function expectEqual(a: readonly Float64Array[], b: readonly Float64Array[], digits = 1e-7): void {
  a.forEach((column, q) => {
    const size = Math.max(...b[q]!.map(Math.abs), 1)
    column.forEach((value, k) => {
      expect(Math.abs(value - b[q]![k]!) / size, `state ${q} at ${times[k]}: ${value}, ${b[q]![k]}`).toBeLessThan(
        digits,
      )
    })
  })
}

const time = fc.integer({ min: 0, max: 40 }).map((k) => k / 4)
const amt = fc.integer({ min: 1, max: 40 })
const cmt = fc.constantFrom('depot', 'central', 'deep', '1', '2')
const manner = fc.oneof(
  fc.constant({}),
  fc.integer({ min: 1, max: 40 }).map((rate) => ({ rate })),
  fc.integer({ min: 1, max: 20 }).map((k) => ({ duration: k / 2 })),
  fc.constantFrom({ rate: -1, cmt: 'central' }, { rate: -2, cmt: 'central' }),
)
const dose = fc
  .record({ time, amt, cmt, manner })
  .map(({ manner: how, ...rest }): EventRecord => ({ evid: 1, ...rest, ...how }))
const repeated = fc
  .record({ dose, ii: fc.integer({ min: 2, max: 20 }), addl: fc.integer({ min: 0, max: 4 }) })
  .map(({ dose: first, ii, addl }): EventRecord => ({ ...first, ii: ii / 2, addl }))
const steady = fc
  .record({ dose: repeated, ss: fc.constantFrom(1 as const, 2 as const) })
  .map(({ dose: first, ss }): EventRecord => ({ ...first, ss }))
const runs = { numRuns: 40 }

describe('laws of event records', () => {
  it('superpose in a linear model', () => {
    fc.assert(
      fc.property(repeated, repeated, (a, b) => {
        const [one, other] = [course([a]), course([b])]
        const both = course([a, b].sort((x, y) => x.time - y.time))
        expectEqual(
          both,
          one.map((column, q) => column.map((value, k) => value + other[q]![k]!)),
        )
      }),
      runs,
    )
  })

  it('superpose with a steady state that is added', () => {
    fc.assert(
      fc.property(repeated, steady, (a, b) => {
        const [one, other] = [course([a]), course([{ ...b, ss: 2 }])]
        const both = course([a, { ...b, ss: 2 as const }].sort((x, y) => x.time - y.time))
        expectEqual(
          both,
          one.map((column, q) => column.map((value, k) => value + other[q]![k]!)),
        )
      }),
      runs,
    )
  })

  it.each([
    ['linear', linear],
    ['saturable', saturable],
  ])('back-to-back infusions are one long infusion: %s', (_name, model) => {
    fc.assert(
      fc.property(amt, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 5 }), (whole, length, parts) => {
        const pieces = Array.from(
          { length: parts },
          (__, k): EventRecord => ({
            time: (k * length) / parts,
            evid: 1,
            cmt: 'central',
            amt: whole / parts,
            duration: length / parts,
          }),
        )
        // bioavailability of an infusion by duration acts on its rate
        const one: EventRecord = { time: 0, evid: 1, cmt: 'central', amt: whole, duration: length }
        expectEqual(course(pieces, { model }), course([one], { model }))
        const addl: EventRecord = {
          ...one,
          amt: whole / parts,
          duration: length / parts,
          ii: length / parts,
          addl: parts - 1,
        }
        expectEqual(course([addl], { model }), course([one], { model }))
      }),
      runs,
    )
  })

  it.each([
    ['linear', linear],
    ['saturable', saturable],
  ])('additional doses equal their expansion, bit for bit: %s', (_name, model) => {
    fc.assert(
      fc.property(repeated, (record) => {
        const { ii = 0, addl = 0, ...first } = record
        const expanded = Array.from(
          { length: addl + 1 },
          (__, k): EventRecord => ({ ...first, time: first.time + k * ii }),
        )
        expect(course([record], { model })).toEqual(course(expanded, { model }))
      }),
      runs,
    )
  })

  it.each([
    ['linear', linear],
    ['saturable', saturable],
  ])('a steady state equals a long run: %s', (_name, model) => {
    fc.assert(
      fc.property(steady, fc.constantFrom(0, 0.4, 3, 11), (record, tl) => {
        const { ii = 0, addl = 0 } = record
        const count = Math.ceil(400 / ii)
        const first = { ...record, time: 0, ss: 1 as const, amt: (record.amt ?? 0) / 20 }
        const { ss: _ss, ...long } = { ...first, addl: count + addl }
        const run = simulateSubject({
          model,
          parameters: parameterVector(model.model, { tl }),
          records: [long],
          start: 0,
          end: count * ii + 24,
          options: { rtol: 1e-10, atol: 1e-11 },
        })
        const out = new Float64Array(3)
        const expected = times.map((t) => {
          run.read(count * ii + t, out)
          return out.slice()
        })
        expectEqual(
          course([first], { model, values: { tl } }),
          [0, 1, 2].map((q) => Float64Array.from(expected, (row) => row[q]!)),
        )
      }),
      runs,
    )
  })

  it.each([
    ['linear', linear],
    ['saturable', saturable],
  ])('hours and days agree, whatever falls together: %s', (_name, model) => {
    fc.assert(
      fc.property(fc.array(fc.oneof(repeated, steady), { minLength: 1, maxLength: 3 }), (given) => {
        // less than can be eliminated
        const records = given.map((record) => ({ ...record, amt: (record.amt ?? 0) / 20 }))
        const days = records.map(
          ({ rate, duration, ii, ...record }): EventRecord => ({
            ...record,
            time: record.time / 24,
            ...(rate !== undefined && { rate: rate > 0 ? rate * 24 : rate }),
            ...(duration !== undefined && { duration: duration / 24 }),
            ...(ii !== undefined && { ii: ii / 24 }),
          }),
        )
        const daily = compiled(
          model.model.text
            .replace('ka = 1.1', 'ka = 1.1*24')
            .replace('k = 0.2', 'k = 0.2*24')
            .replace('q = 0.3', 'q = 0.3*24')
            .replace('tl = 0.4', 'tl = 0.4/24')
            .replace('R1 = 9', 'R1 = 9*24')
            .replace('D1 = 3', 'D1 = 3/24'),
        )
        const sorted = (list: readonly EventRecord[]) => list.toSorted((a, b) => a.time - b.time)
        expectEqual(course(sorted(days), { model: daily, perDay: 24 }), course(sorted(records), { model }))
      }),
      { numRuns: 25 },
    )
  })

  it('hold for records of every kind together: runs end, states are numbers, sensitivities change no state', () => {
    const other = fc.record({
      time,
      evid: fc.constantFrom(2 as const, 3 as const),
      cmt: fc.constantFrom('-depot', '-2', '-deep', 'central', '3'),
    })
    const changed = fc
      .record({ dose: repeated, evid: fc.constantFrom(4 as const, 5 as const, 6 as const) })
      .map(({ dose: { rate: _rate, duration: _duration, ...rest }, evid }): EventRecord => ({ ...rest, evid }))
    const constant = fc
      .record({ time, rate: amt, ss: fc.constantFrom(1 as const, 2 as const), cmt })
      .map((record): EventRecord => ({ evid: 1, amt: 0, ...record }))
    const any = fc.array(fc.oneof(repeated, steady, other, changed, constant), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(any, fc.constantFrom('nonmem' as const, 'rxode2' as const), (records, recordRules) => {
        const sorted = records.toSorted((a, b) => a.time - b.time)
        const run = (sensitivities: readonly number[]) =>
          simulateSubject({
            model: linear,
            parameters: parameterVector(linear.model),
            records: sorted,
            start: 0,
            end: 24,
            options: { recordRules, rtol: 1e-9, atol: 1e-9 },
            sensitivities,
          })
        const [bare, carried] = [run([]), run([0, 3, 4])]
        expect(bare.outcome).toMatchObject({ status: 'finished' })
        expect(carried.outcome).toMatchObject({ status: 'finished' })
        const [a, b] = [new Float64Array(3), new Float64Array(3)]
        for (const t of times) {
          bare.read(t, a)
          carried.read(t, b)
          const size = 1 + Math.max(...a.map(Math.abs))
          a.forEach((value, i) => {
            expect(Math.abs(value - b[i]!) / size, `state ${i} at ${t}: ${value}, ${b[i]}`).toBeLessThan(1e-6)
          })
        }
      }),
      { numRuns: 100 },
    )
  })
})
