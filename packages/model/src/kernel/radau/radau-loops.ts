import type { FunctionIndex } from '@cartkin/numerics/wasm'
import type { Pair } from './radau-pairs.ts'
import { type PlacedSystem, type RadauSlots, realSystem } from './radau-slots.ts'
import { PairConstants, type PairWeight, StateLoop } from './state-loop.ts'

/** The functions of a step that go through the states, combining stages. */
export class RadauLoops {
  readonly #slots: RadauSlots
  readonly #systems: readonly PlacedSystem[]
  readonly #constants: PairConstants

  constructor(slots: RadauSlots, systems: readonly PlacedSystem[]) {
    this.#slots = slots
    this.#systems = systems
    this.#constants = new PairConstants(slots.frame.module, slots.frame.layout)
  }

  /** The stages begin at y. */
  reset(): FunctionIndex {
    const { stages, frame } = this.#slots
    const loop = this.#loop()
    const y = loop.keep('v128', () => loop.both(frame.y0))
    stages.forEach((_, a) => {
      loop.storePair(this.#slots.state(a), () => loop.body.localGet(y))
    })
    for (const { solver, distance } of this.#systems) {
      for (const slot of [solver.sum.re, solver.sum.im]) {
        if (slot !== undefined) loop.storePair(slot + distance, () => loop.body.f64x2Const(0))
      }
    }
    return this.#end(loop, 'reset')
  }

  /** The stages begin on the polynomial of the step before; `matrix[a][j]` is the slot of the pair's weights of z_j there. */
  predict(matrix: readonly (readonly number[])[]): FunctionIndex {
    const { past, stages, tableau, frame } = this.#slots
    const loop = this.#loop()
    const { body } = loop
    const before = past.map((slot) => loop.keep('v128', () => loop.both(slot)))
    const y = loop.keep('v128', () => loop.both(frame.y0))
    const z: number[] = []
    stages.forEach(([, last], a) => {
      const pair = loop.keep('v128', () =>
        loop.sum(
          matrix[a]!.map((slot) => ({ slot })),
          before,
        ),
      )
      loop.storePair(this.#slots.state(a), () => body.localGet(y).localGet(pair).f64x2Add())
      z.push(loop.keep('v128', () => body.localGet(pair).localGet(pair).i64x2Shuffle(0, 0)))
      if (last === 2 * a + 1) z.push(loop.keep('v128', () => body.localGet(pair).localGet(pair).i64x2Shuffle(1, 1)))
    })
    for (const { solver, distance, re, im } of this.#systems) {
      loop.storePair(solver.sum.re + distance, () => loop.sum(this.#rows(tableau.inverseT, re), z))
      if (im === undefined || solver.sum.im === undefined) continue
      loop.storePair(solver.sum.im + distance, () => loop.sum(this.#rows(tableau.inverseT, im), z))
    }
    return this.#end(loop, 'predict')
  }

  /** The right-hand sides of the systems, T⁻¹ f − Λ w/h. */
  residual(): FunctionIndex {
    const { tableau } = this.#slots
    const loop = this.#loop()
    const { body } = loop
    const f = tableau.c.map((_, i) => {
      const [a, place] = this.#slots.placeOf(i)
      return loop.keep('v128', () => loop.spread(this.#slots.derivative(a), place))
    })
    for (const { solver, distance, re, im } of this.#systems) {
      const { diagonal, sum, right } = solver
      const product = (eigenvalue: number, w: number) => {
        loop.fixedPair(eigenvalue + distance)
        loop.pair(w + distance)
        body.f64x2Mul()
      }
      loop.storePair(right.re + distance, () => {
        loop.sum(this.#rows(tableau.inverseT, re), f)
        product(diagonal.re, sum.re)
        if (diagonal.im !== undefined && sum.im !== undefined) {
          product(diagonal.im, sum.im)
          body.f64x2Sub()
        }
        body.f64x2Sub()
      })
      if (im === undefined || right.im === undefined || diagonal.im === undefined || sum.im === undefined) continue
      const imaginary = { diagonal: diagonal.im, sum: sum.im }
      loop.storePair(right.im + distance, () => {
        loop.sum(this.#rows(tableau.inverseT, im), f)
        product(imaginary.diagonal, sum.re)
        product(diagonal.re, imaginary.sum)
        body.f64x2Add().f64x2Sub()
      })
    }
    return this.#end(loop, 'residual')
  }

  /** Adds the solutions to w; z = T w and the stages follow. Returns the sum of squares of the weighted solutions. */
  update(): FunctionIndex {
    const { weights, stages, tableau, frame } = this.#slots
    const loop = this.#loop()
    const { body } = loop
    const total = body.local('v128')
    const weight = loop.keep('v128', () => loop.both(weights))
    const w = tableau.c.map(() => body.local('v128'))
    for (const { solver, distance, re, im } of this.#systems) {
      const { solution, sum } = solver
      for (const [places, from, to] of [
        [re, solution.re, sum.re],
        [im, solution.im, sum.im],
      ] as const) {
        if (places === undefined || from === undefined || to === undefined) continue
        const change = loop.keep('v128', () => loop.pair(from + distance))
        const ratio = loop.keep('v128', () => {
          body.localGet(change)
          // a system that is in both places counts once
          if (places[0] === places[1]) loop.first(weights)
          else body.localGet(weight)
          body.f64x2Mul()
        })
        body.localGet(total).localGet(ratio).localGet(ratio).f64x2Mul().f64x2Add().localSet(total)
        const next = loop.keep('v128', () => {
          loop.pair(to + distance)
          body.localGet(change).f64x2Add()
        })
        loop.storePair(to + distance, () => body.localGet(next))
        const [first, second] = places
        if (first >= 0) body.localGet(next).localGet(next).i64x2Shuffle(0, 0).localSet(w[first]!)
        if (second >= 0 && second !== first) body.localGet(next).localGet(next).i64x2Shuffle(1, 1).localSet(w[second]!)
      }
    }
    const y = loop.keep('v128', () => loop.both(frame.y0))
    stages.forEach((pair, a) => {
      const z = loop.keep('v128', () => loop.sum(this.#rows(tableau.T, pair), w))
      loop.storePair(this.#slots.z(a), () => body.localGet(z))
      loop.storePair(this.#slots.state(a), () => body.localGet(y).localGet(z).f64x2Add())
    })
    loop.end(this.#slots.dimension)
    body.localGet(total).f64x2ExtractLane(0).localGet(total).f64x2ExtractLane(1).f64Add()
    return loop.define(frame.module, 'update', ['f64'])
  }

  /** The end of the step, z by stages, and γ/h Σ e_i z_i. */
  complete(): FunctionIndex {
    const { tableau, frame, bend } = this.#slots
    const { system, place } = realSystem(this.#systems)
    const loop = this.#loop()
    const { body } = loop
    const z = tableau.c.map((_, i) => {
      const [a, at] = this.#slots.placeOf(i)
      return loop.keep('f64', () => loop.placeOf(this.#slots.z(a), at))
    })
    z.forEach((local, i) => {
      loop.storeNumber(frame.k[i]!, () => body.localGet(local))
    })
    loop.storeNumber(frame.y1, () => {
      loop.number(frame.y0)
      body.localGet(z.at(-1)!).f64Add()
    })
    loop.storeNumber(bend, () => {
      tableau.e.forEach((weight, i) => {
        body.localGet(z[i]!).f64Const(weight).f64Mul()
        if (i > 0) body.f64Add()
      })
      loop.fixedNumber(system.solver.diagonal.re + system.distance + place)
      body.f64Mul()
    })
    return this.#end(loop, 'complete')
  }

  /** The right-hand side of the error: the slope at the start, or of the first stage as it is, and γ/h Σ e_i z_i. */
  errorRight(isRefined: boolean): FunctionIndex {
    const { f0, bend } = this.#slots
    const { system, place } = realSystem(this.#systems)
    const { right } = system.solver
    const loop = this.#loop()
    const { body } = loop
    for (const slot of [right.re, right.im]) {
      if (slot !== undefined) loop.storePair(slot + system.distance, () => body.f64x2Const(0))
    }
    loop.storePlace(right.re + system.distance, place, () => {
      if (isRefined) loop.placeOf(this.#slots.derivative(0), 0)
      else loop.number(f0)
      loop.number(bend)
      body.f64Add()
    })
    return this.#end(loop, isRefined ? 'refinedRight' : 'errorRight')
  }

  /** Takes the error out of the solution of its system. */
  takeError(): FunctionIndex {
    const { system, place } = realSystem(this.#systems)
    const loop = this.#loop()
    loop.storeNumber(this.#slots.error, () => loop.placeOf(system.solver.solution.re + system.distance, place))
    return this.#end(loop, 'takeError')
  }

  /** The first stages become y + error. */
  moveByError(): FunctionIndex {
    const { frame, error } = this.#slots
    const loop = this.#loop()
    loop.storePair(this.#slots.state(0), () => {
      loop.both(frame.y0)
      loop.both(error)
      loop.body.f64x2Add()
    })
    return this.#end(loop, 'moveByError')
  }

  #loop(): StateLoop {
    return new StateLoop(this.#slots.frame.layout)
  }

  #end(loop: StateLoop, name: string): FunctionIndex {
    loop.end(this.#slots.dimension)
    return loop.define(this.#slots.frame.module, name)
  }

  /** Two rows of a matrix, column by column; nothing where there is no row. */
  #rows(matrix: readonly (readonly number[])[], [first, second]: Pair): readonly PairWeight[] {
    return this.#slots.tableau.c.map((_, j) =>
      this.#constants.weight([matrix[first]?.[j] ?? 0, matrix[second]?.[j] ?? 0]),
    )
  }
}
