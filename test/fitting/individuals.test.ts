import { libraryModel } from '@cartkin/cart-models'
import { type FitProblem, type FitSubject, fit, fitEach, type IndividualFit, type ProfileEnd } from '@cartkin/fitting'
import { parameterVector } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { estimate, modelOf, subject } from './fixtures.ts'
import { type SteinPatient, steinPatients } from './stein-patients.ts'

const model = modelOf(libraryModel('stein-2019').text)
const lloq = 50
const patients = steinPatients({ seed: 8, count: 8 })

const subjectOf = ({ id, rows }: Pick<SteinPatient, 'id' | 'rows'>): FitSubject =>
  subject(
    rows.flatMap(({ time, y, kind }) =>
      kind !== 1
        ? []
        : [y === 0 ? { endpoint: 0, time, value: lloq, censored: 'left' as const } : { endpoint: 0, time, value: y }],
    ),
    { id },
  )

const problemOf = (subjects: readonly FitSubject[]): FitProblem => ({
  model,
  parameters: parameterVector(model.model),
  errorParameters: {},
  estimated: [
    estimate('foldx', 3900, 'log', 8, 2e6),
    estimate('Tmax', 9.3, 'log', 0.8, 110),
    estimate('Cmax', 24000, 'log', 240, 2.4e6),
    estimate('alpha', 0.16, 'log', 0.0035, 7.3),
    estimate('FB', 0.0079, 'log', 2e-4, 0.28),
    estimate('beta', 0.0032, 'log', 7.8e-5, 0.13),
    estimate('sd', 0.3, 'log', 0.01, 3),
  ],
  endpoints: [{ quantity: 'C', scale: 'log', error: { kind: 'additive', a: 'sd' } }],
  subjects,
})

const bits = (fits: readonly IndividualFit[]) => new Map(fits.map((one) => [one.id, JSON.stringify(one)]))
const empty = subject([], { id: 'empty' })
const upside = subject([{ endpoint: 0, time: 5, value: -1 }], { id: 'upside down' })

describe('patients fitted each alone', async () => {
  const subjects = patients.slice(0, 4).map(subjectOf)
  const together = await fitEach(problemOf(subjects))
  const expected = bits(together)

  it('have the bits of a fit of each by itself', async () => {
    for (const one of subjects) expect(bits(await fitEach(problemOf([one]))).get(one.id)).toBe(expected.get(one.id))
    const [first] = together
    const alone = await fit(problemOf(subjects.slice(0, 1)))
    expect(first?.status === 'fitted' && JSON.stringify(first.result)).toBe(JSON.stringify(alone))
  })

  it('come in the order of the subjects, which changes nothing else', async () => {
    const reversed = await fitEach(problemOf(subjects.toReversed()))
    expect(reversed.map(({ id }) => id)).toEqual(together.map(({ id }) => id).toReversed())
    expect(bits(reversed)).toEqual(new Map([...expected].toReversed()))
  })

  it('are left alone by one that cannot be fitted, which gives its reason', async () => {
    const withBroken = await fitEach(problemOf([upside, ...subjects.slice(0, 2), empty]))
    expect(withBroken.map(({ status }) => status)).toEqual(['not-fitted', 'fitted', 'fitted', 'not-fitted'])
    for (const { id } of subjects.slice(0, 2)) expect(bits(withBroken).get(id)).toBe(expected.get(id))
    const [first] = withBroken
    const last = withBroken.at(-1)
    expect(first?.status === 'not-fitted' && first.reason).toContain('observation 1 (C at time 5): -1 has no logarithm')
    expect(last?.status === 'not-fitted' && last.reason).toBe('there is no observation to fit to')
  })
})

describe('the searches of a patient', () => {
  it('end with the lowest of their objectives, and with it from one start alone', async () => {
    const one = subjectOf(patients[1] ?? { id: '', rows: [] })
    const starts = [{ Tmax: 20 }, { Tmax: 10 }, { Tmax: 5, alpha: 1 }]
    const plans = new Map([[one.id, { starts }]])
    const [found] = await fitEach(problemOf([one]), { plans })
    if (found?.status !== 'fitted') throw new Error('not fitted')
    const objectives = found.searches.map(({ objective }) => objective)
    expect(found.result.objective).toBe(Math.min(...objectives))
    expect(found.searches.map(({ from }) => from)).toEqual(['start', 'start', 'start'])
    expect(found.starts).toEqual({
      count: 3,
      reached: objectives.filter((objective) => objective <= found.result.objective + 0.01).length,
    })
    const best = objectives.indexOf(found.result.objective)
    const [again] = await fitEach(problemOf([one]), {
      plans: new Map([[one.id, { starts: starts.slice(best, best + 1) }]]),
    })
    expect(again?.status === 'fitted' && JSON.stringify(again.result)).toBe(JSON.stringify(found.result))
  })

  it('keep to the plan of the patient: fewer parameters, its own values', async () => {
    const one = subjectOf(patients[0] ?? { id: '', rows: [] })
    const problem = problemOf([one])
    const estimated = problem.estimated.filter(({ name }) => name !== 'sd' && name !== 'beta')
    const plans = new Map([[one.id, { estimated, errorParameters: { sd: 0.56 } }]])
    const [found] = await fitEach(problem, { plans })
    expect(found?.status === 'fitted' && found.result.estimates.map(({ name }) => name)).toEqual(
      estimated.map(({ name }) => name),
    )
  })

  it('need an id of their own, and plans a subject', async () => {
    await expect(fitEach(problemOf([empty, empty]))).rejects.toThrow('two subjects are called empty')
    await expect(fitEach(problemOf([empty]), { plans: new Map([['x', {}]]) })).rejects.toThrow(
      'there is a plan for subject x',
    )
  })
})

