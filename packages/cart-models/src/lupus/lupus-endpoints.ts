import type { EndpointDefinition } from '@cartkin/simulation'
import { bDepletionDay, bReturnDay } from '../library/b-cell-endpoints.ts'

/** What is read off a course of `lupus-qsp`. */
export const lupusEndpoints: readonly EndpointDefinition[] = [
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
  { name: 'SLEDAI_90', label: 'SLEDAI-2K on day 90', unit: 'score', quantity: 'SLEDAI', kind: 'value', at: 90 },
  { name: 'SLEDAI_180', label: 'SLEDAI-2K on day 180', unit: 'score', quantity: 'SLEDAI', kind: 'value', at: 180 },
  { name: 'SLEDAI_365', label: 'SLEDAI-2K on day 365', unit: 'score', quantity: 'SLEDAI', kind: 'value', at: 365 },
  { name: 'AAB_90', label: 'Anti-dsDNA on day 90', unit: 'IU/mL', quantity: 'AAB', kind: 'value', at: 90 },
  { name: 'UPCR_90', label: 'Proteinuria on day 90', unit: 'mg/g', quantity: 'UPCR', kind: 'value', at: 90 },
  { name: 'IGG_min', label: 'Lowest IgG', unit: 'g/L', quantity: 'IGG', kind: 'minimum' },
  { name: 'IL6_peak', label: 'Peak IL-6', unit: 'pg/mL', quantity: 'IL6', kind: 'maximum', from: 0 },
  { name: 'IL6_peak_day', label: 'Day of peak IL-6', unit: 'day', quantity: 'IL6', kind: 'timeOfMaximum', from: 0 },
  { name: 'CRP_peak', label: 'Peak C-reactive protein', unit: 'mg/L', quantity: 'CRP', kind: 'maximum' },
  {
    name: 'Fever_days',
    label: 'Days with fever (38.0 degC or more)',
    unit: 'day',
    quantity: 'TEMP',
    kind: 'timeAbove',
    threshold: 38,
  },
  { name: 'CRS_grade', label: 'Highest CRS grade', unit: 'grade', quantity: 'CRS', kind: 'maximum' },
  { name: 'ICANS_grade', label: 'Highest ICANS grade', unit: 'grade', quantity: 'ICANS', kind: 'maximum' },
  { name: 'ANC_nadir', label: 'Lowest neutrophils', unit: 'cells/uL', quantity: 'NC', kind: 'minimum' },
  {
    name: 'ANC_below_500',
    label: 'Days with neutrophils below 500/uL',
    unit: 'day',
    quantity: 'NC',
    kind: 'timeBelow',
    threshold: 500,
  },
]
