import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Solver } from 'odex'
import type { PreparedProblem } from '../problems/prepared.ts'
import { cacheFolder } from './cache-folder.ts'
import type { Contender } from './contender.ts'
import { printJavaScript } from './print-javascript.ts'

type Derivative = (t: number, y: number[]) => number[]

/** odex 2 (npm): Gragg–Bulirsch–Stoer extrapolation on the right-hand side as plain JavaScript; for problems without doses. */
export async function odex(prepared: PreparedProblem): Promise<Contender> {
  const { problem, model, compiled, subjects } = prepared
  const [parameters] = subjects
  if (parameters === undefined || problem.doses !== undefined) throw new Error(`odex does not run ${problem.name}`)
  const { derivative } = await loadModule(printJavaScript(model))
  const rightHandSide = derivative(Array.from(parameters))
  const n = model.states.length
  const initial = new Float64Array(n)
  const instance = compiled.instantiate()
  instance.setParameters(parameters)
  instance.initialState(initial)
  const solve = (rtol: number) =>
    solveOnce(rightHandSide, Array.from(initial), problem.times, rtol, Math.max(...problem.floor))
  return {
    name: 'odex',
    solve: async (rtol) => solve(rtol),
    async time(rtol, repeats) {
      const start = process.cpuUsage()
      for (let k = 0; k < repeats; k++) solve(rtol)
      const { user, system } = process.cpuUsage(start)
      return (user + system) / repeats
    },
    close() {},
  }
}

/** Stopped at every output, which is quicker than its dense output. */
function solveOnce(
  derivative: Derivative,
  initial: readonly number[],
  times: readonly number[],
  rtol: number,
  floor: number,
): Float64Array {
  const n = initial.length
  const values = new Float64Array(n * times.length)
  let state = [...initial]
  let t = 0
  for (const [k, next] of times.entries()) {
    const solver = new Solver(n)
    solver.relativeTolerance = rtol
    solver.absoluteTolerance = rtol * floor
    solver.denseOutput = false
    solver.maxSteps = 100_000
    state = solver.solve(derivative, t, state, next).y
    values.set(state, k * n)
    t = next
  }
  return values
}

/** Generated text becomes a file and is imported: a benchmark's rival, not the product, runs generated JavaScript. */
async function loadModule(text: string): Promise<{ derivative(p: readonly number[]): Derivative }> {
  const folder = join(cacheFolder(), 'javascript')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${createHash('sha256').update(text).digest('hex').slice(0, 16)}.mjs`)
  writeFileSync(file, text)
  return import(pathToFileURL(file).href)
}
