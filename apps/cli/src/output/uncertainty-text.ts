import type { checkFit, FitStepResult } from '@cartkin/studies'
import { textTable } from './text-table.ts'

type Uncertainty = FitStepResult['uncertainty']
type Check = Awaited<ReturnType<typeof checkFit>>

/** Profiles and bootstrap of a fit of the parameters named, as tables, with what is to be said; empty where there are none. */
export function uncertaintyText({ profiles, bootstrap }: Uncertainty, names: readonly string[]): string {
  const parts: string[] = []
  const [first] = profiles
  if (first !== undefined) {
    const rows = profiles.map(({ name, estimate, lower, upper, shape }) => [
      name,
      printed(estimate),
      `${printed(lower)} to ${printed(upper)}`,
      shape,
    ])
    parts.push(textTable([['profile', 'estimate', `${percent(first.level)} interval`, 'shape'], ...rows]))
    for (const { name, better } of profiles)
      if (better !== null) {
        const values = [...better.values].map((value, k) => `${names[k] ?? ''}=${value}`)
        parts.push(
          `better than the fit, on the profile of ${name}: start again there with --start ${values.join(' ')}\n`,
        )
      }
  }
  if (bootstrap !== null) {
    const { parameters, status, level, kind } = bootstrap
    const total = Object.values(status).reduce((sum, count) => sum + count, 0)
    const rows = parameters.map(({ name, mean, standardError, bias, lower, upper }) => [
      name,
      printed(mean),
      printed(bias),
      printed(standardError),
      `${printed(lower)} to ${printed(upper)}`,
    ])
    const header = ['bootstrap', 'mean', 'bias', 'standard error', `${percent(level)} percentiles`]
    parts.push(textTable([header, ...rows]))
    const failed = total - (status['converged'] ?? 0)
    parts.push(`${kind} bootstrap: ${total} data sets, ${failed} not fitted and left out\n`)
  }
  return parts.join('')
}

/** What data can tell before a fit, as a table and in words. */
export function checkText(check: Extract<Check, { readonly status: 'evaluated' }>): string {
  const { parameters, rank, conditionNumber, collinear, observations, censored } = check
  const words = {
    yes: 'determined',
    weak: 'weakly determined',
    'one-sided': 'determined to one side',
    'at-bound': 'at its bound',
    no: 'not determined',
  }
  const table = textTable([
    ['parameter', 'start', 'expected relative standard error', ''],
    ...parameters.map(({ name, start, relativeStandardError, identified }) => [
      name,
      printed(start),
      Number.isFinite(relativeStandardError) ? `${printed(100 * relativeStandardError)} %` : '',
      words[identified],
    ]),
  ])
  const told = collinear.map(({ message }) => `${message}\n`).join('')
  const condition = Number.isFinite(conditionNumber) ? `; condition number ${printed(conditionNumber)}` : ''
  return `${table}${told}${observations} observations${censored > 0 ? `, ${censored} of them censored,` : ''} determine ${rank} of ${parameters.length} directions at the starts${condition}; nothing was fitted\n`
}

function percent(level: number): string {
  return `${Number((100 * level).toPrecision(6))} %`
}

function printed(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : '…'
}
