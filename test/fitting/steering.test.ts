import {
  commandText,
  type FitEvent,
  type FitProblem,
  type FitResult,
  fit,
  fitSession,
  objectiveAt,
  profile,
  replay,
  type SteeredIteration,
  type SteeringLog,
  steeredProblem,
  steerFit,
} from '@cartkin/fitting'
import { describe, expect, it } from 'vitest'
import { estimate, formulaModel, problemOf, subject } from './fixtures.ts'

const times = [0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 10]
const factors = [1.1, 0.92, 1.05, 0.95, 1.08, 0.93, 1.03, 0.97, 1.04, 0.94]
const truth = (t: number) => 10 * (0.7 * Math.exp(-2 * t) + 0.3 * Math.exp(-0.2 * t))

/** Two phases: a log scale with a prior, a tied parameter, a logit scale and a residual error. */
const problem: FitProblem = problemOf({
  model: formulaModel(
    { fast: 1, slow: 0.5, share: 0.5, top: 10, half: 5 },
    'half*2*(top/10)*((1 - share)*exp(-fast*t) + share*exp(-slow*t))',
  ),
  endpoints: [{ quantity: 'y', scale: 'log', error: { kind: 'additive', a: 'sd' } }],
  estimated: [
    { ...estimate('fast', 1, 'log', 0.01, 100), prior: { mean: 1.5, sd: 1 } },
    estimate('slow', 0.5, 'log', 0.001, 10),
    estimate('share', 0.5, 'logit', 0, 1),
    estimate('top', 8, 'linear', 1, 40),
    estimate('sd', 0.5, 'log', 0.001, 10),
  ],
  subjects: [subject(times.map((time, i) => ({ endpoint: 0, time, value: truth(time) * factors[i]! })))],
})

/** The bits of a result, or of events without what the clock says. */
const bits = (value: unknown): string =>
  JSON.stringify(value, (key, entry: unknown) => {
    if (key === 'elapsed' || key === 'timeLeft') return undefined
    if (entry instanceof Float64Array) return Array.from(entry, String)
    return typeof entry === 'number' ? String(entry) : entry
  })

async function steeredBy(log: SteeringLog, of = problem, search?: 'nelder-mead') {
  const events: FitEvent[] = []
  const result = await steerFit(of, {
    log,
    ...(search !== undefined && { search }),
    onEvent: (event) => {
      events.push(event)
    },
  })
  return { result, events, iterations: iterationsOf(events) }
}

const iterationsOf = (events: readonly FitEvent[]): readonly SteeredIteration[] =>
  events.filter((event) => event.kind === 'iteration')

const valueIn = ({ estimates }: FitResult, name: string) => estimates.find((one) => one.name === name)?.estimate

describe('a steered fit', () => {
  it.each(['trust-region', 'nelder-mead'] as const)('is the plain one without commands (%s)', async (search) => {
    const plain = await fit(problem, { search })
    expect(bits(await steerFit(problem, { search }))).toBe(bits(plain))
    expect(plain.steering).toBeUndefined()
  })

  it('tells every iteration with the values, gradients and counts of the plain one', async () => {
    const told: unknown[] = []
    await fit(problem, { onIteration: ({ values, ...one }) => told.push({ ...one, values: [...values] }) })
    const { iterations } = await steeredBy([])
    expect(
      iterations.map(({ iteration, evaluations, objective, best, gradient, stepSize, parameters }) => ({
        ...{ iteration, evaluations, objective, best, gradient, stepSize },
        values: parameters.map(({ value }) => value),
      })),
    ).toEqual(told)
    const last = iterations.at(-1)!
    expect(last.parameters.map(({ name }) => name)).toEqual(['fast', 'slow', 'share', 'top', 'sd'])
    expect(Math.max(...last.parameters.map(({ gradient }) => Math.abs(gradient)))).toBe(last.gradient)
    expect(last.elapsed).toBeGreaterThanOrEqual(iterations[0]!.elapsed)
  })

  it('tells the gradient of each coordinate with the sign of the derivative', async () => {
    const [first] = (await steeredBy([])).iterations
    const values = Object.fromEntries(first!.parameters.map(({ name, value }) => [name, value]))
    const { gradient } = objectiveAt(problem, values)
    expect(first!.parameters.map((one) => Math.sign(one.gradient))).toEqual(Array.from(gradient, Math.sign))
  })

  it('says how much time is left only where the offset has fallen for four iterations, and on what that rests', async () => {
    const { iterations } = await steeredBy([])
    expect(iterations[0]!.timeLeft).toBeNull()
    for (const { timeLeft } of iterations)
      if (timeLeft !== null) {
        expect(timeLeft.iterations).toBeGreaterThanOrEqual(1)
        expect(timeLeft.seconds).toBeGreaterThan(0)
        expect(timeLeft.basis).toMatch(/^the relative offset fell from .* the search ends at/)
      }
    const simplex = await steeredBy([], problem, 'nelder-mead')
    expect(simplex.iterations.every(({ timeLeft }) => timeLeft === null)).toBe(true)
  })
})

