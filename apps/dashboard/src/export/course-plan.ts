import type { Regimen } from '@cartkin/simulation'
import type { Scenario } from '../document/scenario.ts'
import { canonicalJson } from '../document/write-document.ts'
import type { OpenedModel } from '../state/opened-model.ts'
import { fileName } from './project-file.ts'
import { timesText } from './times-text.ts'

/** A scenario of a plan, with the hash of its course on this page where that is known. */
export interface PlannedScenario {
  readonly scenario: Scenario
  /** SHA-256 of the course as an Arrow file; null where it has not been computed. */
  readonly hash: string | null
}

/** What `cartkin run` needs to compute the courses of a page anew. */
export interface CoursePlan {
  readonly fileName: string
  readonly text: string
  /** The model's text, which lies beside the plan; null for a model of the library. */
  readonly model: { readonly fileName: string; readonly text: string } | null
  /** The result files with the courses and their hashes, as far as known. */
  readonly expected: readonly { readonly fileName: string; readonly hash: string }[]
}

/** Throws a RangeError for what a plan cannot say. */
export function coursePlan(
  opened: OpenedModel,
  title: string,
  planned: readonly PlannedScenario[],
  quantities: readonly string[],
): CoursePlan {
  const name = stepName(title, [])
  const names: string[] = []
  for (const { scenario } of planned) names.push(stepName(scenario.name, ['comparison', 'report', ...names]))
  const model = opened.isOwn ? { fileName: `${name}.model.txt`, text: opened.text } : null
  const steps = planned.map(({ scenario }, k): object => ({
    kind: 'simulate',
    name: names[k],
    model: model?.fileName ?? opened.id,
    start: opened.start,
    times: timesText(opened.times(scenario.horizon)),
    regimen: writtenRegimen(scenario.regimen),
    parameters: { ...scenario.inputs, ...scenario.parameters },
  }))
  const [only] = names
  const compared = names.length > 1
  if (compared) {
    const labels = Object.fromEntries(planned.map(({ scenario }, k) => [names[k], scenario.name || names[k]]))
    steps.push({ kind: 'compare', name: 'comparison', courses: labels })
  }
  const section = { title: 'Courses', of: compared ? 'comparison' : only, quantities }
  if (quantities.length > 0) steps.push({ kind: 'report', sections: [section] })
  const expected = planned.flatMap(({ hash }, k) => (hash === null ? [] : [{ fileName: `${names[k]}.arrow`, hash }]))
  const file = `${name}.plan.yaml`
  const text = [
    `# Courses of a project of the dashboard, computed anew by: npx cartkin run ${file} --out results`,
    ...(model ? [`# The model's text, ${model.fileName}, has to lie beside this file.`] : []),
    ...(expected.length > 0 ? ['# results/manifest.json then has these SHA-256:'] : []),
    ...expected.map(({ fileName: result, hash }) => `#   ${result}  ${hash}`),
    `name: ${name}`,
    `title: ${JSON.stringify(title)}`,
    'steps:',
    ...steps.flatMap((step) =>
      Object.entries(step).map(([key, value], k) => `${k === 0 ? '  - ' : '    '}${key}: ${canonicalJson(value)}`),
    ),
    '',
  ].join('\n')
  return { fileName: file, text, model, expected }
}

/** A regimen in the terms of its model, as a plan takes it. */
function writtenRegimen({ name, doses, milestones, rules }: Regimen): object {
  for (const [k, { rate }] of doses.entries())
    if (rate !== undefined && !(rate > 0))
      throw new RangeError(
        `dose ${k + 1} of ${name} is given at a rate that the model's text works out, which a plan cannot say`,
      )
  return {
    name,
    doses,
    ...(milestones && milestones.length > 0 && { milestones }),
    ...(rules && rules.length > 0 && { rules: rules.map(withoutInfinities) }),
  }
}

/** Bounds that are infinite are none, and are not written. */
function withoutInfinities(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutInfinities)
  const bounded = Object.entries(value).filter(([, part]) => typeof part !== 'number' || Number.isFinite(part))
  return Object.fromEntries(bounded.map(([key, part]) => [key, withoutInfinities(part)]))
}

/** A name of a step or a plan: lower-case letters, digits and dashes, beginning with a letter, and taken by no other. */
function stepName(title: string, taken: readonly string[]): string {
  const plain = fileName(title).slice(0, 50)
  const stem = plain.charAt(0) >= 'a' ? plain : `s-${plain}`
  let name = stem
  for (let k = 2; taken.includes(name); k++) name = `${stem}-${k}`
  return name
}
