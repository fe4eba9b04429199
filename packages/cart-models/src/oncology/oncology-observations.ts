import type { Observation } from '../library/library-model.ts'
import { kimmelCounts } from '../observations/kimmel-counts.ts'

const kimmel = 'Kimmel 2021, Proc R Soc B 288:20210229'
const amidi = 'aggregates of the cohort of Amidi 2022, J Immunother Cancer 10:e005459, CRS grade 2'

/** Published values behind the curves of `oncology-qsp`. */
export const oncologyObservations: readonly Observation[] = [
  ...kimmelCounts,
  {
    quantity: 'TS',
    time: 0,
    value: 95,
    label: 'Median metabolic tumour volume before treatment',
    source: kimmel,
    trust: 'found',
  },
  {
    quantity: 'logTS',
    time: 7,
    value: -1.99,
    label: 'Circulating tumour DNA of responders, 11.8 to 0.12 hGE/mL in 7 days',
    source: 'Sworder 2023, through a public report',
    trust: 'found-secondary',
  },
  {
    quantity: 'IL6',
    time: 4.5,
    value: 283.5,
    lower: 22.8,
    upper: 400,
    range: 'quartiles; assay ends at 400',
    label: 'Peak IL-6, CRS grade 2, at its median day',
    source: amidi,
    trust: 'found',
    licence: 'CC BY-NC 4.0',
  },
  {
    quantity: 'CRP',
    time: 4,
    value: 153.4,
    lower: 90,
    upper: 224,
    range: 'quartiles',
    label: 'Peak C-reactive protein, CRS grade 2, at its median day',
    source: amidi,
    trust: 'found',
    licence: 'CC BY-NC 4.0',
  },
  {
    quantity: 'FER',
    time: 7,
    value: 1981,
    lower: 1120,
    upper: 6172,
    range: 'quartiles',
    label: 'Peak ferritin, CRS grade 2, at its median day',
    source: amidi,
    trust: 'found',
    licence: 'CC BY-NC 4.0',
  },
]
