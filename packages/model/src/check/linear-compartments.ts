import type { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import { FoldedNames } from './folded-names.ts'
import { findMacroForm, type MacroForm, type MicroConstants, microOfMacro } from './macro-constants.ts'

/** How drug goes to and fro between the central and one peripheral compartment. */
type Exchange =
  | { readonly kind: 'clearance'; readonly q: string; readonly volume: string }
  /** The peripheral volume is that at steady state less the central one. */
  | { readonly kind: 'steadyState'; readonly q: string; readonly total: string }
  | { readonly kind: 'rates'; readonly out: string; readonly back: string }

/** The names from which `linCmt()` takes its parameters. */
export type LinearForm = CompartmentForm | MacroForm

interface CompartmentForm {
  readonly kind: 'compartments'
  /** First-order absorption from a depot; undefined without one. */
  readonly ka: string | undefined
  readonly volume: string
  readonly elimination: { readonly kind: 'clearance' | 'rate'; readonly name: string }
  readonly exchanges: readonly Exchange[]
}

export type LinearFormResult =
  | { readonly ok: true; readonly form: LinearForm }
  | { readonly ok: false; readonly problem: string }

/**
 * Finds the parameterisation of `linCmt()` from the names of a text, their case ignored, as rxode2 does: CL or k with V,
 * Q and V of each peripheral compartment or k12 and k21, or macro constants, and ka where there is a depot.
 */
export function findLinearForm(available: Iterable<string>): LinearFormResult {
  const names = new FoldedNames(available)
  const clearance = names.first(['cl'])
  const rate = names.first(['kel', 'k', 'ke', 'k10', 'k20'])
  const elimination =
    clearance !== undefined
      ? ({ kind: 'clearance', name: clearance } as const)
      : rate !== undefined
        ? ({ kind: 'rate', name: rate } as const)
        : undefined
  if (elimination === undefined) return findMacroForm(names)
  const plainVolume = names.first(['vc', 'v'])
  const numbered = names.all(['v1', 'v2', 'v3', 'v4'])
  const volume = plainVolume ?? numbered[0]
  if (volume === undefined) return refused('it needs the volume of the central compartment, `v` or `vc`')
  const rest = plainVolume === undefined ? numbered.slice(1) : numbered.filter((name) => name.toLowerCase() !== 'v1')
  const peripherals = [...names.all(['vp', 'vp1', 'vt', 'vt1']).slice(0, 1), ...names.all(['vp2', 'vt2']), ...rest]
  const flows = names.all(['q', 'cld', 'q1', 'cld1', 'q2', 'cld2', 'q3', 'q4'])
  const total = names.first(['vss'])
  const [onlyFlow, secondFlow] = flows
  const isBySteadyState = total !== undefined && peripherals.length === 0 && secondFlow === undefined
  const exchanges: Exchange[] =
    isBySteadyState && onlyFlow !== undefined
      ? [{ kind: 'steadyState', q: onlyFlow, total }]
      : flows.flatMap((q, i): readonly Exchange[] => {
          const found = peripherals[i]
          return found === undefined ? [] : [{ kind: 'clearance', q, volume: found }]
        })
  if (exchanges.length < flows.length)
    return refused(`the compartment of \`${flows[exchanges.length] ?? ''}\` has no volume`)
  if (exchanges.length < peripherals.length) {
    return refused(`the compartment of \`${peripherals[exchanges.length] ?? ''}\` has no clearance to and fro, \`q\``)
  }
  for (const [from, to] of [
    ['k12', 'k21'],
    ['k13', 'k31'],
    ['k23', 'k32'],
    ['k24', 'k42'],
  ] as const) {
    const [out, back] = [names.first([from]), names.first([to])]
    if (exchanges.some(({ kind }) => kind !== 'rates')) break
    if (out === undefined && back === undefined) continue
    if (out === undefined || back === undefined) return refused(`\`${from}\` and \`${to}\` belong together`)
    exchanges.push({ kind: 'rates', out, back })
  }
  if (exchanges.length > 2) return refused('it has at most three compartments')
  return { ok: true, form: { kind: 'compartments', ka: names.first(['ka']), volume, elimination, exchanges } }
}

function refused(problem: string): LinearFormResult {
  return { ok: false, problem }
}

/** The states of the form, in the order of their numbers. */
export function linearStates(form: LinearForm): readonly string[] {
  const peripherals = form.kind === 'macro' ? form.slopes.length - 1 : form.exchanges.length
  return [
    ...(form.ka === undefined ? [] : ['depot']),
    'central',
    ...Array.from({ length: peripherals }, (_, i) => `peripheral${i + 1}`),
  ]
}

/** Volume and rate constants of a form, from the values of its names. */
export function microConstants(algebra: Algebra, form: LinearForm, value: (name: string) => NodeId): MicroConstants {
  if (form.kind === 'macro') return microOfMacro(algebra, form, value)
  const volume = value(form.volume)
  const over = (flow: NodeId, space: NodeId) => algebra.divide(flow, space)
  const { elimination, exchanges } = form
  const volumeOf = (exchange: Exclude<Exchange, { kind: 'rates' }>) =>
    exchange.kind === 'clearance' ? value(exchange.volume) : algebra.subtract(value(exchange.total), volume)
  return {
    volume,
    elimination: elimination.kind === 'rate' ? value(elimination.name) : over(value(elimination.name), volume),
    exchanges: exchanges.map((exchange) => ({
      out: exchange.kind === 'rates' ? value(exchange.out) : over(value(exchange.q), volume),
      back: exchange.kind === 'rates' ? value(exchange.back) : over(value(exchange.q), volumeOf(exchange)),
    })),
  }
}

/** Rates of change of the states of the form, from the values of its names and the states. */
export function linearRates(
  algebra: Algebra,
  form: LinearForm,
  value: (name: string) => NodeId,
  stateOf: (name: string) => NodeId,
): ReadonlyMap<string, NodeId> {
  const central = stateOf('central')
  const { elimination, exchanges } = microConstants(algebra, form, value)
  const rates = new Map<string, NodeId>()
  let gain = algebra.negate(algebra.multiply(elimination, central))
  if (form.ka !== undefined) {
    const absorbed = algebra.multiply(value(form.ka), stateOf('depot'))
    rates.set('depot', algebra.negate(absorbed))
    gain = algebra.add(absorbed, gain)
  }
  exchanges.forEach(({ out, back }, i) => {
    const name = `peripheral${i + 1}`
    const net = algebra.subtract(algebra.multiply(out, central), algebra.multiply(back, stateOf(name)))
    rates.set(name, net)
    gain = algebra.subtract(gain, net)
  })
  return rates.set('central', gain)
}
