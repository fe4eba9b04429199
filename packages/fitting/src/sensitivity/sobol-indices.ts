import { percentileInterval, resampled } from './resampling.ts'
import type { Interval, SensitivityOptions } from './sensitivity-runs.ts'

/** Shares of an output's variance that an input explains. */
export interface SobolIndex {
  readonly input: string
  /** Alone. */
  readonly first: Interval
  /** Alone and in interactions with the others. */
  readonly total: Interval
  /** Samples whose runs all gave a value. */
  readonly used: number
}

/** The share of the variance that the interaction of two inputs explains. */
export interface SobolPair {
  readonly inputs: readonly [string, string]
  readonly second: Interval
}

/** Of one output. */
export interface SobolOutput {
  readonly name: string
  readonly mean: number
  readonly variance: number
  /** Runs that finished without this output being defined. */
  readonly undefinedRuns: number
  /** In the order of the inputs; NaN where the output does not vary. */
  readonly indices: readonly SobolIndex[]
  /** Where second order was asked for, by the places of the inputs. */
  readonly pairs: readonly SobolPair[]
}

/** Runs of Saltelli's scheme. */
export interface SobolRuns {
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly samples: number
  readonly secondOrder: boolean
  /** Rows (samples × stride) × outputs, in the order of `SobolDesign`; NaN where there is no value. */
  readonly values: Float64Array
  readonly failed: number
}

/** Terms of a mean over samples. */
interface Terms {
  /** One per sample; 0 where a run that it needs has no value. */
  readonly values: Float64Array
  /** 1 where it has, else 0. */
  readonly counts: Float64Array
}

/**
 * Sobol indices with bootstrap intervals over the samples. First order by A. Saltelli et al., Comput. Phys. Commun. 181, 259–270,
 * 2010, eq. (b) of table 2, total by M. J. W. Jansen (1999), eq. (f), second order by Saltelli (2002); outputs are centred first. A
 * sample counts for an input where the runs that its term needs all have a value (pairwise exclusion).
 */
export function sobolIndices(
  runs: SobolRuns,
  { seed, level, resamples }: Required<SensitivityOptions>,
): readonly SobolOutput[] {
  const outputs = runs.outputs.map((_, o) => outputTerms(runs, o))
  const replicates = outputs.map(({ first, total, pairs }) => ({
    first: first.map(() => new Float64Array(resamples)),
    total: total.map(() => new Float64Array(resamples)),
    pairs: pairs.map(() => new Float64Array(resamples)),
  }))
  const weights = new Float64Array(runs.samples)
  for (let r = 0; r < resamples; r++) {
    resampled(seed, r, runs.samples, weights)
    outputs.forEach((terms, o) => {
      const own = replicates[o]!
      const values = indicesOf(terms, weights)
      values.first.forEach((value, i) => {
        own.first[i]![r] = value
        own.total[i]![r] = values.total[i]!
      })
      values.pairs.forEach((value, p) => {
        own.pairs[p]![r] = value
      })
    })
  }
  const once = new Float64Array(runs.samples).fill(1)
  return outputs.map((terms, o) => {
    const own = replicates[o]!
    const values = indicesOf(terms, once)
    const interval = (value: number, of: Float64Array) => percentileInterval(value, of, level)
    return {
      name: runs.outputs[o]!,
      mean: terms.mean,
      variance: terms.variance,
      undefinedRuns: terms.missing - runs.failed,
      indices: runs.inputs.map((input, i) => ({
        input,
        first: interval(values.first[i]!, own.first[i]!),
        total: interval(values.total[i]!, own.total[i]!),
        used: sum(terms.total[i]!.counts),
      })),
      pairs: terms.pairs.map(({ i, j }, p) => ({
        inputs: [runs.inputs[i]!, runs.inputs[j]!] as const,
        second: interval(values.pairs[p]!, own.pairs[p]!),
      })),
    }
  })
}

/** The widest interval of a total index; NaN where one is not known. */
export function widestTotal(outputs: readonly SobolOutput[]): number {
  return outputs
    .flatMap(({ indices, variance }) => (variance === 0 ? [] : indices))
    .reduce((most, { total }) => {
      const width = total.upper - total.lower
      return Number.isNaN(width) || Number.isNaN(most) ? Number.NaN : Math.max(most, width)
    }, 0)
}

