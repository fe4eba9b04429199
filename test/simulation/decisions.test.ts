import {
  type DecidedCourse,
  type DecisionCondition,
  type DecisionRule,
  decisionTable,
  type EventRecord,
  gridTable,
  parameterVector,
  type SolverOptions,
  type SubjectRun,
  simulateSubject,
  simulateWithRules,
  timeGrid,
} from '@cartkin/simulation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compiled } from './fixtures.ts'

/** X grows exponentially and the drug D shrinks it; W swings, W = sin(t), with the rhythm of its parameters. */
const model = compiled(`
k = 0.7
WT = 70
x0 = 1
kill = 0
F1 = 1
tl = 0
limit = 5
d/dt(X) = k*X - kill*D*X
d/dt(D) = -2*D
d/dt(S) = C
d/dt(C) = -S
X(0) = x0
C(0) = 1
f(D) = F1
lag(D) = tl
L = log(X)
G = ifelse(X < 2, 0, ifelse(X < limit, 1, 2))
T = tad(D)
P = podo(D)
`)
const tight = { rtol: 1e-11, atol: 1e-13 }

interface Setting {
  readonly own?: Record<string, number>
  readonly records?: readonly EventRecord[]
  readonly end?: number
  readonly options?: SolverOptions
}

const simulation = ({ own = {}, records = [], end = 10, options = tight }: Setting = {}) => ({
  model,
  parameters: parameterVector(model.model, own),
  records,
  start: 0,
  end,
  options,
})
const under = (rules: readonly DecisionRule[], setting: Setting = {}) => simulateWithRules(simulation(setting), rules)

const give = [{ cmt: 'D', amt: '8*WT' }]
const rule = (when: DecisionCondition, rest: Partial<DecisionRule> = {}): DecisionRule => ({
  name: 'drug',
  when,
  give,
  ...rest,
})
const decisionsOf = ({ decided }: DecidedCourse) => decided.map(({ decidedAt }) => decidedAt)
const near = (times: readonly number[]) => times.map((time) => expect.closeTo(time, 8))

/** Every number that can be read from a run at some times. */
function numbersOf(run: SubjectRun, times = timeGrid(0, 10, 0.1)): readonly (readonly number[])[] {
  return gridTable(model.model, run, times).columns.map(({ values }) => [...values].map(Number))
}

describe('the time of a decision', () => {
  it.each([
    ['a state', { quantity: 'X', atLeast: 5 }, Math.log(5) / 0.7],
    ['an output', { quantity: 'L', above: Math.log(5) }, Math.log(5) / 0.7],
    ['an output in steps', { quantity: 'G', atLeast: 2 }, Math.log(5) / 0.7],
    ['a threshold over parameters', { quantity: 'X', atLeast: '2*limit' }, Math.log(10) / 0.7],
    ['a fall', { quantity: 'C', below: 0.5 }, Math.PI / 3],
    ['a fall to it', { quantity: 'C', atMost: -0.5 }, (2 * Math.PI) / 3],
    ['a time held', { quantity: 'X', atLeast: 5, forTime: 0.5 }, Math.log(5) / 0.7 + 0.5],
    ['what holds from the start', { quantity: 'X', atLeast: 1, forTime: 0.5 }, 0.5],
    ['what holds at the start', { quantity: 'X', above: 0.5 }, 0],
    ['a window', { quantity: 'X', above: 0.5, from: 3, forTime: 0.25 }, 3.25],
    [
      'one of two',
      {
        any: [
          { quantity: 'X', above: 5 },
          { quantity: 'X', above: 3 },
        ],
      },
      Math.log(3) / 0.7,
    ],
    [
      'both',
      {
        all: [
          { quantity: 'X', above: 5 },
          { quantity: 'C', below: -0.5 },
        ],
      },
      Math.log(5) / 0.7,
    ],
    [
      'one after the other without a break',
      {
        any: [
          { quantity: 'S', above: 0 },
          { quantity: 'C', below: 0 },
        ],
        forTime: 4,
      },
      4,
    ],
  ] satisfies readonly (readonly [string, DecisionCondition, number])[])(
    'is that of the closed form: %s',
    (_, when, time) => {
      const { decided } = under([rule(when)])
      expect(decided).toHaveLength(1)
      const [dose] = decided
      expect(Math.abs((dose?.decidedAt ?? Number.NaN) - time)).toBeLessThan(1e-8)
      expect(dose?.record).toEqual({ time: dose?.decidedAt, evid: 1, cmt: 'D', amt: 560 })
    },
  )

  it('is found where a quantity turns back between samples', () => {
    const peak = under([rule({ quantity: 'S', atLeast: 1 - 1e-9 })], { options: { rtol: 1e-12, atol: 1e-14 } })
    expect(decisionsOf(peak)).toEqual([expect.closeTo(Math.PI / 2, 3)])
    expect(under([rule({ quantity: 'S', atLeast: 1 + 1e-9 })]).decided).toEqual([])
  })

  it('does not depend on where outputs are read, nor on what else is watched', () => {
    const alone = under([rule({ quantity: 'X', atLeast: 5 })])
    const never = { ...rule({ quantity: 'S', above: 2 }), name: 'never' }
    expect(decisionsOf(under([never, rule({ quantity: 'X', atLeast: 5 })]))).toEqual(decisionsOf(alone))
    const fine = numbersOf(alone.run, timeGrid(0, 10, 0.05)).map((values) => values.filter((__, row) => row % 2 === 0))
    expect(fine).toEqual(numbersOf(alone.run))
  })
})

