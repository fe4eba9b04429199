import type { Model } from '@cartkin/model'
import type { EventRecord } from '../records/event-record.ts'
import type { Regimen } from './regimen.ts'
import { regimenParameters, regimenRecords } from './regimen-records.ts'

/** Relative step of a central difference: the cube root of the spacing of numbers near 1, where rounding and curvature are alike. */
const relativeStep = 6e-6

/**
 * ∂amt/∂p of those records of a regimen whose amounts name parameters of the sensitivities, by central differences of the
 * amounts alone: 10 digits of a smooth expression.
 *
 * @param records those of `regimenRecords` at the same values.
 * @param sensitivities parameters by their indices; the derivatives have their order.
 */
export function amountDerivatives(
  model: Model,
  regimen: Regimen,
  parameters: Float64Array,
  records: readonly EventRecord[],
  sensitivities: readonly number[],
): ReadonlyMap<EventRecord, Float64Array> {
  const named = regimenParameters(regimen)
  const changing = new Map<EventRecord, Float64Array>()
  sensitivities.forEach((index, j) => {
    if (!named.includes(model.parameters[index]?.name ?? '')) return
    const value = parameters[index]!
    const step = relativeStep * (Math.abs(value) || 1)
    const at = (moved: number): readonly EventRecord[] => regimenRecords(model, regimen, parameters.with(index, moved))
    // only amounts change, so that the records stay in their order
    const [above, below] = [at(value + step), at(value - step)]
    records.forEach((record, k) => {
      const difference = (above[k]?.amt ?? 0) - (below[k]?.amt ?? 0)
      if (difference === 0) return
      const changes = changing.get(record) ?? new Float64Array(sensitivities.length)
      changes[j] = difference / (2 * step)
      changing.set(record, changes)
    })
  })
  return changing
}
