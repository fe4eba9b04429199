import { exp, log, normalQuantile } from '@cartkin/numerics'

/** What is varied in a sensitivity analysis. Inputs are independent of one another. */
export interface SensitivityInput {
  readonly name: string
  readonly distribution: InputDistribution
}

/** How an input spreads; a log-normal one has the standard deviation `sd` on the natural-log scale. */
export type InputDistribution =
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'logUniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly sd: number }
  | { readonly kind: 'logNormal'; readonly median: number; readonly sd: number }

/** The part of a spread without ends that stands for all of it where a design needs ends: this, and as much from above. */
const TAIL = 0.025

/** Throws a RangeError that names the input for a spread that cannot be, for equal names, and where there is no input. */
export function checkInputs(inputs: readonly SensitivityInput[]): void {
  if (inputs.length === 0) throw new RangeError('a sensitivity analysis needs at least one input, got none')
  inputs.forEach(({ name, distribution }, k) => {
    if (inputs.findIndex((other) => other.name === name) < k) throw new RangeError(`two inputs have the name ${name}`)
    const problem = problemOf(distribution)
    if (problem !== null) throw new RangeError(`input ${name}: ${problem}`)
  })
}

function problemOf(distribution: InputDistribution): string | null {
  switch (distribution.kind) {
    case 'uniform':
    case 'logUniform': {
      const { low, high, kind } = distribution
      if (!(Number.isFinite(low) && Number.isFinite(high) && low < high))
        return `its range must be two finite numbers, the first below the second, got ${low} to ${high}`
      return kind === 'logUniform' && !(low > 0)
        ? `a log-uniform range must begin above 0, got ${low} to ${high}; a uniform one need not`
        : null
    }
    case 'normal':
      return Number.isFinite(distribution.mean) && distribution.sd > 0 && Number.isFinite(distribution.sd)
        ? null
        : `needs a finite mean and a standard deviation above 0, got ${distribution.mean} and ${distribution.sd}`
    case 'logNormal':
      return distribution.median > 0 &&
        Number.isFinite(distribution.median) &&
        distribution.sd > 0 &&
        Number.isFinite(distribution.sd)
        ? null
        : `needs a median and a standard deviation of the logarithm above 0, got ${distribution.median} and ${distribution.sd}`
  }
}

/** The quantile of an input's spread at a probability in (0, 1); of a range also at its ends. */
export function inputValue(distribution: InputDistribution, probability: number): number {
  switch (distribution.kind) {
    case 'uniform': {
      const { low, high } = distribution
      return Math.min(high, low + probability * (high - low))
    }
    case 'logUniform': {
      const { low, high } = distribution
      const from = log(low)
      return Math.min(high, Math.max(low, exp(from + probability * (log(high) - from))))
    }
    case 'normal':
      return distribution.mean + distribution.sd * normalQuantile(probability)
    case 'logNormal':
      return distribution.median * exp(distribution.sd * normalQuantile(probability))
  }
}

/** A place in [0, 1] as a probability: as it stands for a range, within the central 95 % for a spread without ends. */
export function boundedProbability({ kind }: InputDistribution, place: number): number {
  return kind === 'uniform' || kind === 'logUniform' ? place : TAIL + (1 - 2 * TAIL) * place
}
