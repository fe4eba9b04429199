import type { LaneStepperFactory, SensitivitySystem, StepperFactory, System } from 'ode-ts'
import type { Model } from './model.ts'
import type { SharedModel } from './shared-model.ts'

/**
 * A model made ready to run: tapes of its right-hand side, Jacobian, outputs and, when asked for, their derivatives.
 * Immutable; make one instance per solve that runs at the same time.
 */
export interface CompiledModel {
  readonly model: Model
  instantiate(): ModelInstance
  /**
   * Steppers for `integrate` that run generated WebAssembly: for an instance of this model, or its
   * sensitivities. The module of a method is made at its first use and kept. For everything else, and where the engine has no WebAssembly
   * with vectors, they are the plain steppers.
   */
  readonly stepperFactory: StepperFactory
  /**
   * The plain steppers over the tapes, in the order of operations of the kernels: slower, and an independent path to the
   * same solution. What tapes and kernels compute of a model (f, ∂f/∂y, ∂f/∂t, outputs, sensitivities) agrees bit for bit,
   * and so do solutions by explicit and Rosenbrock methods, and by 'auto' above a relative tolerance of 1e-7. Those by Radau
   * IIA differ within the tolerance: its kernel iterates on pairs of stages, by matrices that are not pivoted, and its
   * iterations end at other roundings.
   */
  readonly tapeStepperFactory: StepperFactory
  /**
   * The same for `integrateEnsemble`, two subjects in lanes: each has the bits that `stepperFactory` gives it alone, in
   * either lane and beside any partner.
   */
  readonly laneStepperFactory: LaneStepperFactory
  /** The model with `linCmt()` as a forcing function; null where it has no closed form, or nothing else is to be solved. */
  readonly forced: ForcedModel | null
  /** What another thread needs to run this model without making it again, with the kernels made so far. */
  share(): SharedModel
}

/**
 * A model in which the compartments of `linCmt()` are known in closed form within a segment, from what they held at its start.
 *
 * Its states are those of the model, where `compartments` are what these held, then what is infused into each of
 * `compartments`: nothing of that moves. Its parameters, switches and dose inputs follow the model's. Its outputs are the
 * amounts in `compartments`, then the least relative distance of their slopes: where that is small, digits are lost.
 */
export interface ForcedModel {
  readonly compiled: CompiledModel
  readonly compartments: readonly number[]
}

/** The inputs of a segment: a copy of the parameters, the same array as long as they are the same, and one of switches and dose inputs. */
export interface ModelInputs {
  readonly parameters: Float64Array
  readonly segment: Float64Array
}

/** A runnable copy of a model with its own memory. */
export interface ModelInstance extends System {
  readonly model: Model
  /** Infusion rate into each state, added to its derivative; the simulation sets it between segments. Length n. */
  readonly rates: Float64Array
  /** Sets all parameters, in `model.parameters` order, and evaluates what depends on them alone. */
  setParameters(values: Float64Array): void
  /**
   * The time for which `initialState` and the dosing properties are evaluated, with the dose inputs as they are then: the
   * start of the run, or the time at which a dose is given. 0 until set; without effect where the text gives them in
   * parameters alone.
   */
  setMoment(t: number): void
  /** x(0) of every state into `out`. */
  initialState(out: Float64Array): void
  /** Dosing properties of state i at the present parameters and moment: f, lag, dur, rate; NaN where the text gives no dur or rate. */
  bioavailability(state: number): number
  lag(state: number): number
  duration(state: number): number
  rate(state: number): number
  /** τ of every switch at the present parameters. */
  switchTimes(out: Float64Array): void
  /** Fixes the switches to what they are just after `t`: for the segment that begins there. */
  beginSegment(t: number): void
  /** Values of `model.doseInputs` from here on; at first those before any dose. Those of linear inputs are left as they are. */
  setDoses(values: Float64Array): void
  /** Another number after every change of parameters, switches or dose inputs. */
  readonly inputVersion: number
  readonly inputs: ModelInputs
  /** For an instance of a forced model: the inputs of the model itself in the segment at hand, and where it starts. */
  follow(inputs: ModelInputs, start: number): void
  /** Slope of an input that is linear in time (an index into `model.parameters`), from `since` on; 0 at first. */
  setSlope(parameter: number, slope: number, since: number): void
  /**
   * Whether the model is linear (affine) in its states, with coefficients that stand still within a segment, so that its course
   * from one event or switch to the next is known in closed form: `linCmt()`, and equations of that kind.
   */
  readonly isLinear: boolean
  /** Whether the text lets the rate of change of one state depend on another. */
  isCoupled(state: number, on: number): boolean
  /** How many comparisons of states, or of the time after a dose, the rates of change depend on. */
  readonly conditionCount: number
  /** The states that comparison `index` depends on, ascending. */
  conditionStates(index: number): Int32Array
  /**
   * A function of time and state for comparison `index` that changes its sign where the comparison changes its answer; a
   * step is to end there. 1 where it has no value.
   */
  condition(index: number, t: number, y: Float64Array): number
  /** The states that the outputs need, ascending. */
  readonly outputStates: Int32Array
  /** Outputs at (t, y), in `model.outputs` order; switches as they are at `t` itself, dose inputs as they were set last. */
  outputs(t: number, y: Float64Array, out: Float64Array): void
  /**
   * The same for the first `count` rows of `states` (rows × n) at `times`, into the rows of `out` (rows × outputs): bit
   * for bit what `outputs` gives, and quicker for many.
   */
  outputRows(count: number, times: Float64Array, states: Float64Array, out: Float64Array): void
  /** The derivatives with respect to the chosen parameters (indices into `model.parameters`); shares this instance's parameters, rates, switches and dose inputs. */
  sensitivities(parameters: readonly number[]): ModelSensitivities
}

/** Exact derivatives of a model with respect to m chosen parameters; arrays are parameter-major. */
export interface ModelSensitivities extends SensitivitySystem {
  /** ∂rate/∂p of the infusion into each state (m × n), added to ∂f/∂p; the simulation sets it between segments. */
  readonly rates: Float64Array
  /** ∂x(0)/∂p (m × n). */
  initialState(out: Float64Array): void
  /** ∂outputs/∂y · s_j + ∂outputs/∂p_j (m × outputs). */
  outputs(t: number, y: Float64Array, s: Float64Array, out: Float64Array): void
  /** ∂f/∂p, ∂lag/∂p, ∂dur/∂p, ∂rate/∂p of state i (length m; zeros where the text gives none). */
  bioavailability(state: number, out: Float64Array): void
  lag(state: number, out: Float64Array): void
  duration(state: number, out: Float64Array): void
  rate(state: number, out: Float64Array): void
  /** ∂τ/∂p of switch k (length m). */
  switchTime(index: number, out: Float64Array): void
}
