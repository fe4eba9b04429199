import { integrate, type Method, methodNamed } from 'ode-ts'
import { OwnSolver } from '../../../benchmarks/own-solver.ts'
import { type PreparedProblem, prepare } from '../../../benchmarks/problems/prepared.ts'
import { problemNamed } from '../../../benchmarks/problems/problems.ts'
import type { GoldenRun } from './golden-run.ts'

/** Problem, method, relative tolerance. */
const byKernels: readonly (readonly [string, string, number])[] = [
  ['P1', 'rodas5p', 1e-6],
  ['P1', 'auto', 1e-5],
  ['P2', 'auto', 1e-6],
  ['P2', 'dop853', 1e-8],
  ['ROBER', 'rodas5p', 1e-6],
  ['ROBER', 'rodas4', 1e-3],
  ['ROBER', 'radau9', 1e-8],
  ['VDPOL', 'auto', 1e-6],
  ['OREGO', 'radau13', 1e-10],
  ['OREGO', 'rodas5p', 1e-6],
  ['HIRES', 'rodas5p', 1e-8],
  ['POLLU', 'auto', 1e-6],
  ['POLLU', 'radau9', 1e-9],
  ['LV', 'tsit5', 1e-6],
  ['LV', 'dop853', 1e-10],
  ['LV', 'auto', 1e-3],
  ['AREN', 'dop853', 1e-9],
  ['AREN', 'tsit5', 1e-6],
  ['BRUS', 'tsit5', 1e-4],
  ['BRUS', 'auto', 1e-10],
  ['PLEI', 'dop853', 1e-8],
  ['PLEI', 'auto', 1e-6],
]

/** Problem, method, relative tolerance, parameters whose sensitivities are carried. */
const withSensitivities: readonly (readonly [string, string, number, readonly string[]])[] = [
  ['P5', 'rodas5p', 1e-5, problemNamed('P5').sensitivities ?? []],
  ['LV', 'tsit5', 1e-7, ['a', 'b', 'd']],
  ['ROBER', 'auto', 1e-6, ['k1', 'k3']],
  ['P2', 'dop853', 1e-8, ['rho', 'kk', 'KE']],
]

/** Without kernels: the model's tapes and the plain steppers. */
const byTapes: readonly (readonly [string, string, number])[] = [
  ['HIRES', 'rodas5p', 1e-6],
  ['VDPOL', 'radau13', 1e-8],
  ['AREN', 'dop853', 1e-7],
]

function solved(prepared: PreparedProblem, method: Method | 'auto', rtol: number): Float64Array {
  return new OwnSolver(prepared, method).solve(rtol).slice()
}

/** Neighbours in the lanes: other parameters, so that steps differ, and some that make no number. */
function companion(parameters: Float64Array, which: number): Float64Array {
  return which % 3 === 2
    ? parameters.map(() => Number.NaN)
    : parameters.map((value) => value * (which % 3 ? 0.93 : 1.04))
}

function kernelRun([name, method, rtol]: (typeof byKernels)[number]): GoldenRun {
  const made = () => {
    const prepared = prepare(problemNamed(name))
    return { prepared, own: prepared.subjects[0]! }
  }
  return {
    name: `${name} by ${method} at ${rtol.toExponential()}`,
    values: () => solved(made().prepared, methodNamed(method), rtol),
    inCompany: (before) => {
      const { prepared, own } = made()
      const subjects = Array.from({ length: before + 3 }, (_, k) => (k === before ? own : companion(own, k)))
      const all = solved({ ...prepared, subjects }, methodNamed(method), rtol)
      const length = all.length / subjects.length
      return all.slice(before * length, (before + 1) * length)
    },
  }
}

function sensitivityRun([name, method, rtol, parameters]: (typeof withSensitivities)[number]): GoldenRun {
  return {
    name: `sensitivities of ${name} by ${method} at ${rtol.toExponential()}`,
    values: () => solved(prepare({ ...problemNamed(name), sensitivities: parameters }), methodNamed(method), rtol),
  }
}

function tapeRun([name, method, rtol]: (typeof byTapes)[number]): GoldenRun {
  return {
    name: `${name} by ${method} at ${rtol.toExponential()}, plain`,
    values: () => {
      const { problem, compiled } = prepare(problemNamed(name))
      const system = compiled.instantiate()
      const y0 = new Float64Array(system.dimension)
      system.initialState(y0)
      const span = { system, t0: 0, y0, t1: problem.times.at(-1)! }
      const atol = Float64Array.from(problem.floor, (floor) => rtol * floor)
      const { trajectory } = integrate(span, methodNamed(method), { rtol, atol })
      return Float64Array.from(
        problem.times.flatMap((t) => {
          trajectory.state(t, y0)
          return [...y0]
        }),
      )
    },
  }
}

/** The classical problems by every method. */
export const problemRuns: readonly GoldenRun[] = [
  ...byKernels.map(kernelRun),
  ...withSensitivities.map(sensitivityRun),
  ...byTapes.map(tapeRun),
]