describe('a condition that must hold for a time', () => {
  const high = { quantity: 'S', above: 0 }

  it('starts anew after falling back', () => {
    expect(under([rule({ ...high, forTime: 3.2 })], { end: 30 }).decided).toEqual([])
    expect(decisionsOf(under([rule({ ...high, forTime: 3.1 })], { end: 30 }))).toEqual([3.1])
    // from 0.5 on the first swing is too short, and so is the second where it is cut at 8
    expect(decisionsOf(under([rule({ ...high, from: 0.5, forTime: 3.1 })], { end: 30 }))).toEqual(
      near([2 * Math.PI + 3.1]),
    )
    expect(under([rule({ ...high, from: 0.5, until: 8, forTime: 3.1 })], { end: 30 }).decided).toEqual([])
  })

  it('counts across a decision of another rule', () => {
    const other = { ...rule({ quantity: 'C', below: 0 }), name: 'other' }
    const either: DecisionCondition = {
      any: [
        { ...high, until: 2 },
        { quantity: 'C', below: 0 },
      ],
      forTime: 4.5,
    }
    expect(decisionsOf(under([other, rule(either)]))).toEqual(near([Math.PI / 2, 4.5]))
  })
})

describe('a rule that may decide again', () => {
  const grown = { quantity: 'X', atLeast: 2 }
  const first = Math.log(2) / 0.7

  it('is silent for a time, then decides at once, so often', () => {
    expect(decisionsOf(under([rule(grown)]))).toEqual(near([first]))
    expect(decisionsOf(under([rule(grown, { atMost: 3, apart: 1.5 })]))).toEqual(near([first, first + 1.5, first + 3]))
    expect(decisionsOf(under([rule(grown, { apart: 3 })]))).toEqual(
      near([first, first + 3, first + 6, first + 9].filter((t) => t <= 10)),
    )
    expect(decisionsOf(under([rule(grown, { apart: 3, stopAfter: 6 })]))).toEqual(near([first, first + 3]))
    expect(decisionsOf(under([rule({ ...grown, forTime: 2 }, { atMost: 2, apart: 1 })]))).toEqual(
      near([first + 2, first + 3]),
    )
  })

  it('waits where the condition does not hold when it may', () => {
    const swings = under([rule({ quantity: 'S', atLeast: 0.5 }, { apart: 3 })], { end: 20 })
    const rises = [0, 1, 2, 3].map((turn) => Math.PI / 6 + 2 * Math.PI * turn)
    expect(decisionsOf(swings)).toEqual(near(rises))
  })

  it('acts on the course, which it then sees', () => {
    const { decided, run } = under([rule(grown, { atMost: 5, apart: 0.1 })], { own: { kill: 0.01 } })
    expect(decided.length).toBeGreaterThan(1)
    // the dose of 560 takes e^(-0.01 * 560 / 2) of X in the end: below 2 soon after, and grown again later
    expect(run.value(0, decided[0]!.decidedAt + 1)).toBeLessThan(1)
    expect(decided[1]!.decidedAt).toBeGreaterThan(decided[0]!.decidedAt + 2)
    for (const { decidedAt } of decided) expect(run.value(0, decidedAt)).toBeCloseTo(2, 6)
  })
})

