import type { ParameterProfile, ProfileEnd } from './parameter-profile.ts'

type Shape = Pick<ParameterProfile, 'estimate' | 'lowerEnd' | 'upperEnd' | 'kinks' | 'better'> & {
  readonly fitObjective: number
  /** Stretches within the interval over which the profile lies above its limit. */
  readonly gaps: readonly (readonly number[])[]
}

/** What a profile says of its parameter, in words. */
export function profileShape({ estimate, lowerEnd, upperEnd, kinks, better, fitObjective, gaps }: Shape): string {
  if (better)
    return `the fit was not at its minimum: a better point was found (objective ${printed(better.objective)}, the fit's is ${printed(fitObjective)})`
  const parts = [[...sides(lowerEnd, upperEnd, estimate), ...heldSides(lowerEnd, upperEnd)].join(', ')]
  if (gaps.length > 0)
    parts.push(
      `in several valleys, above the limit ${gaps.map((gap) => `from ${gap.map(printed).join(' to ')}`).join(' and ')}`,
    )
  if (kinks.length > 0) parts.push(`kinked at ${kinks.map(printed).join(' and ')}`)
  return parts.join('; ')
}

function sides(lower: ProfileEnd, upper: ProfileEnd, estimate: number): string[] {
  if (lower.kind === 'closed' && upper.kind === 'closed') return ['closed on both sides']
  if (isFlat(lower) && isFlat(upper)) return ['flat on both sides: the data do not determine it']
  const [left, right] = [side(lower, 'left', 'lower', estimate), side(upper, 'right', 'upper', estimate)]
  const [low, high] = [lower.kind === 'closed', upper.kind === 'closed']
  const known = low ? ': only a lower bound is known' : high ? ': only an upper bound is known' : ''
  return [[left, right].filter((text) => text !== '').join('; ') + known]
}

/** `to the right by the bound of Cmax alone`. */
function heldSides(lower: ProfileEnd, upper: ProfileEnd): string[] {
  const isAlone = lower.kind !== 'closed' || upper.kind !== 'closed'
  const ends = [
    { where: 'left', end: lower },
    { where: 'right', end: upper },
  ]
  return ends.flatMap(({ where, end }) => {
    const names = end.kind === 'closed' ? (end.heldBy ?? []) : []
    if (names.length === 0) return []
    return [
      `${isAlone ? 'closed ' : ''}to the ${where} by the bound${names.length > 1 ? 's' : ''} of ${names.join(' and ')} alone`,
    ]
  })
}

function isFlat(end: ProfileEnd): boolean {
  return (end.kind === 'bound' || end.kind === 'open') && end.flat
}

function side(end: ProfileEnd, where: 'left' | 'right', bound: 'lower' | 'upper', estimate: number): string {
  switch (end.kind) {
    case 'closed':
      return ''
    case 'bound':
      if (end.value === estimate) return `its estimate is its ${bound} bound ${printed(estimate)}`
      return end.flat
        ? `flat to the ${where}`
        : `open to the ${where}, where its ${bound} bound ${printed(end.value)} ends it`
    case 'open':
      return end.flat ? `flat to the ${where}` : `open to the ${where} as far as ${printed(end.value)}`
    case 'failed':
      return `not to be followed to the ${where} beyond ${printed(end.value)} (${end.reason})`
    case 'left':
      return `not followed to the ${where}: it was stopped`
  }
}

function printed(value: number): string {
  return String(Number(value.toPrecision(5)))
}
