import { simulateSubject } from '@cartkin/simulation'
import type { Method } from 'ode-ts'
import type { Contender } from './peers/contender.ts'
import type { PreparedProblem } from './problems/prepared.ts'

/** cartkin on a problem, subject by subject, the way its users run it; `method` as a user would name it. */
export function ownContender(prepared: PreparedProblem, method: Method | 'auto'): Contender {
  const pass = (rtol: number) => solveAll(prepared, method, rtol)
  return {
    name: method === 'auto' ? 'auto' : method.name,
    solve: async (rtol) => pass(rtol),
    async time(rtol, repeats) {
      const start = process.cpuUsage()
      for (let k = 0; k < repeats; k++) pass(rtol)
      const { user, system } = process.cpuUsage(start)
      return (user + system) / repeats
    },
    close() {},
  }
}

/** Values of all subjects at the outputs; NaN from where a run ended early. */
export function solveAll(
  { problem, model, compiled, subjects, sensitivities }: PreparedProblem,
  method: Method | 'auto',
  rtol: number,
): Float64Array {
  const { times, floor, doses = [] } = problem
  const n = model.states.length
  const width = sensitivities.length > 0 ? sensitivities.length * n : n
  const atolByState = Object.fromEntries(model.states.map(({ name }, i) => [name, rtol * floor[i]!]))
  const values = new Float64Array(subjects.length * times.length * width).fill(Number.NaN)
  for (const [k, parameters] of subjects.entries()) {
    const run = simulateSubject({
      model: compiled,
      parameters,
      records: doses,
      start: 0,
      end: times.at(-1)!,
      options: { method, rtol, atolByState, maxSteps: 1_000_000 },
      ...(sensitivities.length > 0 && { sensitivities }),
    })
    for (const [row, t] of times.entries()) {
      if (t > run.end) break
      const at = (k * times.length + row) * width
      const out = values.subarray(at, at + width)
      if (sensitivities.length > 0) run.readSensitivities(t, out)
      else run.read(t, out)
    }
  }
  return values
}
