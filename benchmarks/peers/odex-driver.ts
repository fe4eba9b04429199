// node odex-driver.ts PROBLEM MODULE: odex on a problem, asked line by line.
import { pathToFileURL } from 'node:url'
import { Solver } from 'odex'
import { prepare } from '../problems/prepared.ts'
import { problemNamed } from '../problems/problems.ts'
import type { Effort } from './contender.ts'
import { serveSolver } from './serve-solver.ts'

type Derivative = (t: number, y: number[]) => number[]

const [problemName = '', file = ''] = process.argv.slice(2)
const { problem, compiled, subjects } = prepare(problemNamed(problemName))
const [parameters] = subjects
if (parameters === undefined || problem.doses !== undefined) throw new Error(`odex does not run ${problemName}`)
const module: { derivative(p: readonly number[]): Derivative } = await import(pathToFileURL(file).href)
const derivative = module.derivative(Array.from(parameters))
const instance = compiled.instantiate()
const initial = new Float64Array(instance.dimension)
instance.setParameters(parameters)
instance.initialState(initial)
const floor = Math.max(...problem.floor)
const values = new Float64Array(initial.length * problem.times.length)

function solverAt(rtol: number): Solver {
  const solver = new Solver(initial.length)
  solver.relativeTolerance = rtol
  solver.absoluteTolerance = rtol * floor
  solver.maxSteps = 100_000
  return solver
}

/** Ends a run at every output. */
function stopping(rtol: number): Effort {
  let state = Array.from(initial)
  let t = 0
  let [steps, rejected, rhsEvaluations] = [0, 0, 0]
  for (const [k, next] of problem.times.entries()) {
    const { y, nAccept, nReject, nEval } = solverAt(rtol).solve(derivative, t, state, next)
    values.set(y, k * initial.length)
    state = y
    t = next
    steps += nAccept
    rejected += nReject
    rhsEvaluations += nEval
  }
  return { steps, rejected, rhsEvaluations }
}

/** Runs to the last output and interpolates. */
function dense(rtol: number): Effort {
  const solver = solverAt(rtol)
  solver.denseOutput = true
  const { times } = problem
  let k = 0
  const end = times.at(-1) ?? 0
  const output = (_: number, before: number, t: number, y: readonly number[], at: (i: number, t: number) => number) => {
    for (let next = times[k]; before < t && next !== undefined && next <= t; next = times[++k]) {
      for (let i = 0; i < y.length; i++) values[k * y.length + i] = next === t ? y[i]! : at(i, next)
    }
  }
  const { nAccept, nReject, nEval } = solver.solve(derivative, 0, Array.from(initial), end, output)
  return { steps: nAccept, rejected: nReject, rhsEvaluations: nEval }
}

await serveSolver((rtol, method) => {
  values.fill(Number.NaN)
  return { effort: method === 'dense' ? dense(rtol) : stopping(rtol), values }
})
