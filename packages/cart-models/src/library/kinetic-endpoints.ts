import type { EndpointDefinition } from '@cartkin/simulation'

interface Words {
  readonly quantity: string
  readonly unit: string
  readonly exposureUnit: string
  readonly peak: string
  readonly peakDay: string
  readonly exposure: string
  readonly day28: string
}

function kinetics(words: Words, from: number | undefined): readonly EndpointDefinition[] {
  const { quantity, unit } = words
  const range = from === undefined ? {} : { from }
  return [
    { name: 'Cmax', label: words.peak, unit, quantity, kind: 'maximum', ...range },
    { name: 'Tmax', label: words.peakDay, unit: 'day', quantity, kind: 'timeOfMaximum', ...range },
    { name: 'AUC0_28', label: words.exposure, unit: words.exposureUnit, quantity, kind: 'auc', from: 0, to: 28 },
    { name: 'C28', label: words.day28, unit, quantity, kind: 'value', at: 28 },
  ]
}

/**
 * Cmax, Tmax, AUC0_28 and C28 of CAR in cells/uL.
 *
 * @param from the peak is looked for from this day on, where the infused cells are not to be taken for it.
 */
export function cellKinetics(from?: number): readonly EndpointDefinition[] {
  const words = {
    quantity: 'CAR',
    unit: 'cells/uL',
    exposureUnit: 'cells*day/uL',
    peak: 'Peak CAR-T cells',
    peakDay: 'Day of peak CAR-T cells',
    exposure: 'CAR-T exposure, day 0 to 28',
    day28: 'CAR-T cells on day 28',
  }
  return kinetics(words, from)
}

/** Likewise of the transgene C in copies/ug. */
export function transgeneKinetics(from?: number): readonly EndpointDefinition[] {
  const words = {
    quantity: 'C',
    unit: 'copies/ug',
    exposureUnit: 'copies*day/ug',
    peak: 'Peak transgene',
    peakDay: 'Day of the peak',
    exposure: 'Exposure, day 0 to 28',
    day28: 'Transgene on day 28',
  }
  return kinetics(words, from)
}
