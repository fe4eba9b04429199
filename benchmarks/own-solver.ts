import type { ModelInstance } from '@cartkin/model'
import {
  type EnsembleResult,
  type EnsembleSubject,
  type GridSolution,
  integrateEnsemble,
  integrateOnGrid,
  type Method,
  type Problem,
  type StepControl,
  type TimeEvent,
} from 'ode-ts'
import type { Effort } from './peers/contender.ts'
import type { PreparedProblem } from './problems/prepared.ts'

/**
 * Solves all subjects of a problem as often as asked, in memory of its own, with the steppers the model generates: one
 * subject alone, many as an ensemble in two lanes.
 */
export class OwnSolver {
  readonly #prepared: PreparedProblem
  readonly #method: Method | 'auto'
  readonly #times: Float64Array
  readonly #values: Float64Array
  #effort: Effort = { steps: 0, rejected: 0, rhsEvaluations: 0 }
  /** Instances that no run uses at present. */
  readonly #free: ModelInstance[] = []

  constructor(prepared: PreparedProblem, method: Method | 'auto') {
    const { model, problem, subjects, sensitivities } = prepared
    this.#prepared = prepared
    this.#method = method
    this.#times = Float64Array.from(problem.times)
    const width = model.states.length * Math.max(1, sensitivities.length)
    this.#values = new Float64Array(subjects.length * problem.times.length * width)
  }

  /** Work of the last call of `solve`. */
  get effort(): Effort {
    return this.#effort
  }

  /**
   * Values of all subjects at the outputs, of the sensitivities where they are wanted; NaN from where a run ended early.
   * They hold until the next call.
   */
  solve(rtol: number): Float64Array {
    const { problem, compiled, subjects, sensitivities } = this.#prepared
    const values = this.#values.fill(Number.NaN)
    this.#effort = { steps: 0, rejected: 0, rhsEvaluations: 0 }
    const control: StepControl = {
      rtol,
      atol: Float64Array.from(problem.floor, (floor) => rtol * floor),
      maxSteps: 1e6,
    }
    if (subjects.length > 1 && sensitivities.length === 0) this.#solveEnsemble(control)
    else {
      for (const [k, parameters] of subjects.entries()) {
        const instance = this.#take()
        const subject = this.#subject(k, parameters, instance)
        const { problem, output } = subject
        this.#count(integrateOnGrid(problem, output, this.#method, control, {}, compiled.stepperFactory))
        this.#free.push(instance)
      }
    }
    return values
  }

  #solveEnsemble(control: StepControl): void {
    const { compiled, subjects } = this.#prepared
    const running = new Map<number, ModelInstance>()
    const drawn = subjects.values().map((parameters, k) => {
      const instance = this.#take()
      running.set(k, instance)
      return this.#subject(k, parameters, instance)
    })
    const finished = (k: number, result: EnsembleResult) => {
      if (result.status === 'integrated') this.#count(result)
      const instance = running.get(k)
      running.delete(k)
      if (instance !== undefined) this.#free.push(instance)
    }
    integrateEnsemble(drawn, this.#method, control, finished, compiled.laneStepperFactory)
  }

  #count({ statistics }: GridSolution): void {
    const { steps, rejected, rhsEvaluations } = this.#effort
    this.#effort = {
      steps: steps + statistics.steps,
      rejected: rejected + statistics.rejected,
      rhsEvaluations: rhsEvaluations + statistics.rhsEvaluations,
    }
  }

  #take(): ModelInstance {
    return this.#free.pop() ?? this.#prepared.compiled.instantiate()
  }

  #subject(k: number, parameters: Float64Array, instance: ModelInstance): EnsembleSubject {
    const values = this.#values
    const first = (k * values.length) / this.#prepared.subjects.length
    const receive = (index: number, y: Float64Array, s: Float64Array | null) => {
      const from = s ?? y
      const to = first + index * from.length
      // a call of `set` costs more than a few numbers
      for (let i = 0; i < from.length; i++) values[to + i] = from[i]!
    }
    const receiveStates = (index: number, count: number, states: Float64Array, offset: number) => {
      const length = count * instance.dimension
      values.set(states.subarray(offset, offset + length), first + index * instance.dimension)
    }
    const output = { times: this.#times, receive, receiveStates }
    return { problem: subjectProblem(this.#prepared, instance, parameters), output }
  }
}

/** A subject's problem on an instance, which serves one run at a time. */
function subjectProblem(
  { problem, sensitivities }: PreparedProblem,
  instance: ModelInstance,
  parameters: Float64Array,
): Problem {
  const y0 = new Float64Array(instance.dimension)
  instance.setParameters(parameters)
  instance.rates.fill(0)
  instance.beginSegment(0)
  instance.initialState(y0)
  const span = { t0: 0, y0, t1: problem.times.at(-1)!, events: infusions(problem.doses ?? [], instance) }
  if (sensitivities.length === 0) return { system: instance, ...span }
  const system = instance.sensitivities(sensitivities)
  const s0 = new Float64Array(sensitivities.length * instance.dimension)
  system.initialState(s0)
  return { system, ...span, sensitivities: s0 }
}

function infusions(
  doses: NonNullable<PreparedProblem['problem']['doses']>,
  { model, rates }: ModelInstance,
): TimeEvent[] {
  return doses.flatMap(({ time, cmt, amt = 0, duration = 0 }) => {
    const state = model.states.findIndex(({ name }) => name === cmt)
    const change = (by: number) => () => {
      rates[state]! += by
    }
    return [
      { t: time, apply: change(amt / duration) },
      { t: time + duration, apply: change(-amt / duration) },
    ]
  })
}
