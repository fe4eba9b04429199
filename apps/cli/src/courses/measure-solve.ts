import { type SolverSettings, solverOptions } from '@cartkin/compute'
import { compileModel, parseModel } from '@cartkin/model'
import {
  gridTable,
  parameterVector,
  type Regimen,
  regimenRecords,
  type StartState,
  type SubjectSimulation,
  simulateSubject,
  simulationStart,
} from '@cartkin/simulation'

export interface SolveTiming {
  /** Median over the repeats: solving and reading all wanted times. */
  readonly solveMicroseconds: number
  readonly firstSolveMicroseconds: number
  /** From text to a model that runs. */
  readonly compileMilliseconds: number
  readonly steps: number
  readonly rejected: number
  readonly rhsEvaluations: number
  readonly jacobianEvaluations: number
  readonly pivotFallbacks: number
}

const warmUpMilliseconds = 300
const measuredMilliseconds = 500
const fewestRepeats = 5

/** Times a solve of one patient, from the compiled model to the table of results, after warm-up. */
export function measureSolve(
  text: string,
  treatment: {
    readonly parameters: Readonly<Record<string, number>>
    readonly regimen: Regimen
    readonly times: Float64Array
    readonly start: number
    readonly startState?: StartState
    readonly solver: SolverSettings
  },
): SolveTiming {
  const compiling = performance.now()
  const parsed = parseModel(text)
  if (!parsed.ok) throw new Error('the model has errors')
  const model = compileModel(parsed.model)
  const compileMilliseconds = performance.now() - compiling
  const { times, regimen, solver } = treatment
  const parameters = parameterVector(model.model, treatment.parameters)
  const end = times.at(-1) ?? treatment.start
  const records = regimenRecords(model.model, regimen, parameters).filter(({ time }) => time <= end)
  const start = simulationStart(records, times, treatment.start)
  const begun = treatment.startState === undefined ? {} : { startState: treatment.startState }
  const simulation: SubjectSimulation = {
    model,
    parameters,
    records,
    start,
    ...begun,
    end,
    options: solverOptions(solver),
  }
  const solve = () => {
    const began = performance.now()
    const run = simulateSubject(simulation)
    gridTable(model.model, run, times)
    return { microseconds: 1000 * (performance.now() - began), statistics: run.statistics }
  }
  const first = solve()
  for (const began = performance.now(); performance.now() - began < warmUpMilliseconds; ) solve()
  const samples: number[] = []
  for (
    const began = performance.now();
    performance.now() - began < measuredMilliseconds || samples.length < fewestRepeats;
  )
    samples.push(solve().microseconds)
  const { steps, rejected, rhsEvaluations, jacobianEvaluations, pivotFallbacks } = first.statistics
  return {
    solveMicroseconds: samples.sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? Number.NaN,
    firstSolveMicroseconds: first.microseconds,
    compileMilliseconds,
    steps,
    rejected,
    rhsEvaluations,
    jacobianEvaluations,
    pivotFallbacks,
  }
}