describe('pausing and resuming', () => {
  it('changes no bit, at any iteration', async () => {
    const plain = bits(await fit(problem))
    const session = fitSession(problem, { paused: true })
    const seen: string[] = []
    let paused = 0
    for await (const event of session) {
      seen.push(event.kind)
      if (event.kind !== 'paused') continue
      expect(session.status).toBe('paused')
      paused++
      await new Promise((done) => setTimeout(done, 1))
      session.resume(2)
    }
    expect(paused).toBeGreaterThan(3)
    expect(seen.slice(0, 6)).toEqual(['paused', 'resumed', 'iteration', 'iteration', 'paused', 'resumed'])
    expect(session.status).toBe('ended')
    expect(bits(await session.result)).toBe(plain)
  })

  it('ends a paused fit by a stop, and by what is asked for outside', async () => {
    const session = fitSession(problem, { paused: true })
    session.stop()
    expect((await session.result).outcome.status).toBe('stopped')
    let asked = 0
    const other = await steerFit(problem, { paused: true, shouldStop: () => ++asked > 3 })
    expect(other).toMatchObject({ outcome: { status: 'stopped' }, iterations: 0 })
    expect(other.estimates[0]!.estimate).toBe(1)
    expect(other.estimates[0]!.standardError).toBeGreaterThan(0)
  })
})

