import { Misuse } from '../failure.ts'
import { toCount, toFraction, toOneOf } from './convert.ts'
import { flag, type OptionValues, optional } from './option.ts'

/** What is found out of the uncertainty of a fit. */
export const uncertaintyOptionTable = {
  check: flag('Say what these data can tell of the parameters, at their starts, and fit nothing'),
  profile: optional(
    'NAME,NAME|all',
    'Follow the profile likelihoods of parameters: intervals, and their shape in words',
    toNames,
  ),
  bootstrap: optional('N', 'Draw N data sets anew and fit each: percentiles of the estimates', toCount(2)),
  'bootstrap-kind': optional(
    'case|parametric|residual',
    'What is drawn: subjects, observations from the error model, or residuals (case, or parametric for one subject)',
    toOneOf('case', 'parametric', 'residual'),
  ),
  level: optional('P', 'Confidence level of profiles and percentiles (0.95)', toFraction),
}

type Given = OptionValues<typeof uncertaintyOptionTable>

/** The part of a fit step that the options ask for. */
export function uncertaintyOfStep(given: Given, subjects: number) {
  const { profile, bootstrap, level } = given
  const kind = given['bootstrap-kind']
  if (kind !== undefined && bootstrap === undefined)
    throw new Misuse('--bootstrap-kind says what a bootstrap draws; say how many data sets with --bootstrap N')
  if (profile === undefined && bootstrap === undefined) {
    if (level !== undefined) throw new Misuse('--level is of profiles and bootstraps; say --profile or --bootstrap too')
    return {}
  }
  return {
    uncertainty: {
      ...(profile === undefined ? {} : { profile }),
      ...(bootstrap === undefined
        ? {}
        : { bootstrap: { kind: kind ?? (subjects > 1 ? 'case' : 'parametric'), replicates: bootstrap } }),
      ...(level === undefined ? {} : { level }),
    },
  }
}

/** Throws Misuse for what belongs to fits of all patients together. */
export function checkNoUncertainty(given: Given): void {
  const names = ['check', 'profile', 'bootstrap', 'bootstrap-kind', 'level'] as const
  const asked = names.find((name) => given[name] !== undefined && given[name] !== false)
  if (asked !== undefined)
    throw new Misuse(
      `--${asked} belongs to fits of all patients together (--pooled, or --estimate); fits of individuals bring their profiles anyway`,
    )
}

function toNames(text: string): 'all' | readonly string[] {
  if (text === 'all') return text
  const names = text.split(',').map((name) => name.trim())
  if (names.includes('')) throw new RangeError('expected names between commas, or all')
  return [...new Set(names)]
}