interface OutputTerms {
  readonly mean: number
  readonly variance: number
  readonly missing: number
  /** Of A and B: centred values and their squares, each the sum of the two runs of a sample. */
  readonly centred: Float64Array
  readonly squared: Float64Array
  readonly counts: Float64Array
  readonly first: readonly Terms[]
  readonly total: readonly Terms[]
  readonly pairs: readonly { readonly i: number; readonly j: number; readonly terms: Terms }[]
}

function outputTerms({ inputs, outputs, samples, secondOrder, values }: SobolRuns, o: number): OutputTerms {
  const k = inputs.length
  const stride = (secondOrder ? 2 : 1) * k + 2
  const at = (sample: number, run: number) => values[(sample * stride + run) * outputs.length + o]!
  const mean = centre(samples, at)
  const counts = new Float64Array(samples)
  const centred = new Float64Array(samples)
  const squared = new Float64Array(samples)
  let missing = 0
  for (let s = 0; s < samples; s++) {
    for (let run = 0; run < stride; run++) {
      const value = at(s, run)
      if (!Number.isFinite(value)) missing++
      else if (run < 2) {
        counts[s] = counts[s]! + 1
        centred[s] = centred[s]! + (value - mean)
        squared[s] = squared[s]! + (value - mean) * (value - mean)
      }
    }
  }
  const terms = (term: (sample: number) => number): Terms => {
    const own = { values: new Float64Array(samples), counts: new Float64Array(samples) }
    for (let s = 0; s < samples; s++) {
      const value = term(s)
      if (!Number.isFinite(value)) continue
      own.values[s] = value
      own.counts[s] = 1
    }
    return own
  }
  const each = inputs.map((_, i) => i)
  const first = each.map((i) => terms((s) => (at(s, 1) - mean) * (at(s, 2 + i) - at(s, 0))))
  const total = each.map((i) =>
    terms((s) => {
      const difference = at(s, 0) - at(s, 2 + i)
      // a sample counts for both indices or for none
      return Number.isFinite(at(s, 1)) ? (difference * difference) / 2 : Number.NaN
    }),
  )
  const pairs = !secondOrder
    ? []
    : each.flatMap((i) =>
        each.slice(i + 1).map((j) => ({
          i,
          j,
          terms: terms(
            (s) => (at(s, 2 + k + i) - mean) * (at(s, 2 + j) - mean) - (at(s, 0) - mean) * (at(s, 1) - mean),
          ),
        })),
      )
  const n = sum(counts)
  const shift = n > 0 ? sum(centred) / n : Number.NaN
  const spread = n > 0 ? sum(squared) / n - shift * shift : Number.NaN
  // what rounding alone leaves is no variance
  const variance = spread <= 1e-24 * mean * mean ? 0 : spread
  return { mean, variance, missing, centred, squared, counts, first, total, pairs }
}

/** Mean of A and B. */
function centre(samples: number, at: (sample: number, run: number) => number): number {
  let total = 0
  let n = 0
  for (let s = 0; s < samples; s++) {
    for (let run = 0; run < 2; run++) {
      const value = at(s, run)
      if (!Number.isFinite(value)) continue
      total += value
      n++
    }
  }
  return n === 0 ? Number.NaN : total / n
}

function indicesOf(
  { variance: whole, centred, squared, counts, first, total, pairs }: OutputTerms,
  weights: Float64Array,
): { readonly first: readonly number[]; readonly total: readonly number[]; readonly pairs: readonly number[] } {
  const n = dot(weights, counts)
  const shift = dot(weights, centred) / n
  const variance = dot(weights, squared) / n - shift * shift
  const share = (terms: Terms) =>
    whole > 0 && variance > 0 ? dot(weights, terms.values) / dot(weights, terms.counts) / variance : Number.NaN
  const firsts = first.map(share)
  return {
    first: firsts,
    total: total.map(share),
    pairs: pairs.map(({ i, j, terms }) => share(terms) - firsts[i]! - firsts[j]!),
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0
  for (let k = 0; k < a.length; k++) total += a[k]! * b[k]!
  return total
}

function sum(values: Float64Array): number {
  let total = 0
  for (let k = 0; k < values.length; k++) total += values[k]!
  return total
}
