import { morrisDesign } from './morris-design.ts'
import { percentileInterval, resampled } from './resampling.ts'
import { boundedProbability, checkInputs, inputValue, type SensitivityInput } from './sensitivity-input.ts'
import { type EvaluateRows, GatheredRows, type Interval, type SensitivityOptions, settled } from './sensitivity-runs.ts'

export interface MorrisOptions extends SensitivityOptions {
  /** Trajectories r: r·(inputs + 1) runs. */
  readonly trajectories: number
  /**
   * Trajectories of which those that lie far apart are taken (as many as `trajectories`: all that are drawn). More of them favour
   * the corners of the grid: where effects depend on their place, μ, μ* and σ are no longer those of the whole grid, and their
   * intervals do not hold; take them only to screen with few trajectories.
   */
  readonly candidates?: number
  /** Levels of the grid, an even number (4). */
  readonly levels?: number
}

/** Elementary effects of an input: change of the output over the change of the input, whose whole range is 1. */
export interface MorrisEffect {
  readonly input: string
  /** Their mean; effects of both signs cancel. */
  readonly mu: Interval
  /** Mean of their absolute values: the importance of the input. */
  readonly muStar: Interval
  /** Their standard deviation: how much the effect depends on where it is taken (curvature, interactions). */
  readonly sigma: Interval
  /** Effects that have a value. */
  readonly used: number
}

export interface MorrisOutput {
  readonly name: string
  readonly undefinedRuns: number
  /** In the order of the inputs; NaN where fewer than two effects have a value. */
  readonly effects: readonly MorrisEffect[]
}

export interface MorrisResult {
  readonly status: 'finished' | 'stopped'
  readonly trajectories: number
  readonly runs: number
  readonly failed: number
  readonly outputs: readonly MorrisOutput[]
}

/** Trajectories that are run at a time. */
const block = 64

/**
 * Elementary effects of M. D. Morris, Technometrics 33, 161–174, 1991, with μ* of Campolongo, Cariboni and Saltelli (2007) and
 * bootstrap intervals over the trajectories. Ranges are taken whole, spreads without ends within their central 95 %.
 *
 * An effect counts where both its runs have a value. Throws a RangeError for inputs and options that cannot be.
 */
export async function morris(
  inputs: readonly SensitivityInput[],
  outputs: readonly string[],
  evaluate: EvaluateRows,
  options: MorrisOptions,
): Promise<MorrisResult> {
  checkInputs(inputs)
  const { trajectories, levels = 4, candidates = trajectories } = options
  if (!(Number.isSafeInteger(trajectories) && trajectories >= 2))
    throw new RangeError(`Morris's method needs at least 2 trajectories, got ${trajectories}`)
  if (!(Number.isSafeInteger(candidates) && candidates >= trajectories))
    throw new RangeError(
      `there must be at least as many candidates as the ${trajectories} trajectories, got ${candidates}`,
    )
  if (!(Number.isSafeInteger(levels) && levels >= 2 && levels % 2 === 0))
    throw new RangeError(`the grid needs an even number of levels from 2, got ${levels}`)
  const set = settled(options)
  const k = inputs.length
  const design = morrisDesign(k, { trajectories, candidates, levels, seed: set.seed })
  const gathered = new GatheredRows(trajectories * (k + 1), outputs.length)
  let done = 0
  let isStopped = false
  while (done < trajectories && !isStopped) {
    const part = design.slice(done, done + block)
    const rows = new Float64Array(part.length * (k + 1) * k)
    part.forEach(({ points }, t) => {
      points.forEach((place, p) => {
        const { distribution } = inputs[p % k]!
        rows[t * points.length + p] = inputValue(distribution, boundedProbability(distribution, place))
      })
    })
    const evaluated = await evaluate(rows, part.length * (k + 1), done * (k + 1))
    if (evaluated === null) isStopped = true
    else {
      gathered.put(evaluated, done * (k + 1))
      done += part.length
    }
  }
  const width = levels / (2 * (levels - 1))
  return {
    status: isStopped ? 'stopped' : 'finished',
    trajectories: done,
    runs: gathered.runs,
    failed: gathered.failed,
    outputs: outputs.map((name, o) => {
      const at = (row: number) => gathered.outputs[row * outputs.length + o]!
      const effects = Array.from({ length: k }, () => new Float64Array(done).fill(Number.NaN))
      design.slice(0, done).forEach(({ points, order }, t) => {
        order.forEach((input, step) => {
          const row = t * (k + 1) + step
          const direction = Math.sign(points[(step + 1) * k + input]! - points[step * k + input]!)
          effects[input]![t] = (direction * (at(row + 1) - at(row))) / width
        })
      })
      let missing = 0
      for (let row = 0; row < done * (k + 1); row++) if (!Number.isFinite(at(row))) missing++
      return {
        name,
        undefinedRuns: missing - gathered.failed,
        effects: effects.map((own, i) => summarized(inputs[i]!.name, own, set)),
      }
    }),
  }
}

function summarized(
  input: string,
  effects: Float64Array,
  { seed, level, resamples }: Required<SensitivityOptions>,
): MorrisEffect {
  const count = effects.length
  const once = new Float64Array(count).fill(1)
  const { mu, muStar, sigma } = weighted(effects, once)
  const replicates = [mu, muStar, sigma].map(() => new Float64Array(resamples))
  const weights = new Float64Array(count)
  for (let r = 0; r < resamples; r++) {
    resampled(seed, r, count, weights)
    const own = weighted(effects, weights)
    replicates[0]![r] = own.mu
    replicates[1]![r] = own.muStar
    replicates[2]![r] = own.sigma
  }
  return {
    input,
    mu: percentileInterval(mu, replicates[0]!, level),
    muStar: percentileInterval(muStar, replicates[1]!, level),
    sigma: percentileInterval(sigma, replicates[2]!, level),
    used: effects.reduce((sum, effect) => sum + (Number.isFinite(effect) ? 1 : 0), 0),
  }
}

/** Moments of the effects that have a value; NaN where their weights are under 2. */
function weighted(effects: Float64Array, weights: Float64Array) {
  let n = 0
  let sum = 0
  let absolute = 0
  effects.forEach((effect, t) => {
    if (!Number.isFinite(effect)) return
    n += weights[t]!
    sum += weights[t]! * effect
    absolute += weights[t]! * Math.abs(effect)
  })
  if (n < 2) return { mu: Number.NaN, muStar: Number.NaN, sigma: Number.NaN }
  const mu = sum / n
  let squares = 0
  effects.forEach((effect, t) => {
    if (Number.isFinite(effect)) squares += weights[t]! * (effect - mu) * (effect - mu)
  })
  return { mu, muStar: absolute / n, sigma: Math.sqrt(squares / (n - 1)) }
}
