import { type DecisionRule, type EventRecord, parameterVector, simulateWithRules } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { compiled } from './fixtures.ts'

const text = `
k = 0.7
kill = 0.02
el = 0.8
F1 = 0.7
tl = 0.3
x0 = 1
WT = 70
d/dt(X) = k*X*(1 - X/200) - kill*D*X
d/dt(D) = -el*D
X(0) = x0
f(D) = F1
lag(D) = tl
L = log(X) + 0.1*D
G = ifelse(X < 5, 0, 1)
`
const model = compiled(text)
const names = ['k', 'kill', 'el', 'F1', 'tl', 'x0']
const indices = names.map((name) => model.model.parameters.findIndex((parameter) => parameter.name === name))
const width = 4
const times = [1.1, 3.3, 4.2, 6.1, 7.7, 10]

function course(
  rules: readonly DecisionRule[],
  records: readonly EventRecord[],
  moved: Record<string, number>,
  simulated = model,
) {
  return simulateWithRules(
    {
      model: simulated,
      parameters: parameterVector(simulated.model, moved),
      records,
      start: 0,
      end: 10,
      options: { rtol: 1e-12, atol: 1e-14 },
      sensitivities: indices,
    },
    rules,
  )
}

const give = [{ cmt: 'D', amt: 40 }]
const rules: Readonly<Record<string, readonly DecisionRule[]>> = {
  'at a crossing': [{ name: 'r', when: { quantity: 'X', atLeast: 5 }, give }],
  'of an output': [{ name: 'r', when: { quantity: 'L', above: 1.5 }, give }],
  'held for a time, again and again': [
    { name: 'r', when: { quantity: 'X', atLeast: 5, forTime: 0.4 }, give, atMost: 3, apart: 1.5 },
  ],
  'an infusion, later': [
    { name: 'r', when: { quantity: 'X', atLeast: 5 }, give: [{ cmt: 'D', amt: 40, duration: 0.7, after: 0.35 }] },
  ],
  repeated: [{ name: 'r', when: { quantity: 'X', atLeast: 5 }, give: [{ cmt: 'D', amt: 10, ii: 0.5, addl: 3 }] }],
  'one that answers another': [
    { name: 'r', when: { quantity: 'X', atLeast: 5 }, give },
    { name: 'q', when: { quantity: 'D', below: 15, from: 2.9 }, give: [{ cmt: 'X', amt: 2, after: 0.5 }] },
    {
      name: 'p',
      when: {
        any: [
          { quantity: 'X', below: 0.2 },
          { quantity: 'X', above: 7 },
        ],
        forTime: 0.2,
      },
      give,
    },
  ],
}
/** Without lags: jumps are where doses are given. */
const prompt = compiled(text.replace('lag(D) = tl\n', ''))
const jumping: Readonly<Record<string, readonly DecisionRule[]>> = {
  'at a jump by a decided dose': [
    { name: 'r', when: { quantity: 'X', atLeast: 5 }, give },
    { name: 'q', when: { quantity: 'D', above: 10 }, give: [{ cmt: 'X', amt: 2, after: 0.5 }] },
  ],
  'at fixed times, and after': [
    { name: 'r', when: { quantity: 'X', above: 0, from: 2 }, give, atMost: 2, apart: 1 },
    { name: 'q', when: { quantity: 'D', above: 10 }, give: [{ cmt: 'X', amt: 2, after: 0.25 }], atMost: 2, apart: 0.5 },
    { name: 'p', when: { quantity: 'X', above: 4, forTime: 0.1 }, give },
  ],
}
const given: readonly EventRecord[] = [{ time: 0.5, evid: 1, cmt: 'D', amt: 10, duration: 1 }]

describe('sensitivities through decisions', () => {
  it.each([
    ...Object.entries(rules).map(([name, own]) => [name, own, model] as const),
    ...Object.entries(jumping).map(([name, own]) => [name, own, prompt] as const),
  ])('are central differences: %s', (_, own, simulated) => {
    const { run, decided } = course(own, given, {}, simulated)
    expect(run.outcome.status).toBe('finished')
    expect(decided.length).toBeGreaterThanOrEqual(own.length)
    const s = new Float64Array(indices.length * width)
    const [up, down] = [new Float64Array(width), new Float64Array(width)]
    const wrong: string[] = []
    for (const time of times) {
      run.readSensitivities(time, s)
      names.forEach((name, j) => {
        const value = model.model.parameters[indices[j]!]!.value
        const h = 1e-4 * value
        course(own, given, { [name]: value + h }, simulated).run.read(time, up)
        course(own, given, { [name]: value - h }, simulated).run.read(time, down)
        for (const q of [0, 1, 2]) {
          const difference = (up[q]! - down[q]!) / (2 * h)
          const scale = 1 + Math.abs(difference)
          if (!(Math.abs(difference - s[j * width + q]!) / scale < 1e-6))
            wrong.push(`${name} ${q} at ${time}: ${s[j * width + q]} against ${difference}`)
        }
      })
    }
    expect(wrong).toEqual([])
  })

  it('change the course by no more than its tolerance', () => {
    const { run, decided } = course(rules['at a crossing'] ?? [], given, {})
    const plain = simulateWithRules(
      {
        model,
        parameters: parameterVector(model.model),
        records: given,
        start: 0,
        end: 10,
        options: { rtol: 1e-12, atol: 1e-14 },
      },
      rules['at a crossing'] ?? [],
    )
    expect(decided.map(({ rule }) => rule)).toEqual(plain.decided.map(({ rule }) => rule))
    decided.forEach(({ decidedAt }, i) => {
      expect(decidedAt).toBeCloseTo(plain.decided[i]!.decidedAt, 10)
    })
    expect(run.value(0, 8)).toBeCloseTo(plain.run.value(0, 8), 10)
  })

  it.each([
    [{ when: { quantity: 'G', atLeast: 1 } }, 'rule r: the time at which G crosses its threshold has no derivative'],
    [{ when: { quantity: 'X', atLeast: '5*k' } }, 'rule r: 5*k changes with k, which sensitivities do not follow'],
    [{ give: [{ cmt: 'D', amt: '8*kill' }] }, 'rule r: 8*kill changes with kill, which sensitivities do not follow'],
    [{ when: { quantity: 'D', above: 30 } }, 'rule r: the time at which D crosses its threshold is that of a jump'],
  ] satisfies readonly (readonly [Partial<DecisionRule>, string])[])(
    'are refused where they are not known: %#',
    (own, message) => {
      const rule: DecisionRule = { name: 'r', when: { quantity: 'X', atLeast: 5 }, give, ...own }
      const bolus: readonly EventRecord[] = [{ time: 1, evid: 1, cmt: 'D', amt: 50 }]
      expect(() => course([rule], bolus, {})).toThrow(message)
    },
  )
})
