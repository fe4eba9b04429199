import { type Model, parseExpression } from '@cartkin/model'
import type { EventRecord } from './event-record.ts'
import type { Regimen, RegimenDose } from './regimen.ts'

/**
 * The records of a regimen at given parameter values, sorted by time; doses at one time keep their order. Throws a
 * RangeError naming the dose (counted from 1) whose amount cannot be read or is not a number.
 */
export function regimenRecords(model: Model, regimen: Regimen, parameters: Float64Array): readonly EventRecord[] {
  const index = new Map(model.parameters.map(({ name }, k) => [name, k]))
  return regimen.doses
    .map((dose, k) => toRecord(dose, amountOf(dose, `dose ${k + 1} of ${regimen.name}`, index, parameters)))
    .sort((a, b) => a.time - b.time)
}

/** Parameters that a regimen's amounts name: changing one changes the doses. */
export function regimenParameters(regimen: Regimen): readonly string[] {
  const names = new Set<string>()
  for (const { amt } of regimen.doses) {
    if (typeof amt !== 'string') continue
    const expression = parseExpression(amt)
    if (expression.ok) for (const name of expression.names) names.add(name)
  }
  return [...names]
}

function toRecord({ time, cmt, rate, duration, ii, addl }: RegimenDose, amt: number): EventRecord {
  return {
    time,
    evid: 1,
    cmt,
    amt,
    ...(rate !== undefined && { rate }),
    ...(duration !== undefined && { duration }),
    ...(ii !== undefined && { ii }),
    ...(addl !== undefined && { addl }),
  }
}

function amountOf(
  { amt }: RegimenDose,
  where: string,
  index: ReadonlyMap<string, number>,
  parameters: Float64Array,
): number {
  if (typeof amt === 'number') return amt
  const expression = parseExpression(amt)
  if (!expression.ok)
    throw new RangeError(`${where}: amount ${amt}: ${expression.diagnostics[0]?.message ?? 'not an expression'}`)
  const value = expression.evaluate((name) => {
    const k = index.get(name)
    if (k === undefined) throw new RangeError(`${where}: amount ${amt}: the model has no parameter ${name}`)
    return parameters[k]!
  })
  if (!Number.isFinite(value)) throw new RangeError(`${where}: amount ${amt} is ${value}, not a finite number`)
  return value
}
