import { libraryModels } from '@cartkin/cart-models'
import { compileModel } from '@cartkin/model'
import { parameterVector, type StartState, type SubjectRun, simulateSubject } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { modelOf } from './fixtures.ts'

interface Asked {
  readonly start?: number
  readonly end?: number
  readonly parameters?: Readonly<Record<string, number>>
  readonly sensitivities?: readonly string[]
  readonly rtol?: number
  readonly records?: Parameters<typeof simulateSubject>[0]['records']
}

function run(text: string, startState: StartState, asked: Asked = {}): SubjectRun {
  const model = compileModel(modelOf(text))
  const names = model.model.parameters.map(({ name }) => name)
  return simulateSubject({
    model,
    parameters: parameterVector(model.model, asked.parameters),
    records: asked.records ?? [],
    start: asked.start ?? 0,
    end: asked.end ?? 10,
    startState,
    options: { rtol: asked.rtol ?? 1e-9, atol: 1e-12 },
    ...(asked.sensitivities && { sensitivities: asked.sensitivities.map((name) => names.indexOf(name)) }),
  })
}

function at(course: SubjectRun, t: number, quantities: number): Float64Array {
  const out = new Float64Array(quantities)
  course.read(t, out)
  return out
}

const turnover = 'kin = 6\nkout = 0.5\nd/dt(R) = kin - kout*R\nd/dt(P) = kout*R - P\nR(0) = 1\n'
const steady: StartState = { settle: { kind: 'steady-state' } }

describe('a run that begins with given values', () => {
  it('has them in place of x(0), and keeps the others', () => {
    const course = run(turnover, { values: { P: 3 } })
    expect([...at(course, 0, 2)]).toEqual([1, 3])
  })

  it('has no derivative of them', () => {
    const text = 'a = 2\nd/dt(R) = -R\nR(0) = a\n'
    const s = new Float64Array(1)
    run(text, {}, { sensitivities: ['a'] }).readSensitivities(0, s)
    expect(s[0]).toBe(1)
    run(text, { values: { R: 5 } }, { sensitivities: ['a'] }).readSensitivities(0, s)
    expect(s[0]).toBe(0)
  })

  it('goes back to them at a reset', () => {
    const course = run(turnover, { values: { R: 40 } }, { records: [{ time: 4, evid: 3 }] })
    expect(at(course, 4, 2)[0]).toBe(40)
  })

  it.each([
    [{ values: { Q: 1 } }, /start gives a value of Q, which is no state of the model; it has R, P|did you mean/],
    [{ values: { R: Number.NaN } }, /the start value of R must be a finite number, got NaN/],
    [{ settle: { kind: 'burn-in', duration: 0 } }, /duration of a burn-in must be a number above 0, got 0/],
  ] as const)('refuses %j', (state, message) => {
    expect(() => run(turnover, state)).toThrow(message)
  })
})

describe('a burn-in', () => {
  it('is the untreated run before the start, its time included', () => {
    const text = 'k = 0.3\nif (t < -5) {\n  in = 2\n} else {\n  in = 1\n}\nd/dt(A) = in - k*A\n'
    const whole = run(text, {}, { start: -20, end: 10 })
    const after = run(text, { settle: { kind: 'burn-in', duration: 20 } })
    for (const t of [0, 1, 5, 10]) expect(at(after, t, 2)[0]).toBeCloseTo(at(whole, t, 2)[0]!, 7)
  })

  it('carries its sensitivities, and begins with the values given', () => {
    const course = run(
      turnover,
      { values: { R: 4 }, settle: { kind: 'burn-in', duration: 3 } },
      { sensitivities: ['kout'] },
    )
    // R(t) = kin/kout + (4 − kin/kout) exp(−kout t)
    const closed = (k: number) => 6 / k + (4 - 6 / k) * Math.exp(-k * 3)
    const s = new Float64Array(2)
    course.readSensitivities(0, s)
    expect(at(course, 0, 2)[0]).toBeCloseTo(closed(0.5), 7)
    expect(s[0]).toBeCloseTo((closed(0.5 + 1e-5) - closed(0.5 - 1e-5)) / 2e-5, 5)
  })

  it('gives nothing', () => {
    const records = [{ time: 0, evid: 1 as const, cmt: 'R', amt: 7 }]
    const treated = run(turnover, { settle: { kind: 'burn-in', duration: 50 } }, { records })
    expect(at(treated, 0, 2)[0]).toBeCloseTo(12 + 7, 7)
  })

  it('that fails is an outcome', () => {
    const course = run('d/dt(A) = A*A\nA(0) = 1\n', { settle: { kind: 'burn-in', duration: 5 } })
    expect(course.outcome).toMatchObject({
      status: 'failed',
      message: expect.stringMatching(/^in the burn-in from -5/),
    })
  })
})

