import { htmlReport, licenceNote, provenanceTable, type ReportBlock } from '@cartkin/reports'
import { InputError } from '../files/input-error.ts'
import type { ReportSection, ReportStep } from '../plan/plan.ts'
import { licensedObservations } from '../steps/licensed-observations.ts'
import type { StepOutput, StepResult } from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'
import { compareSection } from './compare-section.ts'
import { fitSection } from './fit-section.ts'
import { populationSection } from './population-section.ts'
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
    const own = await blocksOf(section, result, again)
    const text = section.text.trim()
    const before: readonly ReportBlock[] = text === '' ? [] : [{ kind: 'paragraph', text }]
    sections.push({ heading: section.title, blocks: [...before, ...(again ? [] : notes(result)), ...own] })
  }
  const provenance = await context.provenance()
  const { cartkin = '' } = provenance.versions
  const html = htmlReport({
    title: plan.title,
    ...(plan.summary === '' ? {} : { subtitle: plan.summary }),
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

async function blocksOf(section: ReportSection, result: StepResult, again: boolean): Promise<readonly ReportBlock[]> {
  switch (result.kind) {
    case 'simulate':
      return simulateSection(section, result, again)
    case 'compare':
      return compareSection(section, result, again)
    case 'population':
      return populationSection(section, result)
    case 'targets':
      return targetsSection(result)
    case 'fit':
      return fitSection(section, result)
  }
}

/** Where data came from, with the terms of their licences. */
function notes(result: StepResult): readonly ReportBlock[] {
  if (result.kind === 'targets') return []
  if (result.kind === 'compare') return []
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
