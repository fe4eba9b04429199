import type { EndpointDefinition } from '@cartkin/simulation'
import { bDepletionDay, bReturnDay } from '../library/b-cell-endpoints.ts'

/** What is read off a course of `oncology-qsp`. */
export const oncologyEndpoints: readonly EndpointDefinition[] = [
  { name: 'Cmax', label: 'Peak CAR-T cells', unit: 'cells/uL', quantity: 'CAR', kind: 'maximum', from: 2 },
  { name: 'Tmax', label: 'Day of peak CAR-T cells', unit: 'day', quantity: 'CAR', kind: 'timeOfMaximum', from: 2 },
  {
    name: 'AUC0_28',
    label: 'CAR-T exposure, day 0 to 28',
    unit: 'cells*day/uL',
    quantity: 'CAR',
    kind: 'auc',
    from: 0,
    to: 28,
  },
  bDepletionDay,
  bReturnDay,
  { name: 'logTS_7', label: 'Tumour change, day 7', unit: 'log10', quantity: 'logTS', kind: 'value', at: 7 },
  { name: 'logTS_30', label: 'Tumour change, day 30', unit: 'log10', quantity: 'logTS', kind: 'value', at: 30 },
  { name: 'logTS_90', label: 'Tumour change, day 90', unit: 'log10', quantity: 'logTS', kind: 'value', at: 90 },
  { name: 'IL6_peak', label: 'Peak IL-6', unit: 'pg/mL', quantity: 'IL6', kind: 'maximum' },
  { name: 'IL6_peak_day', label: 'Day of peak IL-6', unit: 'day', quantity: 'IL6', kind: 'timeOfMaximum' },
  { name: 'CRP_peak', label: 'Peak C-reactive protein', unit: 'mg/L', quantity: 'CRP', kind: 'maximum' },
  {
    name: 'CRP_peak_day',
    label: 'Day of peak C-reactive protein',
    unit: 'day',
    quantity: 'CRP',
    kind: 'timeOfMaximum',
  },
  { name: 'FER_peak', label: 'Peak ferritin', unit: 'ng/mL', quantity: 'FER', kind: 'maximum' },
  {
    name: 'Fever_day',
    label: 'First day of fever (38.0 degC or more)',
    unit: 'day',
    quantity: 'TEMP',
    kind: 'firstAbove',
    threshold: 38,
    from: 0,
  },
  { name: 'CRS_grade', label: 'Highest CRS grade', unit: 'grade', quantity: 'CRS', kind: 'maximum' },
  { name: 'ICANS_grade', label: 'Highest ICANS grade', unit: 'grade', quantity: 'ICANS', kind: 'maximum' },
  { name: 'ANC_nadir', label: 'Lowest neutrophils', unit: 'cells/uL', quantity: 'NC', kind: 'minimum' },
]
