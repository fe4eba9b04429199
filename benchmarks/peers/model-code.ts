import type { Model } from '@cartkin/model'
import { type Code, CodeGraph } from './code-graph.ts'

/** One entry of a sparse matrix. */
export interface Entry {
  readonly row: number
  readonly column: number
  readonly code: Code
}

/** A model's right-hand side and its derivatives as expressions over the leaves t, y[i] and p[i]. */
export interface ModelCode {
  readonly graph: CodeGraph
  readonly derivatives: readonly Code[]
  /** ∂f/∂y. */
  readonly jacobian: readonly Entry[]
  /** ∂f/∂p, columns in the order of the parameters asked for. */
  readonly byParameter: readonly Entry[]
}

type Gradient = ReadonlyMap<number, Code>

interface Dual {
  readonly value: Code
  readonly gradient: Gradient
}

const none: Gradient = new Map()

/**
 * Reads a model's graph and differentiates it, forward and sparse, anew: not with the derivatives of @cartkin/model, so
 * that the two can be held against each other. Throws a RangeError for an operation no problem here needs.
 */
export function modelCode(model: Model, parameters: readonly number[] = []): ModelCode {
  const code = new CodeGraph()
  const { graph } = model
  const n = model.states.length
  const duals: Dual[] = []
  for (let i = 0; i < graph.size; i++) {
    const [a, b] = [graph.first[i]!, graph.second[i]!]
    duals.push(dual(code, graph.operations[i]!, graph.constants, a, b, duals, n, parameters))
  }
  const roots = model.derivatives.map((root) => duals[root]!)
  const entries = roots.flatMap(({ gradient }, row) =>
    [...gradient].sort(([a], [b]) => a - b).map(([column, entry]): Entry => ({ row, column, code: entry })),
  )
  return {
    graph: code,
    derivatives: roots.map(({ value }) => value),
    jacobian: entries.filter(({ column }) => column < n),
    byParameter: entries.filter(({ column }) => column >= n).map((entry) => ({ ...entry, column: entry.column - n })),
  }
}

/** Inputs are numbered: states first, then the parameters asked for. The codes are those of the graph's operations. */
function dual(
  code: CodeGraph,
  operation: number,
  constants: Float64Array,
  first: number,
  second: number,
  duals: readonly Dual[],
  n: number,
  parameters: readonly number[],
): Dual {
  const a = duals[first] ?? { value: code.zero, gradient: none }
  const b = duals[second] ?? { value: code.zero, gradient: none }
  switch (operation) {
    case 0:
      return { value: code.constant(constants[first]!), gradient: none }
    case 1:
      return { value: code.leaf('t', false), gradient: none }
    case 2:
      return { value: code.leaf(`y[${first}]`, false), gradient: new Map([[first, code.one]]) }
    case 3: {
      const place = parameters.indexOf(first)
      const gradient = place < 0 ? none : new Map([[n + place, code.one]])
      return { value: code.leaf(`p[${first}]`, true), gradient }
    }
    case 5:
      return { value: code.add(a.value, b.value), gradient: merge(a, b, code, (x, y) => code.add(x, y)) }
    case 6:
      return { value: code.subtract(a.value, b.value), gradient: merge(a, b, code, (x, y) => code.subtract(x, y)) }
    case 7: {
      const product = (x: Code, y: Code) => code.add(code.multiply(x, b.value), code.multiply(a.value, y))
      return { value: code.multiply(a.value, b.value), gradient: merge(a, b, code, product) }
    }
    case 8: {
      const value = code.divide(a.value, b.value)
      const inverse = code.divide(code.one, b.value)
      const quotient = (x: Code, y: Code) => code.multiply(code.subtract(x, code.multiply(value, y)), inverse)
      return { value, gradient: merge(a, b, code, quotient) }
    }
    case 9:
      return { value: code.negate(a.value), gradient: scale(a, (x) => code.negate(x)) }
    case 10: {
      const value = code.apply('pow', a.value, b.value)
      const byBase = code.divide(code.multiply(b.value, value), a.value)
      const power = (x: Code, y: Code) =>
        code.add(
          code.multiply(x, byBase),
          y === code.zero ? y : code.multiply(y, code.multiply(value, code.apply('log', a.value))),
        )
      return { value, gradient: merge(a, b, code, power) }
    }
    case 11: {
      const value = code.apply('exp', a.value)
      return { value, gradient: scale(a, (x) => code.multiply(x, value)) }
    }
    case 12:
      return { value: code.apply('log', a.value), gradient: scale(a, (x) => code.divide(x, a.value)) }
    case 13: {
      const value = code.apply('sqrt', a.value)
      const half = code.divide(code.constant(0.5), value)
      return { value, gradient: scale(a, (x) => code.multiply(x, half)) }
    }
    default:
      throw new RangeError(`operation ${operation} of the model's graph is not printed: no benchmark needs it`)
  }
}

function scale(a: Dual, by: (x: Code) => Code): Gradient {
  return new Map([...a.gradient].map(([input, x]) => [input, by(x)]))
}

function merge(a: Dual, b: Dual, code: CodeGraph, by: (x: Code, y: Code) => Code): Gradient {
  const inputs = new Set([...a.gradient.keys(), ...b.gradient.keys()])
  return new Map(
    [...inputs].map((input) => [input, by(a.gradient.get(input) ?? code.zero, b.gradient.get(input) ?? code.zero)]),
  )
}
