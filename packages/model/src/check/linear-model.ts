import type { NodeId } from '../graph/graph.ts'
import { Dependence } from '../graph/graph-builder.ts'
import type { LinearCompartments } from '../model.ts'
import { quote } from '../text/quote.ts'
import type { Extent } from '../text/source-text.ts'
import type { CheckContext } from './check-context.ts'
import { findLinearForm, type LinearForm, linearRates, linearStates, microConstants } from './linear-compartments.ts'

/** `linCmt()` of a text: states of its own, numbered after those of the text, and their rates. */
export class LinearModel {
  readonly #context: CheckContext
  #form: LinearForm | undefined

  constructor(context: CheckContext) {
    this.#context = context
  }

  /** Adds its states; call once, when the states of the text and the parameters of `ini` are known. */
  addStates(): void {
    const { survey, parameters, states, diagnostics } = this.#context
    const { linear, variables, used } = survey
    if (linear === undefined) return
    const named = [...variables.keys(), ...parameters.names()]
    const found = findLinearForm(linear.names.length > 0 ? linear.names : [...named, ...used])
    if (!found.ok) {
      diagnostics.error(linear.at, `\`linCmt()\` finds no parameters: ${found.problem}.`)
      return
    }
    this.#form = found.form
    for (const name of linearStates(found.form)) {
      if (states.has(name)) {
        const message = `\`linCmt()\` has a state ${quote(name)} of its own; give d/dt(${name}) another name.`
        diagnostics.error(linear.at, message)
      } else states.set(name, states.size)
    }
  }

  /** The concentration in the central compartment. */
  value(at: Extent, lookUp: (name: string, at: Extent) => NodeId): NodeId {
    const { states, algebra } = this.#context
    const central = states.get('central')
    if (this.#form === undefined || central === undefined) return algebra.constant(Number.NaN)
    const { volume } = microConstants(algebra, this.#form, (name) => lookUp(name, at))
    return algebra.divide(algebra.state(central), volume)
  }

  /** Its states and rate constants; null where the text has none. */
  compartments(lookUp: (name: string, at: Extent) => NodeId): LinearCompartments | null {
    const { survey, states, algebra } = this.#context
    const form = this.#form
    const at = survey.linear?.at
    if (form === undefined || at === undefined) return null
    const value = (name: string) => lookUp(name, at)
    const stateOf = (name: string) => states.get(name) ?? 0
    const { elimination, exchanges } = microConstants(algebra, form, value)
    const depot = form.ka === undefined ? null : { state: stateOf('depot'), ka: value(form.ka) }
    const constants = [elimination, ...exchanges.flatMap(({ out, back }) => [out, back])]
    if (depot !== null) constants.push(depot.ka)
    return {
      depot,
      central: stateOf('central'),
      elimination,
      peripherals: exchanges.map((exchange, i) => ({ state: stateOf(`peripheral${i + 1}`), ...exchange })),
      isPiecewiseConstant: !constants.some((node) =>
        algebra.builder.dependsOn(node, Dependence.state | Dependence.time),
      ),
    }
  }

  /** Rates of change by state. */
  rates(lookUp: (name: string, at: Extent) => NodeId): ReadonlyMap<string, NodeId> {
    const { survey, states, algebra } = this.#context
    const at = survey.linear?.at
    if (this.#form === undefined || at === undefined) return new Map()
    return linearRates(
      algebra,
      this.#form,
      (name) => lookUp(name, at),
      (name) => algebra.state(states.get(name) ?? 0),
    )
  }
}
