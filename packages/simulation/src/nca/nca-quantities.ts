import type { NcaDimension } from './nca-units.ts'

interface NcaQuantity {
  readonly label: string
  readonly dimension: NcaDimension
}

const quantity = (label: string, dimension: NcaDimension): NcaQuantity => ({ label, dimension })

/** What an analysis of a course of a drug gives, in the order of its tables. */
export const ncaQuantities = {
  Cmax: quantity('Highest value', 'concentration'),
  Cmax_D: quantity('Highest value by dose', 'concentration/dose'),
  Tmax: quantity('Time of the highest value', 'time'),
  Tlag: quantity('Time of the last sample before the first quantifiable value', 'time'),
  C0: quantity('Value at the time of the dose', 'concentration'),
  Tlast: quantity('Time of the last quantifiable value', 'time'),
  Clast: quantity('Last quantifiable value', 'concentration'),
  Clast_pred: quantity('Last quantifiable value, by the terminal line', 'concentration'),
  lambda_z: quantity('Terminal rate', '1/time'),
  half_life: quantity('Terminal half-life', 'time'),
  lambda_z_points: quantity('Points of the terminal line', 'none'),
  lambda_z_lower: quantity('First time of the terminal line', 'time'),
  lambda_z_upper: quantity('Last time of the terminal line', 'time'),
  R2: quantity('R² of the terminal line', 'none'),
  R2_adjusted: quantity('Adjusted R² of the terminal line', 'none'),
  correlation: quantity('Correlation of time and log value in the terminal line', 'none'),
  AUClast: quantity('Area to the last quantifiable value', 'area'),
  AUClast_D: quantity('Area to the last quantifiable value by dose', 'area/dose'),
  AUCall: quantity('Area to the last value', 'area'),
  AUCinf_obs: quantity('Area to infinity, from the observed last value', 'area'),
  AUCinf_D_obs: quantity('Area to infinity by dose, from the observed last value', 'area/dose'),
  AUC_extrapolated_obs: quantity('Extrapolated part of AUCinf_obs', 'percent'),
  AUC_back_obs: quantity('Part of AUCinf_obs before the first sample', 'percent'),
  AUCinf_pred: quantity('Area to infinity, from the predicted last value', 'area'),
  AUCinf_D_pred: quantity('Area to infinity by dose, from the predicted last value', 'area/dose'),
  AUC_extrapolated_pred: quantity('Extrapolated part of AUCinf_pred', 'percent'),
  AUC_back_pred: quantity('Part of AUCinf_pred before the first sample', 'percent'),
  AUMClast: quantity('Area under the first moment to the last quantifiable value', 'moment'),
  AUMCinf_obs: quantity('Area under the first moment to infinity, observed', 'moment'),
  AUMC_extrapolated_obs: quantity('Extrapolated part of AUMCinf_obs', 'percent'),
  AUMCinf_pred: quantity('Area under the first moment to infinity, predicted', 'moment'),
  AUMC_extrapolated_pred: quantity('Extrapolated part of AUMCinf_pred', 'percent'),
  MRTlast: quantity('Mean residence time to the last quantifiable value', 'time'),
  MRTinf_obs: quantity('Mean residence time to infinity, observed', 'time'),
  MRTinf_pred: quantity('Mean residence time to infinity, predicted', 'time'),
  CL_obs: quantity('Clearance, observed', 'dose/area'),
  CL_pred: quantity('Clearance, predicted', 'dose/area'),
  Vz_obs: quantity('Volume in the terminal phase, observed', 'dose/concentration'),
  Vz_pred: quantity('Volume in the terminal phase, predicted', 'dose/concentration'),
  Vss_obs: quantity('Volume at steady state, observed', 'dose/concentration'),
  Vss_pred: quantity('Volume at steady state, predicted', 'dose/concentration'),
} as const satisfies Readonly<Record<string, NcaQuantity>>

export type NcaName = keyof typeof ncaQuantities

/** What the analysis of an interval between doses at steady state gives beside them. */
export const steadyStateQuantities = {
  AUCtau: quantity('Area over the interval', 'area'),
  AUCtau_D: quantity('Area over the interval by dose', 'area/dose'),
  AUMCtau: quantity('Area under the first moment over the interval', 'moment'),
  Ctau: quantity('Value at the end of the interval', 'concentration'),
  Cmin: quantity('Lowest value of the interval', 'concentration'),
  Tmin: quantity('Time of the lowest value of the interval', 'time'),
  Cavg: quantity('Mean value of the interval', 'concentration'),
  fluctuation: quantity('Cmax less Cmin, of Cavg', 'percent'),
  swing: quantity('Cmax less Cmin, by Cmin', 'none'),
  accumulation: quantity('Accumulation, 1/(1 - exp(-lambda_z tau))', 'none'),
} as const satisfies Readonly<Record<string, NcaQuantity>>

export type SteadyStateName = keyof typeof steadyStateQuantities
