import { type ModelInstance, nearestName } from '@cartkin/model'
import type { CovariateInTime } from './covariate-in-time.ts'
import { type CovariatePieces, covariatePieces, type Piece } from './covariate-pieces.ts'

/** Values of covariates in a record itself, where they differ from those of its time. */
export type OwnCovariates = Readonly<Record<string, number>>

const noNodes = new Float64Array()

interface Changing {
  readonly name: string
  readonly parameter: number
  readonly isLinear: boolean
  readonly pieces: CovariatePieces
  /** The piece of each place. */
  readonly places: readonly Piece[]
}

/**
 * The parameters of an instance over a run, some of which change at nodes. Places are numbered along time: 2k is the open
 * interval before node k, 2k + 1 the node itself.
 */
export class CovariateCourse {
  /** The times at which any covariate changes its value or its slope, ascending. */
  readonly nodes: Float64Array
  readonly #instance: ModelInstance
  readonly #values: Float64Array
  readonly #changing: readonly Changing[]
  #present = -1

  /** Throws a RangeError for covariates that cannot be: of unknown names, without values, with times out of order. */
  constructor(instance: ModelInstance, parameters: Float64Array, covariates: readonly CovariateInTime[]) {
    this.#instance = instance
    this.#values = parameters.slice()
    for (const { parameter } of instance.model.doseInputs) {
      if (parameter !== undefined) instance.setSlope(parameter, 0, 0)
    }
    if (covariates.length === 0) {
      this.nodes = noNodes
      this.#changing = []
      this.#set(0)
      return
    }
    const index = new Map(instance.model.parameters.map(({ name }, k) => [name, k]))
    const found = covariates.map((covariate) => this.#resolve(covariate, index))
    if (new Set(found.map(({ parameter }) => parameter)).size < found.length) {
      const names = covariates.map(({ name }) => name)
      throw new RangeError(`covariate ${names.find((name, k) => names.indexOf(name) < k)} is given twice`)
    }
    const nodes = Float64Array.from(new Set(found.flatMap(({ pieces }) => pieces.breaks))).sort()
    this.nodes = nodes
    this.#changing = found.map((entry) => ({ ...entry, places: placesOf(entry.pieces, nodes) }))
    if (nodes.length === 0) this.#set(0)
  }

  #resolve(covariate: CovariateInTime, index: ReadonlyMap<string, number>) {
    const { name, times, values } = covariate
    const parameter = index.get(name)
    if (parameter === undefined) {
      const nearest = nearestName(name, index.keys())
      throw new RangeError(`no parameter ${name}${nearest === undefined ? '' : `; did you mean ${nearest}?`}`)
    }
    if (times.length === 0 || times.length !== values.length)
      throw new RangeError(
        `covariate ${name} needs one value for each of its times, got ${values.length} for ${times.length}`,
      )
    times.forEach((time, k) => {
      if (!(Number.isFinite(time) && (k === 0 || time >= times[k - 1]!)))
        throw new RangeError(`the times of covariate ${name} must be finite and ascend; time ${k + 1} is ${time}`)
      if (!Number.isFinite(values[k]))
        throw new RangeError(`covariate ${name} at ${time} must be a finite number, got ${values[k]}`)
    })
    const declared = this.#instance.model.parameters[parameter]?.interpolation
    const interpolation = declared ?? covariate.interpolation
    const isLinear = declared === 'linear'
    if (interpolation === 'linear' && !isLinear)
      throw new RangeError(
        `covariate ${name} runs straight between its values only where the model says linear(${name})`,
      )
    return { name, parameter, isLinear, pieces: covariatePieces(covariate, interpolation) }
  }

  /** The place of t. */
  placeAt(t: number): number {
    const { nodes } = this
    if (nodes.length === 0) return 0
    let low = 0
    let high = nodes.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (nodes[middle]! < t) low = middle + 1
      else high = middle
    }
    return nodes[low] === t ? 2 * low + 1 : 2 * low
  }

  /** The parts of [start, end] between the nodes within. */
  segments(start: number, end: number): readonly { readonly from: number; readonly to: number }[] {
    if (this.nodes.length === 0) return [{ from: start, to: end }]
    const ends = [...this.nodes.filter((node) => node > start && node < end), end]
    return ends.map((to, k) => ({ from: ends[k - 1] ?? start, to }))
  }

  /** Gives the instance its parameters at t, or those of a record of that time. */
  at(t: number, own?: OwnCovariates): void {
    this.#set(this.placeAt(t))
    if (own === undefined) return
    for (const { name, parameter } of this.#changing) {
      const value = own[name]
      if (value === undefined) continue
      this.#values[parameter] = value
      this.#instance.setSlope(parameter, 0, 0)
    }
    this.#instance.setParameters(this.#values)
    this.#present = -1
  }

  /** The same, held at these values where they would go on changing. */
  hold(t: number, own?: OwnCovariates): void {
    const place = this.placeAt(t)
    this.at(t, own)
    const moving = this.#changing.filter(({ name, isLinear }) => isLinear && own?.[name] === undefined)
    if (moving.length === 0) return
    for (const { parameter, places } of moving) {
      const { value, slope, since } = places[place]!
      this.#values[parameter] = slope === 0 ? value : value + slope * (t - since)
      this.#instance.setSlope(parameter, 0, 0)
    }
    this.#instance.setParameters(this.#values)
    this.#present = -1
  }

  /** Gives the instance its parameters of the open interval that begins at t. */
  after(t: number): void {
    const place = this.placeAt(t)
    this.#set(place % 2 === 1 ? place + 1 : place)
  }

  #set(place: number): void {
    if (place === this.#present) return
    this.#present = place
    for (const { parameter, isLinear, places } of this.#changing) {
      const { value, slope, since } = places[place]!
      this.#values[parameter] = value
      if (isLinear) this.#instance.setSlope(parameter, slope, since)
    }
    this.#instance.setParameters(this.#values)
  }
}

function placesOf({ breaks, between, at }: CovariatePieces, nodes: Float64Array): readonly Piece[] {
  const places: Piece[] = [between[0]!]
  let passed = 0
  for (const node of nodes) {
    if (breaks[passed] === node) places.push(at[passed++]!)
    else places.push(between[passed]!)
    places.push(between[passed]!)
  }
  return places
}