/** When sin(t) has been above a threshold for so long, in a window, and what a rule then decides, by hand. */
function decisionsOnSine(threshold: number, forTime: number, from: number, apart: number, atMost: number, end: number) {
  const times: number[] = []
  for (let turn = -1; 2 * Math.PI * turn < end; turn++) {
    const rise = Math.asin(threshold) + 2 * Math.PI * turn
    const fall = Math.PI - Math.asin(threshold) + 2 * Math.PI * turn
    const since = Math.max(rise, from, 0) + forTime
    for (;;) {
      const time = Math.max(since, (times.at(-1) ?? -Infinity) + apart)
      if (!(time < fall && time <= end && times.length < atMost)) break
      times.push(time)
    }
  }
  return times
}

describe('a rule on a swing', () => {
  it('decides when it does by hand', () => {
    const between = (min: number, max: number) => fc.double({ min, max, noNaN: true })
    fc.assert(
      fc.property(
        between(-0.98, 0.98),
        between(0, 4),
        between(-1, 12),
        between(0.3, 9),
        fc.integer({ min: 1, max: 9 }),
        (above, forTime, from, apart, atMost) => {
          const expected = decisionsOnSine(above, forTime, from, apart, atMost, 30)
          const found = under([rule({ quantity: 'S', above, forTime, from }, { apart, atMost })], { end: 30 })
          expect(decisionsOf(found)).toEqual(expected.map((time) => expect.closeTo(time, 6)))
        },
      ),
      { numRuns: 60, seed: 20 },
    )
  })

  it('decides by tapes as by kernels', () => {
    const rules = [rule({ quantity: 'S', above: 0.3, forTime: 0.5 }, { apart: 2, atMost: 3 })]
    const tape = under(rules, { options: { ...tight, tape: true } })
    expect(tape.decided).toHaveLength(3)
    expect(tape.decided).toEqual(under(rules).decided)
  })

  it('cannot be in a model without states, into which nothing can be given', () => {
    const still = compiled('amp = 1\nS = amp*sin(t)\nN = dosenum()\n')
    const simulated = { model: still, parameters: parameterVector(still.model), records: [], start: 0, end: 9 }
    expect(() => simulateWithRules(simulated, [rule({ quantity: 'S', above: 0.3 })])).toThrow('rule drug: ')
  })
})

describe('covariates that change during the run', () => {
  const weight = (times: readonly number[], values: readonly number[]) => ({
    ...simulation(),
    covariates: [{ name: 'WT', times, values, interpolation: 'locf' as const }],
  })

  it('are in the amounts as they are at the decision', () => {
    const rules = [rule({ quantity: 'X', above: 0 }, { apart: 2, atMost: 4 })]
    const { decided } = simulateWithRules(weight([0, 2, 5], [50, 60, 80]), rules)
    expect(decided.map(({ record }) => [record.time, record.amt])).toEqual([
      [0, 400],
      [2, 480],
      [4, 480],
      [6, 640],
    ])
  })

  it('are refused in thresholds', () => {
    expect(() => simulateWithRules(weight([0, 2], [50, 60]), [rule({ quantity: 'X', above: 'WT/10' })])).toThrow(
      'rule drug: the threshold WT/10 changes with WT during the run; make the difference an output of the model',
    )
  })
})

