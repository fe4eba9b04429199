import { singularValues } from '../uncertainty/singular-values.ts'
import type { Triangular } from './triangularize.ts'

/** A step, what the quadratic model promises of it, and its length in the scaled norm. */
export interface BoundedStep {
  readonly step: Float64Array
  /** F(x) − model(x + step), ≥ 0. */
  readonly predicted: number
  readonly length: number
  /** What the model promises of the whole Gauss–Newton step of the coordinates that are free to move. */
  readonly decrement: number
  /**
   * Whether the radius, and no wall, shortened the step. `damped(c)` then is −(WᵀW + λD²)⁻¹c with the λ of this step.
   */
  readonly damped: ((c: Float64Array) => Float64Array) | null
}

interface Solved {
  readonly step: Float64Array
  readonly decrement: number
  readonly damping: number
  readonly damped: (c: Float64Array) => Float64Array
}

interface Candidate {
  readonly step: Float64Array
  readonly predicted: number
  readonly length: number
}

/**
 * Minimises ‖R p + q‖² subject to ‖D p‖ ≤ radius and lo ≤ p ≤ hi (lo ≤ 0 ≤ hi).
 *
 * The trust-region problem is solved on the free coordinates; while its solution leaves the box, the coordinate that meets
 * its wall first is fixed there and the rest is solved again. Where that promises less than the path straight along the solution or along the scaled gradient, up
 * to the walls, the best of the three is taken, so that no step is worse than steepest descent.
 */
export function boundedStep(
  triangular: Triangular,
  scaling: Float64Array,
  radius: number,
  lo: Float64Array,
  hi: Float64Array,
): BoundedStep {
  const n = triangular.n
  const gradient = halfGradient(triangular)
  const free: number[] = []
  for (let j = 0; j < n; j++) {
    const blocked = gradient[j]! > 0 ? !(lo[j]! < 0) : !(hi[j]! > 0)
    if (!blocked) free.push(j)
  }
  const newton = free.length === n ? newtonWithin(triangular, scaling, radius, lo, hi) : null
  if (newton !== null) return newton
  const fixed = new Float64Array(n)
  const whole = trustRegionStep(triangular, scaling, radius, free, fixed)
  let step = whole.step
  let remaining = free
  for (let round = 0; round <= n; round++) {
    if (round > 0) step = trustRegionStep(triangular, scaling, radius, remaining, fixed).step
    // the wall that the straight way to the solution meets first
    let first = -1
    let share = Infinity
    for (const j of remaining) {
      const p = step[j]!
      const wall = p < 0 ? lo[j]! : hi[j]!
      if (Math.abs(p) > Math.abs(wall) && wall / p < share) {
        first = j
        share = wall / p
      }
    }
    if (first < 0) break
    fixed[first] = step[first]! < 0 ? lo[first]! : hi[first]!
    remaining = remaining.filter((j) => j !== first)
    if (scaledLength(fixed, scaling) >= radius) {
      step = fixed
      break
    }
  }
  const steepest = new Float64Array(n)
  for (const j of free) steepest[j] = scaling[j]! > 0 ? -gradient[j]! / (scaling[j]! * scaling[j]!) : 0
  const candidates = [
    shortened(triangular, step, scaling, radius, lo, hi),
    shortened(triangular, whole.step, scaling, radius, lo, hi),
    shortened(triangular, alongGradient(triangular, steepest), scaling, radius, lo, hi),
  ]
  const best = candidates.reduce((a, b) => (b.predicted > a.predicted ? b : a))
  const onRadius = best === candidates[0] && whole.damping > 0 && remaining.length === free.length
  return { ...best, decrement: whole.decrement, damped: onRadius ? whole.damped : null }
}

/** A diagonal entry of R below this share of its column's scaling is left to the singular values. */
const wellConditioned = 1e-4

/** The Gauss–Newton step of all coordinates by substitution, where nothing is in its way; else null. */
function newtonWithin(
  { n, r, q }: Triangular,
  scaling: Float64Array,
  radius: number,
  lo: Float64Array,
  hi: Float64Array,
): BoundedStep | null {
  const step = new Float64Array(n)
  let decrement = 0
  for (let i = n - 1; i >= 0; i--) {
    const pivot = r[i * n + i]!
    if (!(Math.abs(pivot) > wellConditioned * scaling[i]!)) return null
    let rest = q[i]!
    for (let j = i + 1; j < n; j++) rest += r[i * n + j]! * step[j]!
    const p = -rest / pivot
    if (!(p >= lo[i]! && p <= hi[i]!)) return null
    step[i] = p
    decrement += q[i]! * q[i]!
  }
  const length = scaledLength(step, scaling)
  return length <= radius ? { step, predicted: decrement, length, decrement, damped: null } : null
}

/** Rᵀq: half the gradient of F. */
export function halfGradient({ n, r, q }: Triangular): Float64Array {
  const gradient = new Float64Array(n)
  for (let i = 0; i < n; i++) for (let j = i; j < n; j++) gradient[j] = gradient[j]! + r[i * n + j]! * q[i]!
  return gradient
}

