/** What of a model was chosen with a target in view; a row that was tuned to shows a fit, not a validation. */
export type Tuning = 'none' | 'parameters' | 'variability'

const tunings: readonly string[] = ['none', 'parameters', 'variability'] satisfies readonly Tuning[]

export function isTuning(value: string): value is Tuning {
  return tunings.includes(value)
}

/** The series of targets that are alike in this, by the letter that their identifiers begin with. */
const series: Readonly<Record<string, { readonly tuning: Tuning; readonly reason: string }>> = {
  A: {
    tuning: 'none',
    reason: 'A published model run with its published values: nothing was changed to meet it.',
  },
  B: { tuning: 'parameters', reason: 'The fitted parameters of the lupus model were chosen to meet it.' },
  C: {
    tuning: 'variability',
    reason: 'The variabilities of the virtual patients were chosen to meet it, around a typical patient tuned to B.',
  },
  D: { tuning: 'parameters', reason: 'The fitted parameters of the oncology model were chosen to meet it.' },
}

/**
 * Whether the targets of a series were used for tuning, and how: `B07` by the parameters of the lupus model, `A07` not at
 * all. Throws a RangeError for an identifier of no such series, so that none is taken for a validation by default.
 */
export function targetTuning(id: string): { readonly tuning: Tuning; readonly reason: string } {
  const found = Object.hasOwn(series, id.slice(0, 1)) ? series[id.slice(0, 1)] : undefined
  if (found === undefined)
    throw new RangeError(
      `target ${id} says no tuning and is of no series that does; these begin with ${Object.keys(series).join(', ')}`,
    )
  return found
}
