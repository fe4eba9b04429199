import {
  createStepper,
  type LaneStepperFactory,
  type Method,
  type SensitivitySystem,
  type StepperFactory,
  type System,
  scalarLanes,
  type Tolerances,
} from 'ode-ts'
import type { Algebra } from '../algebra.ts'
import type { Model } from '../model.ts'
import { ModelMachine } from '../model-machine.ts'
import type { ModelProgram } from '../model-program.ts'
import { explicitKernel } from './explicit-kernel.ts'
import type { Kernel } from './kernel.ts'
import type { LaneSetting } from './kernel-lane.ts'
import { KernelLaneStepper } from './kernel-lane-stepper.ts'
import { KernelMachine } from './kernel-machine.ts'
import { KernelMemory } from './kernel-memory.ts'
import { type KernelRoots, kernelRoots } from './kernel-roots.ts'
import { KernelStepper } from './kernel-stepper.ts'
import type { LaneCount } from './memory-layout.ts'
import { rosenbrockKernel } from './rosenbrock-kernel.ts'
import { compileKernel, type KernelModule } from './web-assembly.ts'

interface CompiledKernel {
  readonly kernel: Kernel
  readonly module: KernelModule
  /** The instance that the steppers of this thread share, made for the first. */
  machine?: KernelMachine
}

/** The kernels of one model, each made at its first use. */
export class KernelCache {
  readonly #model: Model
  readonly #algebra: Algebra
  readonly #program: ModelProgram
  readonly #kernels = new Map<string, CompiledKernel | null>()
  readonly #methods = new Map<Method, string>()
  #roots: KernelRoots | undefined

  constructor(model: Model, algebra: Algebra, program: ModelProgram) {
    this.#model = model
    this.#algebra = algebra
    this.#program = program
  }

  /** Steppers by kernels for instances of the model, without sensitivities; the plain ones for everything else. */
  readonly stepperFactory: StepperFactory = (method, system, tolerances, sensitivities) => {
    const made = this.#setting(method, system, tolerances, sensitivities, 1)
    return made === null
      ? createStepper(method, system, tolerances, sensitivities)
      : new KernelStepper(made.setting, made.instance)
  }

  /** Likewise with two lanes; two scalar steppers where there is no kernel. */
  readonly laneStepperFactory: LaneStepperFactory = (method, system, tolerances, sensitivities) => {
    const made = this.#setting(method, system, tolerances, sensitivities, 2)
    return made === null
      ? scalarLanes(this.stepperFactory)(method, system, tolerances, sensitivities)
      : new KernelLaneStepper(made.setting, made.instance)
  }

  #setting(
    method: Method,
    system: System,
    tolerances: Tolerances,
    sensitivities: SensitivitySystem | null,
    lanes: LaneCount,
  ): { readonly setting: LaneSetting; readonly instance: ModelMachine } | null {
    if (sensitivities !== null || !(system instanceof ModelMachine) || system.model !== this.#model) return null
    const compiled = this.kernel(method, lanes)
    if (compiled === null) return null
    const machine = compiled.machine ?? new KernelMachine(compiled.kernel, compiled.module)
    compiled.machine = machine
    const memory = new KernelMemory(machine, tolerances.rtol, tolerances.atol)
    const makePlain = (instance: ModelMachine) => createStepper(method, instance, tolerances, null)
    return { setting: { model: this.#model, method, memory, tolerances, makePlain }, instance: system }
  }

  /** The kernel of a method; null where there is none. */
  kernel(method: Method, lanes: LaneCount): CompiledKernel | null {
    const number = this.#methods.get(method) ?? String(this.#methods.size)
    this.#methods.set(method, number)
    const key = `${number}/${lanes}`
    const known = this.#kernels.get(key)
    if (known !== undefined) return known
    const compiled = this.#compile(method, lanes)
    this.#kernels.set(key, compiled)
    return compiled
  }

  #compile(method: Method, lanes: LaneCount): CompiledKernel | null {
    const roots = this.#roots ?? kernelRoots(this.#model, this.#algebra, this.#program)
    this.#roots = roots
    const kernel = kernelOf(method, roots, this.#algebra, lanes)
    const module = kernel && compileKernel(kernel.bytes)
    return kernel === undefined || module === undefined ? null : { kernel, module }
  }
}

function kernelOf(method: Method, roots: KernelRoots, algebra: Algebra, lanes: LaneCount): Kernel | undefined {
  switch (method.kind) {
    case 'explicit':
      return explicitKernel(method, roots, algebra, lanes)
    case 'rosenbrock':
      return rosenbrockKernel(method, roots, algebra, lanes)
    default:
      return undefined
  }
}