describe('several rules', () => {
  const grown = { quantity: 'X', atLeast: 2 }

  it('at one time judge before any gives, and give in the order of the list', () => {
    const drop = { name: 'drop', when: { all: [grown, { quantity: 'D', atMost: 0 }] }, give: [{ cmt: 'D', amt: 1 }] }
    const more = { ...drop, name: 'more', give: [{ cmt: 'D', amt: 2 }] }
    for (const rules of [
      [drop, more],
      [more, drop],
    ]) {
      const { decided, records } = under(rules)
      expect(decided.map((dose) => dose.rule)).toEqual(rules.map(({ name }) => name))
      expect(new Set(decided.map(({ decidedAt }) => decidedAt)).size).toBe(1)
      expect(records).toEqual(decided.map(({ record }) => record))
    }
  })

  it('see at once what another gives', () => {
    const answer = { name: 'answer', when: { quantity: 'D', above: 100 }, give: [{ cmt: 'X', amt: 1 }] }
    const { decided } = under([answer, rule(grown)])
    expect(decided.map((dose) => dose.rule)).toEqual(['drug', 'answer'])
    expect(decided[1]?.decidedAt).toBe(decided[0]?.decidedAt)
  })
})

describe('doses decided', () => {
  it('are given as records are: by F, lag and infusion, counted by tad() and podo()', () => {
    const { run, records, decided } = under(
      [
        rule(
          { quantity: 'X', atLeast: 2 },
          { give: [{ cmt: 'D', amt: 10, duration: 0.5, after: 0.25, label: 'Drug' }] },
        ),
      ],
      { own: { F1: 0.5, tl: 1 } },
    )
    const given = Math.log(2) / 0.7 + 0.25
    expect(records).toEqual([{ time: expect.closeTo(given, 8), evid: 1, cmt: 'D', amt: 10, duration: 0.5 }])
    expect(decided[0]).toMatchObject({ rule: 'drug', label: 'Drug', decidedAt: expect.closeTo(given - 0.25, 8) })
    const arrival = records[0]!.time + 1
    const index = (name: string) => 4 + model.model.outputs.findIndex((output) => output.name === name)
    expect(run.value(1, arrival - 0.001)).toBe(0)
    // 5 of the 10 over half a time unit, lost at the rate 2
    expect(run.value(1, arrival + 0.5)).toBeCloseTo((10 / 2) * (1 - Math.exp(-1)), 7)
    expect(run.value(index('T'), arrival + 0.5)).toBeCloseTo(0.5, 12)
    expect(run.value(index('P'), arrival + 0.5)).toBe(10)
  })

  it('come after the records of their time, and not behind the end', () => {
    const records: readonly EventRecord[] = [
      { time: 0, evid: 1, cmt: 'D', amt: 3 },
      { time: 4, evid: 0 },
      { time: 4, evid: 2 },
      { time: 9, evid: 0 },
    ]
    const later = under([rule({ quantity: 'X', above: 0.5, from: 4 })], { records })
    expect(later.records.map(({ time, evid }) => [time, evid])).toEqual([
      [0, 1],
      [4, 0],
      [4, 2],
      [4, 1],
      [9, 0],
    ])
    const at = new Float64Array(4 + model.model.outputs.length)
    later.run.readRecord(1, at)
    expect(at[1]).toBeCloseTo(3 * Math.exp(-8), 10)
    const late = under([rule({ quantity: 'X', above: 0.5, from: 9.5 }, { give: [{ ...give[0]!, after: 1 }] })])
    expect(late.decided).toEqual([])
  })

  it('give, as fixed records and without rules, the same course', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1.1, max: 60, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.2, max: 3, noNaN: true }),
        fc.integer({ min: 1, max: 4 }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        (threshold, forTime, apart, atMost, lag) => {
          const setting = {
            own: { kill: 0.01, tl: lag, F1: 0.7 },
            records: [{ time: 1, evid: 1, cmt: 'D', amt: 5, ii: 1, addl: 3 } as const],
            options: { rtol: 1e-6, atol: 1e-9 },
          }
          const ruled = under([rule({ quantity: 'X', atLeast: threshold, forTime }, { apart, atMost })], setting)
          expect(ruled.decided.length).toBeLessThanOrEqual(atMost)
          decisionsOf(ruled).forEach((time, k, times) => {
            if (k > 0) expect(time).toBeGreaterThanOrEqual(times[k - 1]! + apart)
          })
          const fixed = simulateSubject(simulation({ ...setting, records: ruled.records }))
          expect(numbersOf(fixed)).toEqual(numbersOf(ruled.run))
        },
      ),
      { numRuns: 40 },
    )
  })

  it('are rows of a table, with the columns of event records', () => {
    const { decided } = under([rule({ quantity: 'X', above: 0.5, from: 1 })])
    const table = decisionTable([{ id: '7', decided }], 'day')
    expect(Object.fromEntries(table.columns.map(({ name, values }) => [name, [...values]]))).toEqual({
      ID: ['7'],
      TIME: [1],
      EVID: [1],
      AMT: [560],
      RATE: [0],
      DUR: [0],
      II: [0],
      ADDL: [0],
      CMT: ['D'],
      label: [''],
      rule: ['drug'],
      decided: [1],
    })
  })
})

