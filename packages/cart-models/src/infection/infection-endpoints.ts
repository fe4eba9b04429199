import type { EndpointDefinition } from '@cartkin/simulation'

const at = (name: string, label: string, quantity: string, day: number): EndpointDefinition => ({
  name,
  label,
  unit: '1',
  quantity,
  kind: 'value',
  at: day,
})

const below = (name: string, what: string, quantity: string): EndpointDefinition => ({
  name,
  label: `Days with ${what}, first year`,
  unit: 'day',
  quantity,
  kind: 'value',
  at: 365,
})

/** What is read off a course of `infection-risk`; everything is counted from its day `first` on. */
export const infectionEndpoints: readonly EndpointDefinition[] = [
  at('Pinf_30', 'Probability of an infection in the first 30 days', 'Pinf', 30),
  at('Pinf_90', 'Probability of an infection in the first 90 days', 'Pinf', 90),
  at('Pinf_365', 'Probability of an infection in the first year', 'Pinf', 365),
  at('Pser_30', 'Probability of a serious infection in the first 30 days', 'Pser', 30),
  at('Pser_90', 'Probability of a serious infection in the first 90 days', 'Pser', 90),
  at('Pser_365', 'Probability of a serious infection in the first year', 'Pser', 365),
  at('H_365', 'Infections expected in the first year', 'H', 365),
  below('Days_ANC_500', 'neutrophils below 500/uL', 'D_ANC'),
  below('Days_ANC_1000', 'neutrophils below 1000/uL', 'D_ANC1000'),
  below('Days_CD4_200', 'CD4 T cells below 200/uL', 'D_CD4'),
  below('Days_IgG_4', 'IgG below 4 g/L', 'D_IgG4'),
  below('Days_IgG_6', 'IgG below 6 g/L', 'D_IgG'),
  below('Days_B_10', 'B cells below 10/uL', 'D_B'),
]

/**
 * In the wholes the days below thresholds that the hazard does not have are read off the courses, in place of a state each:
 * each threshold that a state waits for costs as much time as the rest of the model.
 */
export const countedEndpoints: readonly EndpointDefinition[] = [
  timeBelow('Days_ANC_1000', 'neutrophils below 1000/uL', 'NC', 1000),
  timeBelow('Days_IgG_4', 'IgG below 4 g/L', 'IGT', 4),
  timeBelow('Days_B_10', 'B cells below 10/uL', 'B', 10),
]

function timeBelow(name: string, what: string, quantity: string, threshold: number): EndpointDefinition {
  return {
    name,
    label: `Days with ${what}, first year`,
    unit: 'day',
    quantity,
    kind: 'timeBelow',
    threshold,
    from: 0,
    to: 365,
  }
}
