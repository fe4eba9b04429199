import type { Algebra } from '../../graph/algebra.ts'
import type { NodeId } from '../../graph/graph.ts'
import { Operation } from '../../graph/operation.ts'

/** A complex number as two nodes; without `im` it is real, and costs no more than that. */
export interface Complex {
  readonly re: NodeId
  readonly im?: NodeId
}

/** Complex arithmetic in a graph of real operations. */
export class ComplexAlgebra {
  readonly #algebra: Algebra

  constructor(algebra: Algebra) {
    this.#algebra = algebra
  }

  add(a: Complex, b: Complex): Complex {
    const re = this.#algebra.add(a.re, b.re)
    if (a.im === undefined) return b.im === undefined ? { re } : { re, im: b.im }
    return { re, im: b.im === undefined ? a.im : this.#algebra.add(a.im, b.im) }
  }

  subtract(a: Complex, b: Complex): Complex {
    const re = this.#algebra.subtract(a.re, b.re)
    if (b.im === undefined) return a.im === undefined ? { re } : { re, im: a.im }
    return { re, im: a.im === undefined ? this.#algebra.negate(b.im) : this.#algebra.subtract(a.im, b.im) }
  }

  multiply(a: Complex, b: Complex): Complex {
    const algebra = this.#algebra
    if (a.im === undefined) {
      const re = algebra.multiply(a.re, b.re)
      return b.im === undefined ? { re } : { re, im: algebra.multiply(a.re, b.im) }
    }
    if (b.im === undefined) return this.multiply(b, a)
    return {
      re: algebra.subtract(algebra.multiply(a.re, b.re), algebra.multiply(a.im, b.im)),
      im: algebra.add(algebra.multiply(a.re, b.im), algebra.multiply(a.im, b.re)),
    }
  }

  reciprocal(a: Complex): Complex {
    const algebra = this.#algebra
    if (a.im === undefined) return { re: algebra.builder.node(Operation.divide, algebra.one, a.re) }
    const square = algebra.add(algebra.multiply(a.re, a.re), algebra.multiply(a.im, a.im))
    const scale = algebra.builder.node(Operation.divide, algebra.one, square)
    return { re: algebra.multiply(a.re, scale), im: algebra.negate(algebra.multiply(a.im, scale)) }
  }

  /** |re| + |im|. */
  size(a: Complex): NodeId {
    const re = this.#algebra.unary(Operation.abs, a.re)
    return a.im === undefined ? re : this.#algebra.add(re, this.#algebra.unary(Operation.abs, a.im))
  }
}
