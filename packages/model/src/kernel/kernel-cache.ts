import {
  createStepper,
  type Lane,
  type LaneStepperFactory,
  type Method,
  methods,
  type SensitivitySystem,
  type Stepper,
  type StepperFactory,
  type System,
  scalarLanes,
  type Tolerances,
} from 'ode-ts'
import type { Algebra } from '../graph/algebra.ts'
import type { Model } from '../model.ts'
import { ModelMachine } from '../tape/model-machine.ts'
import type { ModelProgram } from '../tape/model-program.ts'
import type { ModelRoots } from '../tape/model-roots.ts'
import { SensitivityMachine } from '../tape/sensitivity-machine.ts'
import type { SensitivityProgram } from '../tape/sensitivity-program.ts'
import { hasKernelForm } from './code/math-functions.ts'
import type { LaneCount } from './code/memory-layout.ts'
import { explicitKernel } from './explicit/explicit-kernel.ts'
import type { Kernel } from './kernel.ts'
import type { LaneSetting } from './kernel-lane.ts'
import { KernelLaneStepper } from './kernel-lane-stepper.ts'
import { KernelMachine } from './kernel-machine.ts'
import { KernelMemory } from './kernel-memory.ts'
import { KernelStepper } from './kernel-stepper.ts'
import { radauKernel } from './radau/radau-kernel.ts'
import { rosenbrockKernel } from './rosenbrock/rosenbrock-kernel.ts'
import { type TangentRoots, tangentRoots } from './tangent-roots.ts'
import { tapeStepper } from './tape-stepper.ts'
import { compileKernel, type KernelModule } from './web-assembly.ts'

interface CompiledKernel {
  readonly kernel: Kernel
  readonly module: KernelModule
  /** The instances that the steppers of this thread share, made for the first; the second for those in lane 1. */
  readonly machines: [KernelMachine?, KernelMachine?]
}

/** A kernel as other threads get it. */
export interface SharedKernel {
  /** Its method and number of lanes. */
  readonly key: string
  readonly kernel: Kernel
  readonly module: KernelModule
}

/** The kernels of one model, each made at its first use. */
export class KernelCache {
  readonly #model: Model
  readonly #algebra: () => Algebra
  readonly #program: ModelProgram
  readonly #kernels = new Map<string, CompiledKernel | null>()
  readonly #methods = new Map<Method, string>()

  /** `algebra`: the graph that holds the nodes of the program, asked for when a kernel is made; `shared`: kernels that exist. */
  constructor(model: Model, program: ModelProgram, algebra: () => Algebra, shared: readonly SharedKernel[] = []) {
    this.#model = model
    this.#algebra = algebra
    this.#program = program
    for (const { key, kernel, module } of shared) this.#kernels.set(key, { kernel, module, machines: [] })
  }

  /** The kernels made so far by methods that every thread knows, without sensitivities. */
  share(): readonly SharedKernel[] {
    return [...this.#kernels].flatMap(([key, compiled]) =>
      compiled === null || !sharedKeys.has(key) ? [] : [{ key, kernel: compiled.kernel, module: compiled.module }],
    )
  }

  /** Steppers by kernels for instances of the model and their sensitivities; the plain ones for everything else. */
  readonly stepperFactory: StepperFactory = (method, system, tolerances, sensitivities) =>
    this.#stepper(method, system, tolerances, sensitivities, 0)

