import { exp, expm1, log, log1p, randomStream } from '@cartkin/numerics'
import { type DrawKey, studyOfDraw } from '../populations/draw-key.ts'
import type { EndPhase } from './end-phase.ts'
import type { DrawnExtinction } from './extinction-rule.ts'

/** Names the random numbers of end phases among those of a study. */
const STREAM = 'stochastic end phase'

/** Whose end phase is drawn; `phase` counts those of one patient from 0. */
export interface EndPhaseKey extends DrawKey {
  readonly phase?: number
}

/** Means beyond which a geometric number is an exponential one to all digits. */
const mostGeometric = 30

/**
 * What chance makes of an end phase: a pure function of the key. Exact in law: each cell has a uniform deviate, which tells
 * when its last descendant dies (the inverse of the probability to have none), or, for those with descendants at the end of
 * the phase, a second one, which tells how many. Where these are as many as the threshold or more, they came to be by the mean
 * growth of what they are.
 */
export function drawEndPhase(
  { entered, left, cells, descendants }: EndPhase,
  key: EndPhaseKey,
  threshold: number,
): DrawnExtinction {
  const { seed, index, phase = 0 } = key
  const stream = randomStream({ seed, study: studyOfDraw(STREAM, key), subject: index, occasion: phase })
  const survival = exp(descendants.logSurvival(left))
  let least = 1
  let surviving = 0
  for (let cell = 0; cell < cells; cell++) {
    const u = stream.uniform(cell)
    if (u < survival) surviving++
    least = Math.min(least, u)
  }
  if (surviving === 0) {
    const time = cells === 0 ? entered : descendants.extinctionTime(least)
    return { extinct: true, time: Number.isNaN(time) ? left : Math.min(time, left), regrown: Number.NaN, cells: 0 }
  }
  const logMean = descendants.logSurvivors(left)
  let means = 0
  for (let cell = 0; cell < surviving; cell++) means += perMean(stream.uniform(cells + cell), logMean)
  if (logMean <= mostGeometric) {
    const counted = Math.round(means * exp(logMean))
    if (counted < threshold) return { extinct: false, time: Number.NaN, regrown: Number.NaN, cells: counted }
  }
  // of the mean course, the multiple that these survivors are
  const multiple = log(means) + logMean - descendants.logMean(left)
  const turned = descendants.leastMean(left)
  const most = multiple + descendants.logMean(turned)
  if (most >= log(threshold)) return { extinct: false, time: Number.NaN, regrown: turned, cells: exp(most) }
  const regrown = descendants.firstMeanAbove(log(threshold) - multiple, turned)
  return { extinct: false, time: Number.NaN, regrown: regrown <= left ? regrown : left, cells: threshold }
}

/** A geometric number from 1 on with the mean exp(logMean), in units of that mean. */
function perMean(u: number, logMean: number): number {
  const inverse = exp(-logMean)
  if (logMean > mostGeometric) return -log(u)
  const failure = -expm1(-logMean) // 1 - 1/mean
  return inverse * (failure > 0 ? 1 + Math.floor(log(u) / log1p(-inverse)) : 1)
}
