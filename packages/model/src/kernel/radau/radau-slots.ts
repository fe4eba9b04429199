import type { CollocationTableau } from 'ode-ts'
import type { KernelFrame } from '../kernel-frame.ts'
import { type Pair, type SystemPair, stagePairs, systemPairs } from './radau-pairs.ts'
import type { RadauSolver } from './radau-solver.ts'

/** Where a kernel of a collocation method holds what its functions share. */
export class RadauSlots {
  readonly frame: KernelFrame
  readonly tableau: CollocationTableau
  readonly dimension: number
  readonly stages: readonly Pair[]
  readonly systems: readonly SystemPair[]
  /** Step length, and that of the step on whose polynomial the iterations begin, 0 where there is none; pairs. */
  readonly h: number
  readonly lastStep: number
  /** Length of the last attempt, 0 where it failed. */
  readonly length: number
  /** Factor by which iterations were last seen to converge. */
  readonly contraction: number
  readonly evaluations: number
  readonly f0: number
  readonly error: number
  /** 1/(atol + rtol·|y|). */
  readonly weights: number
  /** γ/h Σ e_i z_i. */
  readonly bend: number
  /** z_i of the last accepted step; those of the last attempt are the frame's k. */
  readonly past: readonly number[]
  /** For pair of stages a: states, time, derivatives and z, all pairs, from `stage + a·stride`. */
  readonly stage: number
  readonly stride: number

  constructor(frame: KernelFrame, tableau: CollocationTableau) {
    const { layout, dimension: n } = frame
    this.frame = frame
    this.tableau = tableau
    this.dimension = n
    this.stages = stagePairs(tableau.c.length)
    this.systems = systemPairs(tableau.alpha.length)
    this.h = layout.vector(2)
    this.lastStep = layout.vector(2)
    this.length = layout.number()
    this.contraction = layout.number()
    this.evaluations = layout.number()
    this.f0 = layout.vector(n)
    this.error = layout.vector(n)
    this.weights = layout.vector(n)
    this.bend = layout.vector(n)
    this.past = tableau.c.map(() => layout.vector(n))
    this.stride = 6 * n + 2
    this.stage = layout.vector(this.stages.length * this.stride)
  }

  state(a: number): number {
    return this.stage + a * this.stride
  }

  time(a: number): number {
    return this.state(a) + 2 * this.dimension
  }

  derivative(a: number): number {
    return this.time(a) + 2
  }

  z(a: number): number {
    return this.derivative(a) + 2 * this.dimension
  }

  /** Where stage i is: the pair it is in, and the place there. */
  placeOf(stage: number): readonly [a: number, place: number] {
    return [stage >>> 1, stage % 2]
  }
}

/** A pair of systems with its solver, the distance in slots from the pair that the solver was written for, and its lanes. */
export interface PlacedSystem extends SystemPair {
  readonly solver: RadauSolver
  readonly distance: number
}

/** The real system: its pair and its place there. */
export function realSystem(systems: readonly PlacedSystem[]): { readonly system: PlacedSystem; readonly place: 0 | 1 } {
  const system = systems.find(({ re }) => re.includes(0))
  if (system === undefined) throw new Error('a collocation method has a real system')
  return { system, place: system.re[0] === 0 ? 0 : 1 }
}
