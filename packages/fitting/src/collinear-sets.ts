import { exp } from '@cartkin/numerics'
import type { EstimatedParameter } from './fit-problem.ts'
import type { CollinearSet } from './fit-result.ts'
import type { Information } from './information.ts'

/** Share of a parameter's scaled sensitivity that must lie in the undetermined directions for it to be named. */
const smallestShare = 1e-4
/** Smallest weight in a weakly determined direction that is named. */
const smallestWeight = 0.1
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
  const sets: CollinearSet[] = []
  for (let l = rank - 1; l >= 0; l--) {
    const deviation = Math.sqrt(residualVariance) / singular[l]!
    const relative = coordinates.map((j, a) => {
      const size = estimated[j]!.scale === 'log' ? 1 : Math.max(Math.abs(values[j]!), Number.MIN_VALUE)
      return (v[a * k + l]! * deviation) / (norms[a]! * size)
    })
    const reach = Math.max(...relative.map(Math.abs))
    if (!(1.96 * reach > widest)) continue
    const members = coordinates.map((_, a) => a).filter((a) => Math.abs(relative[a]!) > smallestWeight * reach)
    const direction = unit(members.map((a) => v[a * k + l]! / norms[a]!))
    const parameters = members.map((a) => estimated[coordinates[a]!]!)
    const names = parameters.map(({ name }) => name)
    const change = changes(
      parameters,
      members.map((a) => values[coordinates[a]!]!),
      direction,
    )
    sets.push({
      kind: 'weak',
      names,
      direction,
      message: `the data hardly determine ${names.length > 1 ? `${list(names)} together` : names[0]}: ${change} changes the objective less than the scatter of the data allows to see, many times over`,
    })
  }
  return sets
}

/** "k1 × 1.1 with k2 × 0.909": what moving along a direction does to each parameter. */
function changes(
  parameters: readonly EstimatedParameter[],
  values: readonly number[],
  direction: readonly number[],
): string {
  const logarithmic = direction.map((p, i) => (parameters[i]!.scale === 'log' ? Math.abs(p) : 0))
  const largest = Math.max(...logarithmic)
  const step = largest > 0 ? 0.09531017980432487 / largest : 0.1 * Math.max(...values.map(Math.abs))
  const lead = direction[logarithmic.indexOf(largest)] ?? 1
  const signed = lead < 0 ? -step : step
  return parameters
    .map(({ name, scale }, i) => {
      const p = direction[i]! * signed
      if (scale === 'log') return `${name} × ${printed(exp(p))}`
      return `${name} ${p < 0 ? '−' : '+'} ${printed(Math.abs(p))}`
    })
    .join(' with ')
}

function printed(value: number): string {
  return String(Number(value.toPrecision(4)))
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function unit(direction: readonly number[]): readonly number[] {
  let sum = 0
  for (const p of direction) sum += p * p
  const norm = Math.sqrt(sum)
  return direction.map((p) => p / norm)
}
