import type { Model } from '@cartkin/model'
import type { RegimenDose } from '@cartkin/simulation'
import { typedNumber } from './typed-number.ts'

/** A dose as it is typed. */
export interface DoseFields {
  readonly amount: string
  readonly into: string
  readonly at: string
  /** Empty: all at once, or as rate() or dur() of the text say. */
  readonly rate: string
  /** Empty: once. */
  readonly every: string
  /** How many in all, where there is an interval. */
  readonly count: string
}

export type TypedDose =
  | { readonly kind: 'dose'; readonly dose: RegimenDose }
  | { readonly kind: 'refused'; readonly field: keyof DoseFields; readonly problem: string }

/** The most doses that one line may stand for. */
const mostDoses = 10_000

/** Reads a typed dose for a model, or says which field is wrong and how. */
export function typedDose(fields: DoseFields, model: Pick<Model, 'states' | 'rate' | 'duration'>): TypedDose {
  const state = model.states.findIndex(({ name }) => name === fields.into)
  if (state < 0) return refused('into', `The model has no state ${fields.into}.`)
  const amount = numberOf(fields, 'amount', 'Type an amount, for example 100.')
  if (typeof amount !== 'number') return amount
  if (!(amount >= 0)) return refused('amount', `An amount is not negative, got ${amount}.`)
  const time = numberOf(fields, 'at', 0)
  if (typeof time !== 'number') return time
  if (!(time >= 0)) return refused('at', `The run begins at 0; ${time} is before that.`)
  const modelled = model.rate.has(state) ? -1 : model.duration.has(state) ? -2 : 0
  const rate = numberOf(fields, 'rate', modelled)
  if (typeof rate !== 'number') return rate
  if (!(rate >= 0 || rate === modelled)) return refused('rate', `A rate is not negative, got ${rate}.`)
  const every = numberOf(fields, 'every', 0)
  if (typeof every !== 'number') return every
  if (!(every >= 0)) return refused('every', `The time between doses is not negative, got ${every}.`)
  const count = numberOf(fields, 'count', 1)
  if (typeof count !== 'number') return count
  if (!(Number.isInteger(count) && count >= 1 && count <= mostDoses))
    return refused('count', `Give a whole number of doses from 1 to ${mostDoses}, got ${count}.`)
  if (count > 1 && every === 0) return refused('every', `${count} doses need a time between them.`)
  return {
    kind: 'dose',
    dose: {
      time,
      cmt: fields.into,
      amt: amount,
      ...(rate !== 0 && { rate }),
      ...(count > 1 && { ii: every, addl: count - 1 }),
    },
  }
}

function numberOf(fields: DoseFields, field: keyof DoseFields, otherwise: number | string): number | TypedDose {
  const typed = typedNumber(fields[field])
  if (typed.kind === 'number') return typed.value
  if (typed.kind === 'refused') return refused(field, typed.problem)
  return typeof otherwise === 'number' ? otherwise : refused(field, otherwise)
}

function refused(field: keyof DoseFields, problem: string): TypedDose {
  return { kind: 'refused', field, problem }
}
