import { exp } from '@cartkin/numerics'
import type { CollinearSet } from '../fit-result.ts'
import type { EstimatedParameter } from '../problem/fit-problem.ts'
import { transformOf } from '../problem/transform.ts'
import type { Information } from './information.ts'
import { singularValues } from './singular-values.ts'

/** Share of a parameter's scaled sensitivity that must lie in the undetermined directions for it to be named. */
const smallestShare = 1e-4
/** Smallest weight, as a share of the largest, in a weakly determined direction that is named. */
const smallestWeight = 0.2
/** Factors beyond a million are told as a million. */
const logOfMillion = 13.815510557964274
const normal95 = 1.959963984540054
/** Half-width of the 95 % interval along a direction beyond which it counts as weakly determined: fourfold either way. */
const widest = 1.3862943611198906

/**
 * Parameters that the data cannot tell apart.
 *
 * `undetermined`: dependent columns of the scaled sensitivity matrix (singular value 0 to rounding), grouped so that sets
 * which share no direction are reported apart. `weak`: directions along which the 95 % interval of some parameter is
 * wider than fourfold either way (or, on a linear scale, than 1.4 times its value).
 */
export function collinearSets(
  estimated: readonly EstimatedParameter[],
  values: Float64Array,
  info: Information,
  residualVariance: number,
): readonly CollinearSet[] {
  const silent = info.silent.map((j): CollinearSet => {
    const name = estimated[j]!.name
    return {
      kind: 'undetermined',
      names: [name],
      direction: [1],
      message: `no prediction depends on ${name} here: the data say nothing of it; fix it or measure what it changes`,
    }
  })
  return [...silent, ...dependentSets(estimated, values, info), ...weakSets(estimated, values, info, residualVariance)]
}

function dependentSets(
  estimated: readonly EstimatedParameter[],
  values: Float64Array,
  { coordinates, norms, v, rank }: Information,
): readonly CollinearSet[] {
  const k = coordinates.length
  // projector onto the null space
  const share = (a: number, b: number): number => {
    let sum = 0
    for (let l = rank; l < k; l++) sum += v[a * k + l]! * v[b * k + l]!
    return sum
  }
  const involved = coordinates.map((_, a) => a).filter((a) => share(a, a) > smallestShare)
  const sets: CollinearSet[] = []
  const seen = new Set<number>()
  for (const first of involved) {
    if (seen.has(first)) continue
    const members = [first]
    seen.add(first)
    for (let next = 0; next < members.length; next++)
      for (const b of involved)
        if (!seen.has(b) && Math.abs(share(members[next]!, b)) > smallestShare) {
          seen.add(b)
          members.push(b)
        }
    members.sort((a, b) => a - b)
    let freedom = 0
    for (const a of members) freedom += share(a, a)
    const undetermined = Math.round(freedom)
    const lead = members.reduce((a, b) => (share(b, b) > share(a, a) ? b : a))
    const direction = unit(members.map((a) => share(a, lead) / norms[a]!))
    const parameters = members.map((a) => estimated[coordinates[a]!]!)
    const names = parameters.map(({ name }) => name)
    const change = changes(
      parameters,
      members.map((a) => values[coordinates[a]!]!),
      direction,
      tenPercent(
        parameters,
        values,
        members.map((a) => coordinates[a]!),
        direction,
      ),
    )
    const count = undetermined > 1 ? ` (${undetermined} combinations of them are free)` : ''
    sets.push({
      kind: 'undetermined',
      names,
      direction,
      message: `the data cannot tell ${list(names)} apart${count}: ${change} changes no prediction; fix ${undetermined > 1 ? `${undetermined} of them` : 'one of them'} or add data that separate them`,
    })
  }
  return sets
}

function weakSets(
  estimated: readonly EstimatedParameter[],
  values: Float64Array,
  { coordinates, norms, v, singular, rank }: Information,
  residualVariance: number,
): readonly CollinearSet[] {
  const k = coordinates.length
  // the sensitivity matrix for relative changes of the parameters: its small singular values are wide intervals
  const size = coordinates.map((j) => relativeUnit(estimated[j]!, values[j]!))
  const relative = new Float64Array(k * k)
  for (let l = 0; l < rank; l++)
    for (let a = 0; a < k; a++) relative[l * k + a] = singular[l]! * v[a * k + l]! * norms[a]! * size[a]!
  const decomposed = singularValues(relative, k, k)
  const sets: CollinearSet[] = []
  for (let l = rank - 1; l >= 0; l--) {
    const reach = (normal95 * Math.sqrt(residualVariance)) / decomposed.values[l]!
    const weights = coordinates.map((_, a) => decomposed.v[a * k + l]!)
    const heaviest = Math.max(...weights.map(Math.abs))
    if (!(reach * heaviest > widest)) continue
    const members = coordinates.map((_, a) => a).filter((a) => Math.abs(weights[a]!) > smallestWeight * heaviest)
    const shift = members.map((a) => weights[a]! * size[a]!)
    const parameters = members.map((a) => estimated[coordinates[a]!]!)
    const names = parameters.map(({ name }) => name)
    const steepest = Math.max(...parameters.map(({ scale }, i) => (scale === 'log' ? Math.abs(shift[i]!) : 0)))
    const told = Math.min(reach, logOfMillion / steepest)
    const natural = members.map((a) => values[coordinates[a]!]!)
    const change = changes(parameters, natural, shift, weights[members[0]!]! < 0 ? -told : told)
    sets.push({
      kind: 'weak',
      names,
      direction: unit(shift),
      message: `the data hardly determine ${list(names)}${names.length > 1 ? ' together' : ''}: even ${change} lies within their 95 % interval`,
    })
  }
  return sets
}

/** "k1 × 1.1 with k2 × 0.909": what a step along a direction does to each parameter. */
function changes(
  parameters: readonly EstimatedParameter[],
  values: readonly number[],
  direction: readonly number[],
  step: number,
): string {
  return parameters
    .map((parameter, i) => {
      const { name, scale } = parameter
      const p = direction[i]! * step
      if (scale === 'log') return `${name} × ${printed(exp(p))}`
      if (scale === 'linear') return `${name} ${p < 0 ? '−' : '+'} ${printed(Math.abs(p))}`
      const { toCoordinate, toValue } = transformOf(parameter)
      return `${name} = ${printed(toValue(toCoordinate(values[i]!) + p))}`
    })
    .join(' with ')
}

/** The change of a parameter's coordinate that changes the parameter by its own size, to first order. */
function relativeUnit(parameter: EstimatedParameter, value: number): number {
  return parameter.scale === 'log' ? 1 : Math.abs(value) / transformOf(parameter).slope(value)
}

function printed(value: number): string {
  return String(Number(value.toPrecision(4)))
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** The step along a direction that changes the parameter it changes most by a tenth, the first one upwards. */
function tenPercent(
  parameters: readonly EstimatedParameter[],
  values: Float64Array,
  coordinates: readonly number[],
  direction: readonly number[],
): number {
  const logOfTenth = 0.09531017980432487
  const relative = direction.map((p, i) =>
    parameters[i]!.scale === 'log'
      ? p / logOfTenth
      : p / (0.1 * relativeUnit(parameters[i]!, values[coordinates[i]!]!)),
  )
  const fastest = Math.max(...relative.map(Math.abs))
  return (relative[0]! < 0 ? -1 : 1) / (fastest > 0 && fastest < Infinity ? fastest : 1)
}

function unit(direction: readonly number[]): readonly number[] {
  let sum = 0
  for (const p of direction) sum += p * p
  const norm = Math.sqrt(sum)
  return direction.map((p) => p / norm)
}