/** min ‖R p + q‖² over the coordinates in `free`, others as in `fixed`, with ‖D p‖ ≤ radius. */
function trustRegionStep(
  { n, r, q }: Triangular,
  scaling: Float64Array,
  radius: number,
  free: readonly number[],
  fixed: Float64Array,
): Solved {
  const step = Float64Array.from(fixed)
  const k = free.length
  if (k === 0) return { step, decrement: 0, damping: 0, damped: (c) => c.map(() => 0) }
  const rest = Float64Array.from(q)
  for (let i = 0; i < n; i++) for (let j = i; j < n; j++) rest[i] = rest[i]! + r[i * n + j]! * fixed[j]!
  const scaled = new Float64Array(n * k)
  for (let i = 0; i < n; i++) for (let c = 0; c < k; c++) scaled[i * k + c] = r[i * n + free[c]!]! / scaling[free[c]!]!
  const { values, v, us } = singularValues(scaled, n, k)
  const projected = new Float64Array(k)
  for (let i = 0; i < n; i++) for (let c = 0; c < k; c++) projected[c] = projected[c]! + us[i * k + c]! * rest[i]!
  const used = scaledLength(fixed, scaling)
  const room = used < radius ? Math.sqrt((radius - used) * (radius + used)) : 0
  const damping = dampingFor(values, projected, room)
  const floor = values[0]! * 1e-15 * n
  let decrement = 0
  for (let c = 0; c < k; c++) {
    const s = values[c]!
    if (!(s > floor)) continue
    decrement += (projected[c]! / s) * (projected[c]! / s)
    const along = -projected[c]! / (s * s + damping)
    for (let i = 0; i < k; i++) step[free[i]!] = step[free[i]!]! + (along * v[i * k + c]!) / scaling[free[i]!]!
  }
  const damped = (c: Float64Array): Float64Array => {
    const out = new Float64Array(n)
    for (let l = 0; l < k; l++) {
      if (!(values[l]! > floor)) continue
      let along = 0
      for (let i = 0; i < k; i++) along -= (v[i * k + l]! * c[free[i]!]!) / scaling[free[i]!]!
      along /= values[l]! * values[l]! + damping
      for (let i = 0; i < k; i++) out[free[i]!] = out[free[i]!]! + (along * v[i * k + l]!) / scaling[free[i]!]!
    }
    return out
  }
  return { step, decrement, damping, damped }
}

/**
 * The Levenberg–Marquardt parameter λ at which the step of the singular system has the length of the radius; 0 where the
 * Gauss–Newton step is within it. Newton's method on 1/‖p(λ)‖ (J. J. Moré, Lecture Notes in Mathematics 630:105, 1978),
 * kept in a bracket.
 */
function dampingFor(values: Float64Array, projected: Float64Array, radius: number): number {
  const floor = values[0]! * 1e-15 * values.length
  let gradientNorm = 0
  for (const c of projected) gradientNorm += c * c
  gradientNorm = Math.sqrt(gradientNorm)
  const length = (damping: number): readonly [number, number] => {
    let square = 0
    let slope = 0
    for (let i = 0; i < values.length; i++) {
      const s = values[i]!
      if (!(s > floor)) continue
      const d = s * s + damping
      const p = projected[i]! / d
      square += p * p
      slope += (p * p) / d
    }
    return [Math.sqrt(square), slope]
  }
  if (!(length(0)[0] > radius * 1.001)) return 0
  if (!(radius > 0)) return Infinity
  let low = 0
  let high = gradientNorm / radius
  let damping = 0
  for (let iteration = 0; iteration < 60; iteration++) {
    const [norm, slope] = length(damping)
    if (Math.abs(norm - radius) <= 1e-3 * radius) break
    if (norm > radius) low = damping
    else high = damping
    const next = damping + ((norm * norm) / slope) * ((norm - radius) / radius)
    damping = next > low && next < high ? next : low + 0.5 * (high - low)
  }
  return damping
}

/** The minimiser of the quadratic model along a direction. */
function alongGradient(triangular: Triangular, direction: Float64Array): Float64Array {
  const [slope, curvature] = slopeAndCurvature(triangular, direction)
  const t = curvature > 0 ? -slope / curvature : 1
  return direction.map((p) => t * p)
}

/** The part of a step that lies within box and radius, no longer than to the model's minimum along it. */
function shortened(
  triangular: Triangular,
  full: Float64Array,
  scaling: Float64Array,
  radius: number,
  lo: Float64Array,
  hi: Float64Array,
): Candidate {
  let t = 1
  const length = scaledLength(full, scaling)
  if (length > radius) t = radius / length
  for (let j = 0; j < full.length; j++) {
    const p = full[j]!
    if (t * p < lo[j]!) t = lo[j]! / p
    else if (t * p > hi[j]!) t = hi[j]! / p
  }
  const [slope, curvature] = slopeAndCurvature(triangular, full)
  if (curvature > 0) t = Math.min(t, Math.max(0, -slope / curvature))
  const step = full.map((p, j) => Math.min(hi[j]!, Math.max(lo[j]!, t * p)))
  const [s, c] = slopeAndCurvature(triangular, step)
  const predicted = -(2 * s + c)
  return { step, predicted: Math.max(0, predicted), length: scaledLength(step, scaling) }
}

/** qᵀR p and ‖R p‖²; the quadratic model of F − F(x) is 2·slope + curvature. */
function slopeAndCurvature({ n, r, q }: Triangular, p: Float64Array): readonly [number, number] {
  let slope = 0
  let curvature = 0
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let j = i; j < n; j++) sum += r[i * n + j]! * p[j]!
    slope += q[i]! * sum
    curvature += sum * sum
  }
  return [slope, curvature]
}

/** ‖D p‖. */
export function scaledLength(p: Float64Array, scaling: Float64Array): number {
  let sum = 0
  for (let j = 0; j < p.length; j++) {
    const scaled = scaling[j]! * p[j]!
    sum += scaled * scaled
  }
  return Math.sqrt(sum)
}