describe('fix and free', () => {
  it('fixed at an iteration and freed later it comes to the same optimum', async () => {
    const plain = await fit(problem)
    for (const name of ['fast', 'slow', 'share', 'sd']) {
      const { result } = await steeredBy([
        { iteration: 1, command: 'fix', parameter: name },
        { iteration: 4, command: 'free', parameter: name },
      ])
      expect(result.outcome.status).toBe('converged')
      expect(result.objective).toBeCloseTo(plain.objective, 8)
      for (const { name: other, estimate: value, standardError, start } of plain.estimates) {
        const found = result.estimates.find((one) => one.name === other)!
        expect(found.estimate / value).toBeCloseTo(1, 5)
        expect(found.standardError / standardError).toBeCloseTo(1, 4)
        expect(found.start).toBe(start)
      }
    }
  })

  it('what is fixed counts as known: as in a fit of the problem in which it is', async () => {
    const { result, iterations } = await steeredBy([{ iteration: 2, command: 'fix', parameter: 'fast', value: 2.5 }])
    const known = {
      ...problem,
      parameters: Float64Array.of(2.5, 0.5, 0.5, 10, 5),
      estimated: problem.estimated.slice(1),
    }
    const direct = await fit(known)
    expect(result.objective).toBeCloseTo(direct.objective, 8)
    expect(result.aic).toBeCloseTo(direct.aic, 8)
    expect(result.estimates.map(({ name }) => name)).toEqual(['slow', 'share', 'top', 'sd'])
    result.estimates.forEach(({ standardError }, k) => {
      expect(standardError / direct.estimates[k]!.standardError).toBeCloseTo(1, 4)
    })
    expect(result.steering?.held).toEqual([{ name: 'fast', value: 2.5, since: 2 }])
    const after = iterations.filter(({ iteration }) => iteration > 2)
    expect(after.length).toBeGreaterThan(0)
    for (const { parameters } of after)
      expect(parameters[0]).toEqual({ name: 'fast', value: 2.5, status: 'fixed', gradient: NaN })
    // its best value where none is given
    const atBest = await steeredBy([{ iteration: 2, command: 'fix', parameter: 'fast' }])
    expect(atBest.result.steering?.held[0]?.value).toBe(atBest.iterations[1]!.parameters[0]!.value)
    expect(atBest.result.steering?.log[0]).toMatchObject({ value: atBest.iterations[1]!.parameters[0]!.value })
  })

  it('what is tied to it stands and moves with it', async () => {
    const tied = {
      ...problem,
      estimated: problem.estimated.filter(({ name }) => name !== 'fast'),
      ties: { fast: { parameter: 'slow', factor: 10 } },
    }
    const { result, iterations } = await steeredBy(
      [{ iteration: 1, command: 'fix', parameter: 'slow', value: 0.21 }],
      tied,
    )
    expect(result.tied).toEqual([])
    const direct = await fit({
      ...tied,
      ties: {},
      parameters: Float64Array.of(2.1, 0.21, 0.5, 10, 5),
      estimated: tied.estimated.filter(({ name }) => name !== 'slow'),
    })
    expect(result.objective).toBeCloseTo(direct.objective, 8)
    expect(iterations.at(-1)!.parameters[0]).toMatchObject({ name: 'slow', status: 'fixed' })
    const back = await steeredBy(
      [
        { iteration: 1, command: 'fix', parameter: 'slow', value: 0.21 },
        { iteration: 3, command: 'free', parameter: 'slow' },
      ],
      tied,
    )
    expect(back.result.objective).toBeCloseTo((await fit(tied)).objective, 8)
    expect(back.result.tied[0]).toMatchObject({ name: 'fast', factor: 10, start: 5 })
  })

  it('a parameter that was never estimated is estimated from its value on', async () => {
    const fewer = { ...problem, estimated: problem.estimated.filter(({ name }) => name !== 'slow') }
    const { result, events } = await steeredBy([{ iteration: 2, command: 'free', parameter: 'slow' }], fewer)
    expect(result.objective).toBeCloseTo((await fit(problem)).objective, 8)
    expect(result.steering?.log).toEqual([
      { iteration: 2, command: 'free', parameter: 'slow', value: 0.5, lower: 0, upper: Infinity, scale: 'log' },
    ])
    expect(result.estimates.at(-1)).toMatchObject({ name: 'slow', start: 0.5 })
    const changed = events.find((event) => event.kind === 'changed')
    expect(changed).toMatchObject({ message: 'slow is estimated, too, from 0.5 on (log scale, 0 to Infinity)' })
  })

  it('goes into the problem that profiles and bootstraps continue with', async () => {
    const { result } = await steeredBy([
      { iteration: 2, command: 'fix', parameter: 'fast', value: 2.5 },
      { iteration: 2, command: 'bound', parameter: 'slow', lower: 0.01, upper: 1 },
    ])
    const { estimated, held } = result.steering!
    const [slow] = await profile(steeredProblem(problem, estimated, held), result, { parameters: ['slow'] })
    expect(slow!.better).toBeNull()
    expect(slow!.lower).toBeLessThan(valueIn(result, 'slow')!)
  })
})

describe('bounds', () => {
  it.each(['fast', 'share', 'top', 'sd'])(
    '%s ends on a bound that its optimum lies beyond, and is flagged',
    async (name) => {
      const best = valueIn(await fit(problem), name)!
      const upper = 0.8 * best
      const { result, iterations, events } = await steeredBy([
        { iteration: 2, command: 'bound', parameter: name, upper },
      ])
      const found = result.estimates.find((one) => one.name === name)!
      expect(found.atBound).toBe('upper')
      expect(found.standardError).toBeNaN()
      // a logit scale ends next to its bound
      expect(Math.abs(found.estimate - upper) / upper).toBeLessThan(1e-9)
      for (const { iteration, parameters } of iterations)
        if (iteration > 2) expect(parameters.find((one) => one.name === name)!.value).toBeLessThanOrEqual(upper)
      expect(iterations.at(-1)!.parameters.find((one) => one.name === name)!.status).toBe('at-upper')
      expect(events.filter(({ kind }) => kind === 'changed')).toHaveLength(1)
    },
  )

  it('that exclude the best value move it onto them, and it is told', async () => {
    const { iterations } = await steeredBy([])
    const [last] = iterations.slice(-1)
    const top = last!.parameters[3]!.value
    const { events } = await steeredBy([
      { iteration: last!.iteration, command: 'bound', parameter: 'top', upper: top / 2 },
    ])
    const changed = events.find((event) => event.kind === 'changed')!
    expect(changed.message).toBe(
      `top lies between 1 and ${top / 2}; its best value ${top} is outside and was moved to ${top / 2}`,
    )
    expect(changed.parameters[3]).toMatchObject({ value: top / 2, status: 'at-upper' })
    expect(changed.objective).toBeGreaterThan(last!.best)
  })

  it('that are widened let the search go on', async () => {
    const narrow = {
      ...problem,
      estimated: problem.estimated.map((one) => (one.name === 'slow' ? { ...one, lower: 0.4, upper: 0.6 } : one)),
    }
    expect((await fit(narrow)).estimates[1]!.atBound).toBe('lower')
    const { result } = await steeredBy([{ iteration: 4, command: 'bound', parameter: 'slow', lower: 0.001 }], narrow)
    expect(result.objective).toBeCloseTo((await fit(problem)).objective, 8)
  })
})

