import { checkTargets, type TargetCheck } from '@cartkin/cart-models'
import { type ColumnTable, columnsOf } from '@cartkin/simulation'
import { InputError } from '../files/input-error.ts'
import type { TargetsStep } from '../plan/plan.ts'
import type { StepOutput } from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'
import { tableFiles } from '../steps/table-files.ts'
import { lupusCohortNumbers, typicalKeyNumbers } from './key-numbers.ts'
import { publishedTargets } from './published-targets.ts'

export async function runTargetsStep(step: TargetsStep, context: StudyContext): Promise<StepOutput> {
  const targets = await publishedTargets()
  const cohort = step.models.includes('lupus_vpop') ? { lupus_vpop: cohortNumbers(step, context) } : {}
  const checks = checkTargets(targets, { ...typicalKeyNumbers(step.models), ...cohort })
  const table = targetsTable(checks)
  return {
    result: { kind: 'targets', checks },
    files: tableFiles(step.name, table),
    status: {},
    models: [],
    licences: [],
  }
}

function cohortNumbers({ name, population }: TargetsStep, { results, file }: StudyContext) {
  const found = population === undefined ? undefined : results.get(population)
  if (found?.kind !== 'population')
    throw new InputError(file, `step ${name}: lupus_vpop needs the name of a population step`)
  return lupusCohortNumbers(found.answer, found.endpoints)
}

/** One row per target. */
function targetsTable(checks: readonly TargetCheck[]): ColumnTable {
  const { number, text } = columnsOf(checks)
  return {
    columns: [
      text('id', ({ id }) => id),
      text('quantity', ({ quantity }) => quantity),
      text('unit', ({ unit }) => unit),
      number('value', ({ value }) => value),
      number('lo', ({ lo }) => lo),
      number('hi', ({ hi }) => hi),
      number('ours', ({ ours }) => ours),
      text('pass', ({ pass }) => (pass ? 'yes' : 'no')),
      text('trust', ({ trust }) => trust),
      text('source', ({ source }) => source),
      text('tuning', ({ tuning }) => tuning),
    ],
  }
}
