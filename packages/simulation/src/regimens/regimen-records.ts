import { type Model, parseExpression } from '@cartkin/model'
import type { EventRecord } from '../records/event-record.ts'
import type { Regimen, RegimenDose } from './regimen.ts'

/**
 * The records of a regimen at given parameter values, sorted by time; what happens at one time keeps its order, milestones
 * (EVID 2) before doses. Throws a RangeError naming the dose (counted from 1) whose amount cannot be read or is not a number.
 */
export function regimenRecords(model: Model, regimen: Regimen, parameters: Float64Array): readonly EventRecord[] {
  return recordsWith(regimen, (wanted) => {
    const k = model.parameters.findIndex(({ name }) => name === wanted)
    if (k < 0) throw new RangeError(`the model has no parameter ${wanted}`)
    return parameters[k]!
  })
}

/** The same with the values of names that its amounts use; `value` throws a RangeError for those it does not know. */
export function recordsWith(regimen: Regimen, value: (name: string) => number): readonly EventRecord[] {
  return [
    ...(regimen.milestones ?? []).map(({ time }): EventRecord => ({ time, evid: 2 })),
    ...regimen.doses.map((dose, k) => toRecord(dose, regimenAmount(dose.amt, doseName(regimen, k), value))),
  ].sort((a, b) => a.time - b.time)
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

/** A dose of a regimen in messages, counted from 1. */
export function doseName({ name }: Regimen, index: number): string {
  return `dose ${index + 1} of ${name}`
}

function toRecord({ time, evid, cmt, rate, duration, ii, addl }: RegimenDose, amt: number): EventRecord {
  return {
    time,
    evid: evid ?? 1,
    cmt,
    amt,
    ...(rate !== undefined && { rate }),
    ...(duration !== undefined && { duration }),
    ...(ii !== undefined && { ii }),
    ...(addl !== undefined && { addl }),
  }
}

/** An amount at given values of the names it uses. Throws a RangeError that begins with `where`. */
export function regimenAmount(amt: number | string, where: string, value: (name: string) => number): number {
  if (typeof amt === 'number') return amt
  const expression = parseExpression(amt)
  if (!expression.ok)
    throw new RangeError(`${where}: amount ${amt}: ${expression.diagnostics[0]?.message ?? 'not an expression'}`)
  const amount = expression.evaluate((name) => {
    try {
      return value(name)
    } catch (error) {
      if (error instanceof RangeError) throw new RangeError(`${where}: amount ${amt}: ${error.message}`)
      throw error
    }
  })
  if (!Number.isFinite(amount)) throw new RangeError(`${where}: amount ${amt} is ${amount}, not a finite number`)
  return amount
}