describe('the steady state of the untreated patient', () => {
  it('is where a run begins, and where a reset leads', () => {
    const records = [
      { time: 1, evid: 1 as const, cmt: 'R', amt: 7 },
      { time: 4, evid: 3 as const },
    ]
    const course = run(turnover, steady, { records })
    expect([...at(course, 0, 2)]).toEqual([expect.closeTo(12, 9), expect.closeTo(6, 9)])
    expect([...at(course, 4, 2)]).toEqual([expect.closeTo(12, 9), expect.closeTo(6, 9)])
  })

  it.each([
    ['growth', 'd/dt(A) = 0.1*A\nA(0) = 1\n'],
    ['an oscillation', 'd/dt(A) = B\nd/dt(B) = -A\nA(0) = 1\n'],
  ])('that does not exist is a typed failure: %s', (_, text) => {
    const course = run(text, steady)
    expect(course.outcome).toMatchObject({ status: 'failed', t: 0, message: expect.stringMatching(/no steady state/) })
    expect(course.end).toBeLessThan(0)
  })

  it('has the sensitivities of the implicit function theorem: those of closed forms', () => {
    const course = run(turnover, steady, { sensitivities: ['kin', 'kout'] })
    const s = new Float64Array(4)
    course.readSensitivities(0, s)
    expect([...s]).toEqual([2, 6 / 6, -24, 0].map((value) => expect.closeTo(value, 9)))
  })

  it.each([
    ['a turnover that a drug slows', 'kin', 'kout', 'IC', 'k'],
    ['the same after a burn-in', 'kin', 'kout', 'IC', 'k'],
  ])('moves the whole course with the parameters: %s', (kind, ...names) => {
    const text =
      'kin = 6\nkout = 0.5\nIC = 2\nk = 0.3\nd/dt(D) = -k*D\nd/dt(R) = kin*IC/(IC + D) - kout*R\nd/dt(S) = R*R - S\nR(0) = 1\n'
    const state: StartState = kind.startsWith('a') ? steady : { settle: { kind: 'burn-in', duration: 4 } }
    const records = [
      { time: 1, evid: 1 as const, cmt: 'D', amt: 10 },
      { time: 5, evid: 3 as const },
      { time: 6, evid: 1 as const, cmt: 'D', amt: 4 },
    ]
    const asked = { records, rtol: 1e-11 }
    const course = run(text, state, { ...asked, sensitivities: names })
    const model = modelOf(text)
    for (const t of [0, 3, 5, 8]) {
      const s = new Float64Array(names.length * 3)
      course.readSensitivities(t, s)
      names.forEach((name, j) => {
        const value = model.parameters.find((parameter) => parameter.name === name)?.value ?? Number.NaN
        const h = 1e-4 * value
        const [up, down] = [value + h, value - h].map((moved) =>
          at(run(text, state, { ...asked, parameters: { [name]: moved } }), t, 3),
        )
        for (let i = 0; i < 3; i++) {
          const difference = (up![i]! - down![i]!) / (2 * h)
          expect(Math.abs(s[j * 3 + i]! - difference)).toBeLessThanOrEqual(1e-6 * Math.max(Math.abs(difference), 1e-3))
        }
      })
    }
  })

  it('has those of the start where something is conserved', () => {
    const text = 'a = 2\nb = 3\nn = 10\nd/dt(A) = -a*A + b*B\nd/dt(B) = a*A - b*B\nA(0) = n\n'
    const s = new Float64Array(6)
    run(text, steady, { sensitivities: ['a', 'b', 'n'] }).readSensitivities(0, s)
    // A = n b/(a + b)
    const [a, b, n] = [2, 3, 10]
    const da = (-n * b) / (a + b) ** 2
    const db = (n * a) / (a + b) ** 2
    expect([...s]).toEqual([da, -da, db, -db, b / (a + b), a / (a + b)].map((value) => expect.closeTo(value, 7)))
  })

  describe.each(['lupus-qsp', 'oncology-qsp'])('of %s', (id) => {
    const library = libraryModels.find((model) => model.id === id)
    const model = modelOf(library?.text ?? '')
    const width = model.states.length + model.outputs.length

    it.each([1e-4, 1e-6, 1e-9])('does not drift within a year at a tolerance of %s', (rtol) => {
      const course = run(library?.text ?? '', steady, { end: 365, rtol })
      expect(course.outcome.status).toBe('finished')
      const first = at(course, 0, width)
      for (let day = 0; day <= 365; day += 5) {
        const now = at(course, day, width)
        for (let k = 0; k < model.states.length; k++)
          expect(Math.abs(now[k]! - first[k]!)).toBeLessThanOrEqual(1e-6 * Math.abs(first[k]!) + 1e-24)
      }
    })

    it('has the sensitivities of central differences', () => {
      const names = [
        'k15',
        'kTH',
        'e15',
        'p6',
        'IFNG0',
        'CRPmax',
        'NC0',
        ...(id === 'lupus-qsp' ? ['r_A', 'A0', 'd_A'] : ['TSmax', 'TS0', 'gT']),
      ]
      const course = run(library?.text ?? '', steady, { end: 0, sensitivities: names })
      const s = new Float64Array(names.length * width)
      course.readSensitivities(0, s)
      names.forEach((name, j) => {
        const value = model.parameters.find((parameter) => parameter.name === name)?.value ?? Number.NaN
        const h = 1e-4 * value
        const [up, down] = [value + h, value - h].map((moved) =>
          at(run(library?.text ?? '', steady, { end: 0, parameters: { [name]: moved } }), 0, width),
        )
        const y = at(course, 0, width)
        for (let k = 0; k < model.states.length; k++) {
          const difference = (up![k]! - down![k]!) / (2 * h)
          const scale = Math.max(Math.abs(difference), Math.abs(y[k]! / value), 1e-12)
          expect(Math.abs(s[j * width + k]! - difference) / scale, `${name}: ${model.states[k]?.name}`).toBeLessThan(
            1e-6,
          )
        }
      })
    })
  })
})
