import type { Scenario } from '../library/scenario.ts'
import { oncologyRegimen } from './oncology-regimens.ts'

interface Lever {
  readonly id: string
  readonly title: string
  readonly parameter: string
  readonly value: number
  readonly source: string
}

/**
 * What tells 4-1BB products from CD28 ones, one parameter each. Only the directions are known: slower proliferation and
 * contraction, less exhaustion, more and longer-lived memory. No value is an estimate.
 */
const levers: readonly Lever[] = [
  {
    id: 'slower-proliferation',
    title: 'Proliferation a tenth slower',
    parameter: 'rho',
    value: 1.55,
    source: 'assumed: a tenth below the typical value; only the direction is known',
  },
  {
    id: 'slower-contraction',
    title: 'Slower contraction of effector cells',
    parameter: 'd_E',
    value: 0.16,
    source: 'assumed: rate of the initial contraction of tisagenlecleucel in another model (Stein 2019)',
  },
  {
    id: 'less-exhaustion',
    title: 'Half the exhaustion',
    parameter: 'x_EX',
    value: 0.00795,
    source: 'assumed: half the typical value; only the direction is known',
  },
  {
    id: 'more-memory',
    title: 'Twice as much memory',
    parameter: 'm_EM',
    value: 0.0328,
    source: 'assumed: twice the typical value; only the direction is known',
  },
  {
    id: 'lasting-memory',
    title: 'Long-lived memory',
    parameter: 'd_M',
    value: 0.0032,
    source: 'assumed: rate of the terminal decline of tisagenlecleucel in another model (Stein 2019)',
  },
]

function scenarioOf(id: string, title: string, own: readonly Lever[]): Scenario {
  return {
    id,
    title,
    regimen: oncologyRegimen,
    parameters: Object.fromEntries(own.map(({ parameter, value }) => [parameter, value])),
    notes: Object.fromEntries(own.map(({ parameter, source }) => [parameter, { trust: 'assumption', source }])),
  }
}

/** Each lever alone, and all of them: a product with 4-1BB in place of CD28. */
export const productLevers: readonly Scenario[] = [
  ...levers.map((lever) => scenarioOf(lever.id, lever.title, [lever])),
  scenarioOf('4-1bb', 'A product with 4-1BB in place of CD28', levers),
]
