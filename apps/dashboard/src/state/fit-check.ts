import { type CheckedBin, residualReplicates, timeBins, visualPredictiveCheck } from '@cartkin/fitting'
import { endedProblem } from './fit-profiles.ts'
import type { FinishedFit } from './fit-run.ts'

/** A visual predictive check of one quantity. */
export interface QuantityCheck {
  readonly quantity: string
  readonly bins: readonly CheckedBin[]
  readonly observations: readonly { readonly time: number; readonly value: number; readonly subject: string }[]
  /** Lower limit of quantification; null where none is known. */
  readonly lloq: number | null
  /** Observations, those below quantification among them. */
  readonly count: number
}

export const checkReplicates = 200
/** Most bins of time. */
const mostBins = 12
/** Observations that a bin needs for percentiles other than its median. */
const enoughForPercentiles = 5
/** Replicates that are made without giving way to the page. */
const perTurn = 20

/**
 * What the fit says the data might have been: observations drawn anew around its predictions, with its residual errors. It draws no
 * differences between subjects: a pooled fit has none, and of subjects fitted each alone the predictions are their own.
 */
export async function fitCheck(
  fit: FinishedFit,
  seed: number,
  isOver: () => boolean,
): Promise<readonly QuantityCheck[]> {
  const parts = fittedParts(fit)
  const drawn = parts.map(({ result }) => new Float64Array(checkReplicates * result.predictions.length))
  for (let from = 0; from < checkReplicates; from += perTurn) {
    for (const [k, part] of parts.entries())
      drawn[k]?.set(
        residualReplicates(part, { seed: seed + k, from, count: perTurn }),
        from * part.result.predictions.length,
      )
    await new Promise((resolve) => setTimeout(resolve))
    if (isOver()) return []
  }
  const rows = parts.flatMap(({ problem, result }, part) => {
    const observations = problem.subjects.flatMap(({ observations }) => observations)
    return result.predictions.map((prediction, place) => ({
      ...prediction,
      part,
      place,
      lloq: observations[place]?.lloq,
    }))
  })
  const quantities = [...new Set(rows.map(({ quantity }) => quantity))]
  return quantities.map((quantity): QuantityCheck => {
    const own = rows.filter((row) => row.quantity === quantity && row.censored !== 'right')
    const below = own.map(({ censored }) => censored === 'left' || censored === 'interval')
    const limits = own.filter((_, k) => below[k]).map(({ observed }) => observed)
    const lloq = limits.length > 0 ? Math.max(...limits) : null
    const simulated = new Float64Array(checkReplicates * own.length)
    for (let r = 0; r < checkReplicates; r++)
      own.forEach(({ part, place }, k) => {
        const count = parts[part]?.result.predictions.length ?? 0
        simulated[r * own.length + k] = drawn[part]?.[r * count + place] ?? Number.NaN
      })
    const subjects = new Set(own.map(({ subject }) => subject)).size
    const wanted = Math.min(mostBins, Math.max(1, Math.round(own.length / subjects)))
    const bins = timeBins(
      own.map(({ time }) => time),
      wanted,
    )
    return {
      quantity,
      lloq,
      count: own.length,
      observations: own.flatMap(({ time, observed, subject }, k) =>
        below[k] ? [] : [{ time, value: observed, subject }],
      ),
      bins: visualPredictiveCheck({
        bins,
        observed: own.map(({ observed }) => observed),
        below,
        simulated,
        levels: bins.some(({ members }) => members.length >= enoughForPercentiles) ? [0.05, 0.5, 0.95] : [0.5],
        ...(lloq !== null && { lloq }),
      }),
    }
  })
}

function fittedParts(fit: FinishedFit) {
  const { results } = fit
  if (results.kind === 'pooled') return [{ problem: endedProblem(fit, null), result: results.best }]
  return results.fits.flatMap((one) =>
    one.status === 'fitted' ? [{ problem: endedProblem(fit, one.id), result: one.result }] : [],
  )
}
