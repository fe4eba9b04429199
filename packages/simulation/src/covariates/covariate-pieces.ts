import type { Interpolation } from '@cartkin/model'
import type { CovariateInTime } from './covariate-in-time.ts'

/** value + slope · (t − since) */
export interface Piece {
  readonly value: number
  readonly slope: number
  readonly since: number
}

/** A covariate as a function of time: `between[k]` up to `breaks[k]`, `at[k]` there, the last after all of them. */
export interface CovariatePieces {
  readonly breaks: readonly number[]
  readonly between: readonly Piece[]
  readonly at: readonly Piece[]
}

/** One time and its values: the first ends what came before, the last is the value then. */
interface Node {
  readonly time: number
  readonly first: number
  last: number
}

/** The pieces of a covariate; a break at which nothing changes is none. */
export function covariatePieces(covariate: CovariateInTime, interpolation: Interpolation): CovariatePieces {
  const nodes = nodesOf(covariate)
  const breaks: number[] = []
  const at: Piece[] = []
  const between: Piece[] = [constant(nodes[0]!.first)]
  const add = (time: number, then: Piece, after: Piece) => {
    const before = between.at(-1)!
    if (isSame(before, then) && isSame(then, after)) return
    breaks.push(time)
    at.push(then)
    between.push(after)
  }
  nodes.forEach((node, k) => {
    const { time, last } = node
    const next = nodes[k + 1]
    const then = constant(last)
    switch (interpolation) {
      case 'locf':
        add(time, then, then)
        break
      case 'nocb':
        add(time, then, constant(next?.first ?? last))
        break
      case 'midpoint':
        add(time, then, then)
        if (next !== undefined) add(time + (next.time - time) / 2, constant(next.first), constant(next.first))
        break
      case 'linear':
        add(time, then, next === undefined ? then : straight(node, next))
        break
    }
  })
  return { breaks, between, at }
}

function nodesOf({ times, values }: CovariateInTime): readonly Node[] {
  const nodes: Node[] = []
  times.forEach((time, k) => {
    const value = values[k]!
    const known = nodes.at(-1)
    if (known?.time === time) known.last = value
    else nodes.push({ time, first: value, last: value })
  })
  return nodes
}

function constant(value: number): Piece {
  return { value, slope: 0, since: 0 }
}

function straight({ time, last }: Node, next: Node): Piece {
  if (next.first === last) return constant(last)
  return { value: last, slope: (next.first - last) / (next.time - time), since: time }
}

function isSame(a: Piece, b: Piece): boolean {
  return Object.is(a.value, b.value) && a.slope === b.slope && a.since === b.since
}
