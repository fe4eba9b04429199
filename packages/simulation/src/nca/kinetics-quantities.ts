import type { NcaDimension } from './nca-units.ts'

/** What an analysis of a course of cells gives, in the order of its tables. */
export const kineticsQuantities = {
  Cmax: { label: 'Highest value', dimension: 'concentration' },
  Tmax: { label: 'Time of the highest value', dimension: 'time' },
  AUC0_28: { label: 'Area over the first 28 days', dimension: 'area' },
  AUClast: { label: 'Area to the last quantifiable value', dimension: 'area' },
  Tlag: { label: 'Time of the last sample before the first quantifiable value', dimension: 'time' },
  lag: { label: 'Time at which expansion begins', dimension: 'time' },
  rho: { label: 'Rate of expansion', dimension: '1/time' },
  doubling_time: { label: 'Doubling time in expansion', dimension: 'time' },
  alpha: { label: 'Rate of contraction', dimension: '1/time' },
  half_life_alpha: { label: 'Half-life in contraction', dimension: 'time' },
  beta: { label: 'Rate of decline in persistence', dimension: '1/time' },
  half_life_beta: { label: 'Half-life in persistence', dimension: 'time' },
  Clast: { label: 'Last quantifiable value', dimension: 'concentration' },
  Tlast: { label: 'Time of the last quantifiable value', dimension: 'time' },
  persistence: { label: 'Last time above the limit of quantification', dimension: 'time' },
} as const satisfies Readonly<Record<string, { readonly label: string; readonly dimension: NcaDimension }>>

export type KineticsName = keyof typeof kineticsQuantities