describe('a log of steering', () => {
  const log: SteeringLog = [
    { iteration: 1, command: 'fix', parameter: 'share' },
    { iteration: 2, command: 'bound', parameter: 'top', lower: 2, upper: 9.5 },
    { iteration: 3, command: 'value', parameter: 'slow', value: 0.3 },
    { iteration: 4, command: 'free', parameter: 'share' },
  ]

  it.each(['trust-region', 'nelder-mead'] as const)(
    'that came about live gives the same bits and the same events again (%s)',
    async (search) => {
      const session = fitSession(problem, { search })
      const events: FitEvent[] = []
      for await (const event of session) {
        events.push(event)
        if (event.kind !== 'iteration') continue
        if (event.iteration === 3) session.pause()
        if (event.iteration === 3) session.resume()
        for (const { iteration, ...command } of log) if (iteration === event.iteration) session.send(command)
      }
      const result = await session.result
      expect(result.steering?.log.map(commandText)).toHaveLength(4)
      const again: FitEvent[] = []
      const replayed = await replay(problem, result.steering!.log, {
        search,
        onEvent: (event) => {
          again.push(event)
        },
      })
      expect(bits(replayed)).toBe(bits(result))
      const lasting = events.filter(({ kind }) => kind !== 'paused' && kind !== 'resumed')
      expect(bits(again) === bits(lasting)).toBe(true)
      // and through JSON, as files keep it
      const read: SteeringLog = JSON.parse(JSON.stringify(result.steering!.log))
      expect(bits(await replay(problem, read, { search }))).toBe(bits(result))
    },
  )

  it('takes a change after the search had come to its end', async () => {
    const session = fitSession(problem, { holdAtEnd: true })
    const ends: string[] = []
    for await (const event of session) {
      if (event.kind !== 'paused') continue
      ends.push(event.outcome?.status ?? '')
      if (ends.length === 1) session.fix('fast', 2.5)
      session.resume()
    }
    expect(ends).toEqual(['converged', 'converged'])
    const result = await session.result
    expect(result.steering?.held[0]?.name).toBe('fast')
    expect(bits(await replay(problem, result.steering!.log))).toBe(bits(result))
  })

  it('is refused where it does not fit the problem', async () => {
    const cases: readonly (readonly [SteeringLog, RegExp])[] = [
      [
        [{ iteration: 2, command: 'fix', parameter: 'fats' }],
        /entry 1 .*\(iteration 2: fix fats\): there is no parameter fats; did you mean fast\?/,
      ],
      [
        [
          { iteration: 1, command: 'stop' },
          { iteration: 2, command: 'free', parameter: 'fast' },
        ],
        /after a stop/,
      ],
      [
        [
          { iteration: 2, command: 'stop' },
          { iteration: 1, command: 'stop' },
        ],
        /iteration 1 comes after 2/,
      ],
      [[{ iteration: 0.5, command: 'stop' }], /whole number from 0, got 0.5/],
    ]
    for (const [wrong, message] of cases) await expect(steerFit(problem, { log: wrong })).rejects.toThrow(message)
  })

  it('says which entries the search did not come to', async () => {
    const entry = { iteration: 400, command: 'fix', parameter: 'fast' } as const
    const { result } = await steeredBy([entry])
    expect(result.steering).toMatchObject({ log: [], notReached: [entry] })
    expect(bits({ ...result, steering: undefined })).toBe(bits(await fit(problem)))
  })
})

describe('a stop', () => {
  it.each(['trust-region', 'nelder-mead'] as const)(
    'at any iteration gives a point not worse than any told, with its covariance, and the same bits again (%s)',
    async (search) => {
      const total = Math.min(12, (await fit(problem, { search })).iterations)
      for (let at = 0; at <= total; at++) {
        const told: number[] = []
        let iteration = 0
        let asked = 0
        // within an evaluation as well as between two
        const result = await steerFit(problem, {
          search,
          onEvent: (event) => {
            if (event.kind !== 'iteration') return
            told.push(event.best)
            iteration = event.iteration
          },
          shouldStop: () => iteration >= at && ++asked > at % 3,
        })
        expect(result.outcome.status).toBe('stopped')
        for (const best of told) expect(result.objective).toBeLessThanOrEqual(best + 1e-9)
        expect(result.estimates.every(({ standardError }) => standardError > 0)).toBe(true)
        const { log: kept } = result.steering!
        expect(kept).toEqual([{ iteration: told.length, command: 'stop' }])
        expect(bits(await replay(problem, kept, { search }))).toBe(bits(result))
      }
    },
  )
})

