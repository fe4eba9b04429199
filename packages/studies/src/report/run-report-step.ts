import { formatValue } from '@cartkin/charts'
import { htmlReport, licenceNote, provenanceTable, type Report, type ReportBlock } from '@cartkin/reports'
import { explorationSections } from '../exploration/exploration-section.ts'
import { InputError } from '../files/input-error.ts'
import type { ReportSection, ReportStep } from '../plan/plan.ts'
import { predictiveCheckSections } from '../predictive-check/predictive-check-section.ts'
import { licensedObservations } from '../steps/licensed-observations.ts'
import type {
  ComparedEndpoint,
  ExploreStepResult,
  PredictiveCheckStepResult,
  StepOutput,
  StepResult,
} from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'
import { compareFitsSection } from './compare-fits-section.ts'
import { compareSection } from './compare-section.ts'
import { changeText } from './compared-tables.ts'
import { fitSection } from './fit-section.ts'
import { identifiabilitySection } from './identifiability-section.ts'
import { individualsSection } from './individuals-section.ts'
import { populationSection } from './population-section.ts'
import { sensitivitySection } from './sensitivity-section.ts'
import { simulateSection } from './simulate-section.ts'
import { targetsSection } from './targets-section.ts'

export async function runReportStep(step: ReportStep, context: StudyContext): Promise<StepOutput> {
  const { plan, results } = context
  const sections = []
  for (const [index, section] of step.sections.entries()) {
    context.progress(index / step.sections.length)
    const result = results.get(section.of)
    if (!result) throw new InputError(context.file, `step ${step.name}: there is no result of step ${section.of}`)
    // A result shown before brings its terms and endpoints once.
    const again = step.sections.findIndex(({ of }) => of === section.of) < index
    const [own, further] = await shownOf(section, result, again, context)
    const text = section.text.trim()
    const before: readonly ReportBlock[] = text === '' ? [] : [{ kind: 'paragraph', text }]
    sections.push({ heading: section.title, blocks: [...before, ...(again ? [] : notes(result)), ...own] }, ...further)
  }
  const provenance = await context.provenance()
  const { cartkin = '' } = provenance.versions
  const html = htmlReport({
    title: plan.title,
    ...(plan.summary === '' ? {} : { subtitle: plan.summary }),
    ...(step.highlights.length === 0 ? {} : { highlights: highlightsOf(step, context) }),
    sections: [
      ...sections,
      { heading: 'Provenance', blocks: [provenanceTable(provenance, [['Plan', plan.name], ...solverLines(context)])] },
    ],
    footer: `cartkin ${cartkin}`.trim(),
  })
  return {
    result: null,
    files: [{ name: `${step.name}.html`, bytes: new TextEncoder().encode(html) }],
    status: {},
    models: [],
    licences: [],
  }
}

/** The findings in a few numbers, each with what it is compared with. */
function highlightsOf(
  { name, highlights }: ReportStep,
  { results, file }: StudyContext,
): NonNullable<Report['highlights']> {
  return highlights.map(({ of, endpoint, course, label }) => {
    const found = results.get(of)
    const courses = found?.kind === 'compare' ? found.courses : []
    const row = found?.kind === 'compare' ? found.rows.find((candidate) => candidate.name === endpoint) : undefined
    const k = courses.findIndex((candidate) => candidate.name === course)
    if (row === undefined || k < 0)
      throw new InputError(file, `step ${name}: highlights: ${of} has no endpoint ${endpoint} of a course ${course}`)
    const [base = Number.NaN] = row.values
    const value = row.values[k] ?? Number.NaN
    const change = changeText(row, k)
    return {
      label: label ?? row.label,
      value: Number.isNaN(value) ? 'none' : withUnit(formatValue(value), row),
      detail:
        change === null
          ? (courses[k]?.label ?? '')
          : `${courses[k]?.label}; ${courses[0]?.label}: ${formatValue(base)} (${change})`,
    }
  })
}

/** A value with its unit, in words where it is a time. */
function withUnit(value: string, { unit, change }: ComparedEndpoint): string {
  if (unit === '1') return value
  if (unit !== 'day') return `${value} ${unit}`
  return change === 'difference' ? `day ${value}` : `${value} ${value === '1' ? 'day' : 'days'}`
}

/** What a section shows, and the sections of its own that a result has beside it. */
async function shownOf(
  section: ReportSection,
  result: StepResult,
  again: boolean,
  context: StudyContext,
): Promise<readonly [readonly ReportBlock[], Report['sections']]> {
  if (result.kind !== 'explore' && result.kind !== 'predictive-check')
    return [await blocksOf(section, result, again, context), []]
  const sections = await (result.kind === 'explore'
    ? explorationSections(section.title, result)
    : predictiveCheckSections(section.title, result))
  const [first, ...further] = sections
  return [first?.blocks ?? [], further]
}

async function blocksOf(
  section: ReportSection,
  result: Exclude<StepResult, ExploreStepResult | PredictiveCheckStepResult>,
  again: boolean,
  context: StudyContext,
): Promise<readonly ReportBlock[]> {
  switch (result.kind) {
    case 'simulate':
      return simulateSection(section, result, again)
    case 'compare':
      return compareSection(section, result, again)
    case 'population':
      return populationSection(section, result, context)
    case 'sensitivity':
      return sensitivitySection(result)
    case 'targets':
      return targetsSection(result)
    case 'fit':
      return fitSection(section, result)
    case 'individuals':
      return individualsSection(section, result)
    case 'compare-fits':
      return compareFitsSection(result)
    case 'identifiability':
      return identifiabilitySection(result)
  }
}

/** Where data came from, with the terms of their licences. */
function notes(result: StepResult): readonly ReportBlock[] {
  if (result.kind === 'targets' || result.kind === 'sensitivity') return []
  if (result.kind === 'compare' || result.kind === 'individuals') return []
  if (result.kind === 'explore' || result.kind === 'compare-fits') return []
  if (result.kind !== 'fit') return licensedObservations(result.source).map(licenceNote)
  if (result.attribution === '') return []
  const licence = ['CC BY-NC 4.0', 'CC BY 4.0'].find((name) => result.attribution.includes(name))
  return licence === undefined
    ? [{ kind: 'note', tone: 'plain', text: result.attribution }]
    : [licenceNote({ licence, attribution: result.attribution })]
}

function solverLines({ plan: { solver } }: StudyContext): readonly (readonly [string, string])[] {
  const lines = Object.entries(solver).map(([name, value]) => `${name} ${JSON.stringify(value)}`)
  return lines.length === 0 ? [] : [['Solver', lines.join(', ')]]
}