  /** The plain ones for the same, with the same bits. */
  readonly tapeStepperFactory: StepperFactory = (method, system, tolerances, sensitivities) => {
    const instance = this.#instanceOf(system, sensitivities)
    return instance === null
      ? createStepper(method, system, tolerances, sensitivities)
      : tapeStepper(this.#program.roots, instance, method, system, tolerances, sensitivities)
  }

  /** Likewise with two lanes; two scalar steppers for sensitivities, and where there is no kernel. */
  readonly laneStepperFactory: LaneStepperFactory = (method, system, tolerances, sensitivities) => {
    const made = this.#setting(method, system, tolerances, sensitivities, 2, 0)
    return made === null
      ? scalarLanes(this.#stepper)(method, system, tolerances, sensitivities)
      : new KernelLaneStepper(made.setting, made.instance)
  }

  /** Scalar steppers; those of one lane share a kernel's instance, since changing its memory at every step takes time. */
  readonly #stepper = (
    method: Method,
    system: System,
    tolerances: Tolerances,
    sensitivities: SensitivitySystem | null,
    lane: Lane,
  ): Stepper => {
    const made = this.#setting(method, system, tolerances, sensitivities, 1, lane)
    return made === null
      ? this.tapeStepperFactory(method, system, tolerances, sensitivities)
      : new KernelStepper(made.setting, made.instance)
  }

  #setting(
    method: Method,
    system: System,
    tolerances: Tolerances,
    sensitivities: SensitivitySystem | null,
    lanes: LaneCount,
    lane: Lane,
  ): { readonly setting: LaneSetting; readonly instance: ModelMachine } | null {
    const tangents = sensitivities instanceof SensitivityMachine ? sensitivities : null
    if (tangents !== null && lanes === 2) return null
    const instance = this.#instanceOf(system, sensitivities)
    if (instance === null) return null
    const compiled = this.kernel(method, lanes, tangents?.program)
    if (compiled === null) return null
    const machine = compiled.machines[lane] ?? new KernelMachine(compiled.kernel, compiled.module)
    compiled.machines[lane] = machine
    const memory = new KernelMemory(machine, tolerances.rtol, tolerances.atol)
    const makePlain = (one: ModelMachine) => this.tapeStepperFactory(method, tangents ?? one, tolerances, tangents)
    return { setting: { model: this.#model, method, memory, tolerances, tangents, makePlain }, instance }
  }

  /** The instance of the model that a system is, or belongs to; null for any other system. */
  #instanceOf(system: System, sensitivities: SensitivitySystem | null): ModelMachine | null {
    const instance = sensitivities instanceof SensitivityMachine ? sensitivities.machine : system
    const isAlien = sensitivities !== null && !(sensitivities instanceof SensitivityMachine)
    return !isAlien && instance instanceof ModelMachine && instance.model === this.#model ? instance : null
  }

  /** The kernel of a method, with sensitivities or without; null where there is none. */
  kernel(method: Method, lanes: LaneCount, sensitivities?: SensitivityProgram): CompiledKernel | null {
    const key = keyOf(this.#nameOf(method), lanes, sensitivities)
    const known = this.#kernels.get(key)
    if (known !== undefined) return known
    const compiled = this.#compile(method, lanes, sensitivities)
    this.#kernels.set(key, compiled)
    return compiled
  }

  /** Methods of ode-ts have their names, others numbers. */
  #nameOf(method: Method): string {
    if (methods.includes(method)) return method.name
    const name = this.#methods.get(method) ?? String(this.#methods.size)
    this.#methods.set(method, name)
    return name
  }

  #compile(method: Method, lanes: LaneCount, sensitivities: SensitivityProgram | undefined): CompiledKernel | null {
    if (!hasKernelForm(this.#model.graph, this.#model.derivatives)) return null
    const algebra = this.#algebra()
    const tangents = sensitivities && tangentRoots(this.#program, sensitivities)
    const kernel = kernelOf(method, this.#program.roots, algebra, lanes, tangents)
    const module = kernel && compileKernel(kernel.bytes)
    return kernel === undefined || module === undefined ? null : { kernel, module, machines: [] }
  }
}

function keyOf(method: string, lanes: LaneCount, sensitivities?: SensitivityProgram): string {
  return `${method}/${lanes}/${sensitivities?.parameters.join() ?? 'none'}`
}

const sharedKeys: ReadonlySet<string> = new Set(methods.flatMap(({ name }) => [keyOf(name, 1), keyOf(name, 2)]))

function kernelOf(
  method: Method,
  roots: ModelRoots,
  algebra: Algebra,
  lanes: LaneCount,
  tangents: TangentRoots | undefined,
): Kernel | undefined {
  switch (method.kind) {
    case 'explicit':
      return explicitKernel(method, roots, algebra, lanes, tangents)
    case 'rosenbrock':
      return rosenbrockKernel(method, roots, algebra, lanes, tangents)
    case 'collocation':
      return lanes === 2 || tangents !== undefined ? undefined : radauKernel(method, roots, algebra)
  }
}
