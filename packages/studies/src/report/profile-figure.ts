import { type ProfileEndMark, type ProfilePanel, profileChart } from '@cartkin/charts'
import {
  type EstimatedParameter,
  type FitResult,
  type ParameterProfile,
  type ProfileEnd,
  waldCurve,
} from '@cartkin/fitting'
import { type ReportFigure, renderSvg } from '@cartkin/reports'
import { objectiveName } from './objective-name.ts'

/** The fit that profiles were followed from. */
export interface ProfiledBy {
  readonly fit: FitResult
  readonly estimated: readonly EstimatedParameter[]
  readonly unitOf: (name: string) => string
  /** Whose they are, `Patient P01`, where the page explains such figures and tells their shapes elsewhere. */
  readonly of?: string
}

/** Profiles as small panels, beside what the standard errors promise; null where there is none. */
export async function profileFigure(
  profiles: readonly ParameterProfile[],
  { fit, estimated, unitOf, of }: ProfiledBy,
): Promise<ReportFigure | null> {
  const [first] = profiles
  if (first === undefined) return null
  const level = percent(first.level)
  const objective = objectiveName(fit)
  const panels = profiles.flatMap((profile): ProfilePanel[] => {
    const parameter = estimated.find(({ name }) => name === profile.name)
    if (parameter === undefined || !Number.isFinite(profile.estimate)) return []
    const { name, estimate, limit, points, shape } = profile
    const isPositive = [estimate, ...points.map(({ value }) => value)].every((value) => value > 0)
    const rising = ({ value, increase }: { readonly value: number; readonly increase: number }) => ({
      value,
      rise: increase * limit,
    })
    return [
      {
        axis: { title: name, unit: unitOf(name), scale: parameter.scale === 'log' && isPositive ? 'log' : 'linear' },
        estimate,
        limit,
        points: points.map(rising),
        wald: waldCurve(profile, fit, parameter).map(rising),
        lower: endMark(profile.lowerEnd, Math.min(estimate, ...points.map(({ value }) => value))),
        upper: endMark(profile.upperEnd, Math.max(estimate, ...points.map(({ value }) => value))),
        words: of !== undefined || shape === 'closed on both sides' ? '' : shape,
      },
    ]
  })
  if (panels.length === 0) return null
  return {
    kind: 'figure',
    svg: await renderSvg(profileChart({ panels, objective, level })),
    caption: of === undefined ? `Profile likelihoods. ${profileKey(fit, level)}` : `${of}: profile likelihoods.`,
  }
}

/** What is to be seen in a figure of profiles. */
export function profileKey(fit: FitResult, level: string): string {
  const objective = objectiveName(fit)
  const ratio = fit.objectiveKind === 'minus-two-log-likelihood' ? ' (twice the log likelihood ratio)' : ''
  return `Curve: rise of the ${objective} where the parameter is held and all others are estimated anew${ratio}; dashed line: limit of ${level}; shaded: the interval; diamond: estimate; dotted: what the standard error alone promises (Wald). A thick stroke is a bound of the search, an arrowhead an interval that does not end where it was followed.`
}

function endMark(end: ProfileEnd, farthest: number): ProfileEndMark {
  switch (end.kind) {
    case 'closed':
    case 'bound':
    case 'open':
      return { kind: end.kind, value: end.value }
    case 'failed':
      return { kind: 'open', value: end.value }
    case 'left':
      return { kind: 'open', value: farthest }
  }
}

/** `95 %`. */
export function percent(level: number): string {
  return `${Number((100 * level).toPrecision(6))} %`
}