describe('what the data of a patient identify', () => {
  const rising = subject(
    [1, 3, 5, 7].map((time) => ({ endpoint: 0, time, value: 10 * 2 ** time, sd: 0.1 })),
    { id: 'rising' },
  )
  const given = {
    ...problemOf([rising]),
    endpoints: [{ quantity: 'C', scale: 'log' as const, error: { kind: 'given' as const } }],
  }

  it('is said in words: nothing after the last value, where the peak is beyond it', async () => {
    const estimated = given.estimated.filter(({ name }) => ['Cmax', 'alpha', 'beta'].includes(name))
    const [found] = await fitEach({ ...given, estimated })
    if (found?.status !== 'fitted') throw new Error('not fitted')
    const said = new Map(found.identifications.map((one) => [one.name, one]))
    expect(said.get('Cmax')?.identified).toBe('yes')
    expect(said.get('alpha')).toMatchObject({ identified: 'no' })
    expect(said.get('alpha')?.reason).toContain('no prediction depends on alpha')
    expect(said.get('beta')?.identified).toBe('no')
  })

  it('is only one side, where an estimate is at its bound', async () => {
    const estimated = [estimate('Cmax', 24000, 'log', 20000, 1e6)]
    const [found] = await fitEach({ ...given, estimated })
    expect(found?.status === 'fitted' && found.identifications).toEqual([
      {
        name: 'Cmax',
        identified: 'at-bound',
        reason: 'it is at its lower bound 20000: the data fit best with it as small or smaller',
      },
    ])
  })
})

describe('a minimum at a kink', () => {
  it('is found as one, where the time of the peak meets an observation, and its interval by its profile', async () => {
    // Day 7 is the best time of the peak from either side: the objective has a kink there and no gradient of 0.
    const values = [119.3, 556.6, 28520, 23260, 6901, 10800, 2415, 242.2, 71.51, 69.32]
    const times = [1, 3, 7, 10, 14, 21, 28, 60, 90, 180]
    const one = subject(
      times.map((time, k) => ({ endpoint: 0, time, value: values[k] ?? Number.NaN })),
      { id: 'kinked' },
    )
    const problem = problemOf([one])
    const estimated = problem.estimated.filter(({ name }) => name !== 'sd')
    const plans = new Map([[one.id, { estimated, errorParameters: { sd: 0.56 } }]])
    const [found] = await fitEach(problem, { plans, profiles: true })
    if (found?.status !== 'fitted') throw new Error('not fitted')
    expect(found.searches.map(({ status }) => status)).toEqual(['converged'])
    expect(found.result.outcome).toEqual({ status: 'converged', reason: 'kink' })
    expect(found.result.kinks.map(({ name }) => name)).toEqual(['Tmax'])
    const [, Tmax] = found.result.estimates
    expect(Tmax?.estimate).toBeCloseTo(7, 10)
    expect(Tmax?.standardError).toBeNaN()
    const profiled = found.profiles.find(({ name }) => name === 'Tmax')
    expect(profiled?.lower).toBeGreaterThan(4)
    expect(profiled?.lower).toBeLessThan(7)
    expect(profiled?.upper).toBeGreaterThan(7)
    expect(profiled?.upper).toBeLessThan(14)
  })
})

describe('profiles of a patient', () => {
  it('say of each parameter what its data determine, and bring the fit to the better point that they find', async () => {
    const one = subjectOf(patients[2] ?? { id: '', rows: [] })
    const problem = problemOf([one])
    const estimated = problem.estimated.filter(({ name }) => name !== 'sd')
    const plans = new Map([[one.id, { estimated, errorParameters: { sd: 0.3 } }]])
    const [found] = await fitEach(problem, { plans, profiles: true })
    if (found?.status !== 'fitted') throw new Error('not fitted')
    expect(found.profiles.map(({ name }) => name)).toEqual(estimated.map(({ name }) => name))
    expect(found.profiles.every(({ better }) => better === null)).toBe(true)
    const isClosed = (end: ProfileEnd) => end.kind === 'closed' && end.heldBy === undefined
    for (const [k, { lower, upper, lowerEnd, upperEnd }] of found.profiles.entries()) {
      const { identified = '', reason = '' } = found.identifications[k] ?? {}
      if (identified === 'yes') expect(upper / lower).toBeLessThan(16)
      if (identified === 'yes') expect(reason).toBe('')
      else expect(reason).not.toBe('')
      if (identified === 'one-sided') expect(isClosed(lowerEnd) !== isClosed(upperEnd)).toBe(true)
      if (identified === 'no') expect(isClosed(lowerEnd) || isClosed(upperEnd)).toBe(false)
    }
    const lowest = Math.min(...found.searches.map(({ objective }) => objective))
    expect(found.result.objective).toBe(lowest)
  })
})