describe('a rule that decides nothing', () => {
  it.each([
    ['never true', { quantity: 'S', above: 1.5 }],
    ['never for long enough', { quantity: 'S', above: 0, forTime: 4 }],
    ['after the end', { quantity: 'X', above: 0, from: 20 }],
    ['at a parameter that is out of reach', { quantity: 'X', above: '1e9*limit' }],
  ] satisfies readonly (readonly [string, DecisionCondition])[])('changes no bit: %s', (_, when) => {
    const records: readonly EventRecord[] = [{ time: 2, evid: 1, cmt: 'D', amt: 5, rate: 3 }]
    const setting = { records, own: { kill: 0.1 }, options: { rtol: 1e-6, atol: 1e-9 } }
    const ruled = under([rule(when)], setting)
    expect(ruled.decided).toEqual([])
    expect(ruled.records).toBe(records)
    expect(numbersOf(ruled.run)).toEqual(numbersOf(simulateSubject(simulation(setting))))
  })
})

describe('a rule that cannot be', () => {
  const good = { quantity: 'X', above: 2 }
  it.each([
    [[rule({ quantity: 'x', above: 2 })], 'rule drug: the model has no state or output x; did you mean X?'],
    [[rule({ quantity: 'X', above: 'limt' })], 'rule drug: the threshold of X, limt: the model has no parameter limt'],
    [[rule({ quantity: 'X', above: Number.NaN })], 'rule drug: the threshold of X, NaN; it must be finite'],
    [[rule({ quantity: 'X', above: 'limit +' })], 'rule drug: the threshold of X, limit +: '],
    [[rule({ ...good, forTime: -1 })], 'from 0 on, got -1'],
    [[rule({ ...good, from: 3, until: 3 })], 'from a time to a later one, got 3 to 3'],
    [[rule({ all: [] })], 'rule drug: a list of conditions needs at least one'],
    [[rule(good, { atMost: 2 })], 'rule drug: atMost 2 needs apart'],
    [[rule(good, { atMost: 0 })], 'atMost must be a whole number from 1, got 0'],
    [[rule(good, { apart: 0 })], 'apart must be a positive time, got 0'],
    [[rule(good, { apart: 1, stopAfter: Number.NaN })], 'stopAfter must be a positive time, got NaN'],
    [[rule(good), rule(good)], 'rule drug: two rules have this name'],
    [[rule(good, { give: [] })], 'rule drug: gives nothing'],
    [
      [rule(good, { give: [{ cmt: 'D', amt: '8*BSA' }] })],
      'rule drug: the amount 8*BSA: the model has no parameter BSA',
    ],
    [[rule(good, { give: [{ cmt: 'D', amt: 1, after: -1 }] })], 'after a time from 0 on, got -1'],
    [[rule(good, { give: [{ cmt: 'TCZ', amt: 1 }] })], 'rule drug: no state TCZ to dose; the model has X, D'],
    [[rule({ quantity: 'X', above: 1e9 }, { give: [{ cmt: 'TCZ', amt: 1 }] })], 'rule drug: no state TCZ to dose'],
    [
      [rule({ quantity: 'X', above: 1e9 }, { give: [{ cmt: 'D', amt: 1, rate: 1, duration: 1 }] })],
      'rule drug: give a rate or a duration, not both',
    ],
    [[rule(good, { apart: 0.02 })], 'more than 400 decisions; give atMost or a longer apart'],
  ] satisfies readonly (readonly [readonly DecisionRule[], string])[])('is refused by name: %#', (rules, message) => {
    expect(() => under(rules)).toThrow(message)
  })
})
