import type { DoseInput } from '@cartkin/model'
import type { Dose } from './dose.ts'

const noInputs = new Float64Array()

/**
 * The dose inputs of a model (`tad()`, `podo()` and their kin) over a run: what its outputs at any time are computed from.
 *
 * As in rxode2 a dose counts when it arrives, after its lag, an infusion when it begins, with the amount before
 * bioavailability; of several doses into one state at one time the first counts; a reset leaves all as it is.
 */
export class DoseHistory {
  readonly #inputs: readonly DoseInput[]
  /** Times of arrival, ascending, and the values from then on; the values before the first dose come first. */
  readonly #times: number[] = [Number.NEGATIVE_INFINITY]
  readonly #values: Float64Array[]
  readonly #lastInto = new Map<number | undefined, number>()

  constructor(inputs: readonly DoseInput[]) {
    this.#inputs = inputs
    this.#values = [inputs.length === 0 ? noInputs : Float64Array.from(inputs, ({ before }) => before)]
  }

  /** How many times the values changed so far: the place of the present ones. */
  get place(): number {
    return this.#values.length - 1
  }

  /** Values from change `place` on; those before the first dose for 0. */
  values(place: number): Float64Array {
    return this.#values[place]!
  }

  /** Place of the values at t, after the doses of that time. */
  placeAt(t: number): number {
    const times = this.#times
    let low = 0
    let high = times.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (times[middle]! <= t) low = middle
      else high = middle - 1
    }
    return low
  }

  /** A dose arrives at t; gives the values from now on. `since`: where they hold from a later time on. */
  arrive(
    t: number,
    { state, amount, time: given }: Pick<Dose, 'state' | 'amount' | 'time'>,
    since: number = t,
  ): Float64Array {
    const before = this.values(this.place)
    if (this.#lastInto.get(state) === t) return before
    this.#lastInto.set(state, t)
    const values = before.slice()
    this.#inputs.forEach((input, k) => {
      if (input.state !== undefined && input.state !== state) return
      values[k] = after(input.quantity, before[k]!, { t, given, amount, into: state ?? -1 })
    })
    this.#times.push(since)
    this.#values.push(values)
    return values
  }
}

interface Arrival {
  readonly t: number
  readonly given: number
  readonly amount: number
  readonly into: number
}

function after(quantity: DoseInput['quantity'], before: number, { t, given, amount, into }: Arrival): number {
  switch (quantity) {
    case 'tlast':
      return t
    case 'tfirst':
      return Number.isNaN(before) ? t : before
    case 'podo':
    case 'dose':
      return amount
    case 'dosenum':
      return before + 1
    case 'lastGiven':
      return given
    case 'firstGiven':
      return Number.isNaN(before) ? given : before
    case 'lastInto':
      return into
    case 'firstInto':
      return before < 0 ? into : before
    // of covariates
    case 'slope':
    case 'since':
      return before
  }
}
