import type { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import { Operation } from '../graph/operation.ts'
import type { FoldedNames } from './folded-names.ts'

/** Volume of the central compartment and rate constants; `out` leaves it, `back` returns. */
export interface MicroConstants {
  readonly volume: NodeId
  readonly elimination: NodeId
  readonly exchanges: readonly { readonly out: NodeId; readonly back: NodeId }[]
}

/** `linCmt()` by the slopes of its exponentials, alpha, beta and gamma, and what else there is to know. */
export interface MacroForm {
  readonly kind: 'macro'
  readonly ka: string | undefined
  readonly slopes: readonly string[]
  /** Absent where the coefficients give it: 1/(A + B + C). */
  readonly volume: string | undefined
  readonly given:
    | { readonly kind: 'none' }
    /** Of the concentration after a bolus of 1: A exp(-alpha t) + B exp(-beta t) + … */
    | { readonly kind: 'coefficients'; readonly names: readonly string[] }
    | { readonly kind: 'returns'; readonly names: readonly string[] }
    /** A/B. */
    | { readonly kind: 'ratio'; readonly name: string }
}

type MacroResult = { readonly ok: true; readonly form: MacroForm } | { readonly ok: false; readonly problem: string }

export function findMacroForm(names: FoldedNames): MacroResult {
  const refused = (problem: string): MacroResult => ({ ok: false, problem })
  const slopes = names.all(['alpha', 'beta', 'gamma'])
  const isWhole = slopes.every((slope, i) => slope.toLowerCase() === ['alpha', 'beta', 'gamma'][i])
  if (slopes.length === 0 || !isWhole)
    return refused('it needs a clearance `cl`, a rate `kel`, or the slopes `alpha`, `beta`, …')
  const ka = names.first(['ka'])
  const volume = names.first(['vc', 'v', 'v1'])
  const coefficients = names.all(['a', 'b', 'c']).slice(0, slopes.length)
  const returns = names.all(['k21', 'k31'])
  const ratio = names.first(['aob'])
  const count = slopes.length
  const given =
    count > 1 && returns.length === count - 1
      ? ({ kind: 'returns', names: returns } as const)
      : count === 2 && ratio !== undefined
        ? ({ kind: 'ratio', name: ratio } as const)
        : coefficients.length === count
          ? ({ kind: 'coefficients', names: coefficients } as const)
          : count === 1
            ? ({ kind: 'none' } as const)
            : undefined
  if (given === undefined) return refused('beside its slopes it needs `A`, `B`, …, or `k21` (and `k31`), or `aob`')
  if (volume === undefined && given.kind !== 'coefficients')
    return refused('it needs the volume of the central compartment, `v` or `vc`')
  return { ok: true, form: { kind: 'macro', ka, slopes, volume, given } }
}

/**
 * Rate constants from the slopes λ: of the compartments, the elimination times the returns is the product of the slopes,
 * and the disposition has its zeros at the returns.
 *
 * M. Gibaldi, D. Perrier, Pharmacokinetics, 2nd edition, 1982, appendix B.
 */
export function microOfMacro(algebra: Algebra, form: MacroForm, value: (name: string) => NodeId): MicroConstants {
  const slopes = form.slopes.map(value)
  const add = (...nodes: readonly NodeId[]) => nodes.reduce((a, b) => algebra.add(a, b))
  const times = (...nodes: readonly NodeId[]) => nodes.reduce((a, b) => algebra.multiply(a, b))
  const { given } = form
  const coefficients = given.kind === 'coefficients' ? given.names.map(value) : []
  const volume = form.volume === undefined ? algebra.divide(algebra.one, add(...coefficients)) : value(form.volume)
  const [alpha = algebra.zero, beta = algebra.zero, gamma = algebra.zero] = slopes
  if (slopes.length === 1) return { volume, elimination: alpha, exchanges: [] }
  const returns = returnsOf()
  const elimination = algebra.divide(times(...slopes), times(...returns))
  const outflow = algebra.subtract(algebra.subtract(add(...slopes), elimination), add(...returns))
  const [k21 = algebra.zero, k31 = algebra.zero] = returns
  if (slopes.length === 2) return { volume, elimination, exchanges: [{ out: outflow, back: k21 }] }
  const pairs = add(times(alpha, beta), times(alpha, gamma), times(beta, gamma))
  const rest = algebra.subtract(algebra.subtract(pairs, times(elimination, add(k21, k31))), times(k21, k31))
  const k13 = algebra.divide(algebra.subtract(rest, times(k31, outflow)), algebra.subtract(k21, k31))
  return {
    volume,
    elimination,
    exchanges: [
      { out: algebra.subtract(outflow, k13), back: k21 },
      { out: k13, back: k31 },
    ],
  }

  function returnsOf(): readonly NodeId[] {
    if (given.kind === 'returns') return given.names.map(value)
    if (given.kind === 'ratio') {
      const ratio = value(given.name)
      return [algebra.divide(add(times(ratio, beta), alpha), algebra.add(ratio, algebra.one))]
    }
    const [a = algebra.zero, b = algebra.zero, c = algebra.zero] = coefficients
    const whole = add(...coefficients)
    if (slopes.length === 2) return [algebra.divide(add(times(a, beta), times(b, alpha)), whole)]
    const sum = algebra.divide(
      add(times(a, algebra.add(beta, gamma)), times(b, algebra.add(alpha, gamma)), times(c, algebra.add(alpha, beta))),
      whole,
    )
    const product = algebra.divide(add(times(a, beta, gamma), times(b, alpha, gamma), times(c, alpha, beta)), whole)
    const four = algebra.constant(4)
    const root = algebra.unary(Operation.sqrt, algebra.subtract(times(sum, sum), times(four, product)))
    // the larger without cancellation, the smaller from the product
    const larger = algebra.multiply(algebra.constant(0.5), algebra.add(sum, root))
    return [larger, algebra.divide(product, larger)]
  }
}
