import type { Model } from '@cartkin/model'
import {
  observationQuantities,
  observationSources,
  quantities,
  type SubjectRun,
  simulateObservations,
} from '@cartkin/simulation'

/**
 * Reads the wanted quantities of a subject's run at times into columns.
 *
 * @param parameters the subject's own values
 * @param key the seed of its population and its index there
 */
type ReadCourses = (
  run: SubjectRun,
  times: Float64Array,
  parameters: Float64Array,
  key: { readonly seed: number; readonly index: number },
  out: readonly Float64Array[],
) => void

/**
 * Looks up states, outputs and simulated observations by name. Throws a RangeError for a name that is none of them.
 */
export function wantedCourses(model: Model, names: readonly string[]): ReadCourses {
  const readable = quantities(model).map(({ name }) => name)
  const places = names.map((name) => readable.indexOf(name))
  const isReadAlone = places.every((place) => place >= 0)
  if (isReadAlone) return (run, times, _parameters, _key, out) => run.readColumns(times, places, out)
  const observable = observationQuantities(model).map(({ name }) => name)
  const observed = names.map((name, k) => (places[k]! >= 0 ? -1 : observable.indexOf(name)))
  names.forEach((name, k) => {
    if (places[k]! < 0 && observed[k]! < 0)
      throw new RangeError(
        `${name} is not a state or output of the model; it has ${[...readable, ...observable].join(', ')}`,
      )
  })
  const sources = observed.flatMap((index) => observationSources(model, index))
  const read = [...new Set([...places.filter((place) => place >= 0), ...sources])]
  return (run, times, parameters, { seed, index: subject }, out) => {
    const columns = new Map(read.map((place) => [place, new Float64Array(times.length)]))
    run.readColumns(times, read, [...columns.values()])
    out.forEach((column, k) => {
      const own = columns.get(places[k]!)
      if (own !== undefined) column.set(own)
      else simulateObservations(model, observed[k]!, parameters, columns, { seed, subject }, column)
    })
  }
}
