import type { ReportStep } from './plan.ts'
import type { StepOutput } from './step-result.ts'
import type { StudyContext } from './study-context.ts'

export async function runReportStep(_step: ReportStep, _context: StudyContext): Promise<StepOutput> {
  return { result: null, files: [], status: {}, models: [], licences: [] }
}
