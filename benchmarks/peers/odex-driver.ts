// node odex-driver.ts PROBLEM MODULE: odex on a problem, asked line by line.
import { pathToFileURL } from 'node:url'
import { Solver } from 'odex'
import { prepare } from '../problems/prepared.ts'
import { problemNamed } from '../problems/problems.ts'
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

/** Stopped at every output, which is quicker than its dense output. */
await serveSolver((rtol) => {
  let state = Array.from(initial)
  let t = 0
  for (const [k, next] of problem.times.entries()) {
    const solver = new Solver(initial.length)
    solver.relativeTolerance = rtol
    solver.absoluteTolerance = rtol * floor
    solver.denseOutput = false
    solver.maxSteps = 100_000
    state = solver.solve(derivative, t, state, next).y
    values.set(state, k * initial.length)
    t = next
  }
  return values
})
