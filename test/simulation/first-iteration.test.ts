import { parameterVector, simulateSubject } from '@cartkin/simulation'
import { methods } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { compiled } from './fixtures.ts'

// An infusion ends, the first attempt after it fails, and its last Newton iteration came down to rounding.
const model = compiled(`
kin = 4
kout = 0.3
ic50 = 2
C ~ central/5
d/dt(central) = -4*central
d/dt(R) = kin*(1 - C/(ic50 + C)) - kout*R
R(0) = kin/kout
`)

function responses(rtol: number, name: string, tape: boolean): readonly number[] {
  const method = methods.find((candidate) => candidate.name === name)!
  const run = simulateSubject({
    model,
    parameters: parameterVector(model.model),
    records: [{ time: 0, evid: 1, cmt: 'central', amt: 100, rate: 30 }],
    start: 0,
    end: 20,
    options: { rtol, atol: rtol * 1e-3, tape, method },
  })
  return [3, 10 / 3, 3.5, 4, 6, 20].map((t) => run.value(1, t))
}

describe('a Newton iteration after an event', () => {
  const exact = responses(1e-13, 'dop853', true)

  it.each(['radau9', 'radau13'].flatMap((name) => [1e-7, 1e-9, 1e-11].map((rtol) => [name, rtol] as const)))(
    'is not the only one because the attempt before it ended in rounding: %s at %d',
    (name, rtol) => {
      for (const tape of [true, false])
        for (const [k, value] of responses(rtol, name, tape).entries())
          expect(Math.abs(value / exact[k]! - 1)).toBeLessThan(100 * rtol)
    },
  )
})