describe('commands that cannot be', () => {
  const wrong = [
    [{ command: 'fix', parameter: 'fats' }, 'there is no parameter fats; did you mean fast?'],
    [{ command: 'fix', parameter: 'half' }, /^half is not estimated; free it first, or steer fast, slow/],
    [
      { command: 'fix', parameter: 'fast', value: 500 },
      /cannot be held at 500, which is outside its bounds 0.01 to 100/,
    ],
    [{ command: 'fix', parameter: 'fast', value: NaN }, /cannot be held at NaN/],
    [{ command: 'free', parameter: 'fast' }, 'fast is estimated already'],
    [{ command: 'free', parameter: 'nobody' }, /there is no parameter nobody/],
    [{ command: 'bound', parameter: 'fast', lower: 3, upper: 2 }, /the lower must be below the upper/],
    [{ command: 'bound', parameter: 'fast', lower: NaN }, /the lower must be below the upper/],
    [{ command: 'bound', parameter: 'fast', lower: -1 }, /lower bound not below 0/],
    [{ command: 'value', parameter: 'fast', value: 1000 }, /cannot go on from 1000/],
    [{ command: 'value', parameter: 'share', value: 1 }, /strictly between/],
    [{ command: 'resume' }, 'the fit is not paused'],
  ] as const

  it.each(wrong)('%j is refused and changes nothing', async (command, message) => {
    const session = fitSession(problem)
    const refused: string[] = []
    for await (const event of session) {
      if (event.kind === 'iteration' && event.iteration === 2) session.send(command)
      if (event.kind === 'refused') refused.push(event.message)
    }
    expect(refused).toEqual([expect.stringMatching(message)])
    expect(bits(await session.result)).toBe(bits(await fit(problem)))
  })

  it('the last parameter cannot be fixed, a held one not be moved, a tied one not be steered', async () => {
    const session = fitSession({ ...problem, ties: { half: { parameter: 'top', factor: 0.5 } } })
    const refused: string[] = []
    for await (const event of session) {
      if (event.kind === 'iteration' && event.iteration === 1) {
        session.fix('half')
        for (const name of ['fast', 'slow', 'share', 'top', 'sd']) session.fix(name)
        session.fix('fast')
        session.value('fast', 2)
        session.bound('fast', { lower: 50 })
      }
      if (event.kind === 'refused') refused.push(event.message)
    }
    expect(refused).toEqual([
      'half is tied to top; steer top',
      'sd is the last parameter that is estimated; stop the fit, or free another one first',
      expect.stringMatching(/^fast is held already, at /),
      expect.stringMatching(/^fast is held at .*; fix it at another value, or free it$/),
      expect.stringMatching(/^fast is held at .*, outside 50 to 100; fix it elsewhere first$/),
    ])
    expect((await session.result).estimates.map(({ name }) => name)).toEqual(['sd'])
  })

  it('a change after which nothing can be evaluated is refused with the reason', async () => {
    const growing = problemOf({
      model: formulaModel({ a: 1, b: 1 }, 'a - b'),
      endpoints: [{ quantity: 'y', scale: 'log', error: { kind: 'given' } }],
      estimated: [estimate('a', 5), estimate('b', 1)],
      subjects: [subject([1, 2, 3].map((time) => ({ endpoint: 0, time, value: 3, sd: 1 })))],
    })
    const session = fitSession(growing)
    const refused: string[] = []
    for await (const event of session) {
      if (event.kind === 'iteration' && event.iteration === 1) session.fix('b', 100)
      if (event.kind === 'refused') refused.push(event.message)
    }
    expect(refused).toEqual([
      expect.stringMatching(/^the objective cannot be evaluated then: subject 1, y at time 1: .*no logarithm/),
    ])
    expect((await session.result).estimates).toHaveLength(2)
  })

  it('a problem that is wrong rejects', async () => {
    const session = fitSession({ ...problem, estimated: [] })
    await expect(session.result).rejects.toThrow('no parameter is to be estimated')
  })
})
