import { isOneSlip } from '../text/nearest-name.ts'
import { quote } from '../text/quote.ts'
import type { Extent } from '../text/source-text.ts'
import { aboutInput } from './about-model.ts'
import type { CheckContext } from './check-context.ts'
import { functions } from './functions.ts'
import { input } from './parameters.ts'

/** Shorter names are alike by chance. */
const leastSuspect = 4

/** Names that nobody gives: inputs, as in rxode2. One that looks like a slip is said to be one. */
export class Inputs {
  readonly #context: CheckContext

  constructor(context: CheckContext) {
    this.#context = context
  }

  add(name: string, at: Extent): void {
    const { parameters } = this.#context
    if (parameters.indexOf(name) !== undefined || parameters.isFull) return
    const suspicion = this.#suspicion(name, at)
    if (suspicion !== undefined) this.#context.diagnostics.warn(at, suspicion)
    parameters.add(input(name), at)
  }

  #suspicion(name: string, at: Extent): string | undefined {
    const { survey, diagnostics, tree } = this.#context
    const assigned = survey.variables.get(name)
    if (assigned !== undefined) {
      // `CL <- CL/24` means the input on its right
      if (at.offset > assigned.first.offset) return undefined
      const place = diagnostics.lines.place(assigned.first)
      return `${quote(name)} is used before it is assigned at ${place}; lines run in order, so it is an input until then.`
    }
    if (functions.has(name)) return `${quote(name)} is an input here; to call the function write ${name}(…).`
    const isDescribed = Object.keys(aboutInput(tree.metadata, name)).length > 0
    if (name.length < leastSuspect || isDescribed) return undefined
    const near = this.#near(name)
    return near === '' ? undefined : `${quote(name)} is assigned nowhere, so it is an input that data must give.${near}`
  }

  /** " Did you mean `x`?". Where the text has no `ini`, most names are inputs: only a single slip is suspected. */
  #near(name: string): string {
    const { tree, diagnostics } = this.#context
    const near = diagnostics.didYouMean(name, this.#knownNames())
    if (near === '' || tree.ini !== undefined) return near
    for (const other of this.#knownNames()) if (isOneSlip(name, other)) return near
    return ''
  }

  *#knownNames(): Iterable<string> {
    const { parameters, states, survey } = this.#context
    for (const { name, kind } of parameters.list) if (kind !== 'covariate') yield name
    yield* states.keys()
    yield* survey.variables.keys()
    yield 'time'
  }
}
