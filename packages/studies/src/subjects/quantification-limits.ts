import { type Model, nearestName } from '@cartkin/model'
import type { EventData, Observe } from '@cartkin/tables'
import type { DataReading } from '../plan/data-reading.ts'

/**
 * Limits of quantification by the texts of the data, where they were given by quantities of the model: `C=50` where `1` is C.
 */
export function limitsByLabel(
  { lloq = {}, ...reading }: DataReading,
  observe: Observe,
  quantities: readonly string[],
): DataReading {
  const limits = Object.entries(lloq).flatMap(([name, limit]): (readonly [string, number])[] => {
    const place = quantities.indexOf(name)
    const labels = Object.keys(observe).filter((label) => observe[label] === name)
    return [
      [name, limit],
      ...labels.map((label) => [label, limit] as const),
      ...(place >= 0 && labels.length === 0 ? [[String(place + 1), limit] as const] : []),
      // Data without a column of endpoints are of the one quantity.
      ...(place >= 0 && quantities.length === 1 && !Object.hasOwn(lloq, '') ? [['', limit] as const] : []),
    ]
  })
  return Object.keys(lloq).length === 0 ? reading : { ...reading, lloq: Object.fromEntries(limits) }
}

/** Says that a limit belongs to nothing in the data, which would leave zeros where the modeller believes them censored. */
export function checkLimits(
  { lloq = {} }: DataReading,
  data: EventData,
  { states, outputs }: Pick<Model, 'states' | 'outputs'>,
  fail: (message: string) => Error,
): void {
  const known = new Set([...states, ...outputs].map(({ name }) => name))
  for (const { records } of data.subjects) for (const { endpoint } of records) if (endpoint) known.add(endpoint)
  for (const name of Object.keys(lloq))
    if (name !== '' && !known.has(name)) {
      const nearest = nearestName(name, known)
      throw fail(
        `there is a limit of quantification for ${name}, which is neither in the data nor in the model${nearest === undefined ? '' : `; did you mean ${nearest}?`}`,
      )
    }
}
