import { type ColumnTable, columnsOf } from '@cartkin/simulation'
import { InputError } from '../files/input-error.ts'
import { resultJson } from '../files/result-json.ts'
import type { IdentifiabilityStep } from '../plan/plan.ts'
import type { IdentifiabilityStepResult, StepOutput } from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'
import { tableFiles } from '../steps/table-files.ts'
import { checkedFit } from './check-fit.ts'

/** What data can tell of the parameters, at their starts: `NAME.arrow`, `.csv` and `.json`. Nothing is fitted. */
export async function runIdentifiabilityStep(step: IdentifiabilityStep, context: StudyContext): Promise<StepOutput> {
  const { name } = step
  const { check, source, data, licences } = await checkedFit(step.problem, context)
  if (check.status === 'failed')
    throw new InputError(
      context.file,
      `step ${name}: the model cannot be evaluated at the start values: ${check.reason}`,
    )
  const result: IdentifiabilityStepResult = { kind: 'identifiability', source, check }
  const table = tableOf(result)
  return {
    result,
    files: [
      ...tableFiles(name, table),
      { name: `${name}.json`, bytes: resultJson({ model: source.id, data: data.file, ...check }) },
    ],
    status: {},
    models: [source],
    data,
    licences,
  }
}

function tableOf({ check: { parameters } }: IdentifiabilityStepResult): ColumnTable {
  const { number, text } = columnsOf(parameters)
  return {
    columns: [
      text('parameter', ({ name }) => name),
      number('start', ({ start }) => start),
      number('relative_standard_error', ({ relativeStandardError }) => relativeStandardError),
      text('identified', ({ identified }) => identified),
      text('reason', ({ reason }) => reason),
    ],
  }
}
