import { type ColumnTable, columnsOf } from '@cartkin/simulation'
import { tableToArrow, tableToCsv } from '@cartkin/tables'
import { InputError } from '../files/input-error.ts'
import { resultJson } from '../files/result-json.ts'
import type { CompareFitsStep } from '../plan/plan.ts'
import type { CompareFitsStepResult, StepOutput } from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'
import { compareFits, type FitComparison, type FitToCompare } from './compare-fits.ts'

/** Fits of the same data side by side: `NAME.arrow` and `.csv`, `NAME-tests.arrow` and `.csv`, `NAME.json`. */
export function runCompareFitsStep(step: CompareFitsStep, context: StudyContext): StepOutput {
  const fits = Object.entries(step.fits).map(([fit, label]) => toCompare(fit, label, step, context))
  const comparison = compareFits(fits)
  const result: CompareFitsStepResult = { kind: 'compare-fits', ...comparison }
  const table = standings(comparison)
  const tests = tested(comparison)
  const csv = (from: ColumnTable) => new TextEncoder().encode(tableToCsv(from))
  return {
    result,
    files: [
      { name: `${step.name}.arrow`, bytes: tableToArrow(table) },
      { name: `${step.name}.csv`, bytes: csv(table) },
      { name: `${step.name}-tests.arrow`, bytes: tableToArrow(tests) },
      { name: `${step.name}-tests.csv`, bytes: csv(tests) },
      { name: `${step.name}.json`, bytes: resultJson(comparison) },
    ],
    status: {},
    models: [],
    licences: [],
  }
}

function toCompare(
  name: string,
  label: string,
  step: CompareFitsStep,
  { plan, results, file }: StudyContext,
): FitToCompare {
  const found = results.get(name)
  const planned = plan.steps.find((one) => one.name === name)
  const best = found?.kind === 'fit' ? found.fits[found.best]?.result : undefined
  if (found?.kind !== 'fit' || planned?.kind !== 'fit' || best === undefined)
    throw new InputError(file, `step ${step.name}: there is no fit ${name}`)
  const { problem } = planned
  return {
    ...best,
    name: label,
    model: found.source.id,
    data: problem === 'axi-cel' ? problem : problem.data,
    blq: problem === 'axi-cel' ? null : (problem.blq ?? 'M3'),
    endpoints: found.job.problem.endpoints,
    status: best.outcome.status,
  }
}

function standings({ fits }: FitComparison): ColumnTable {
  const { number, text } = columnsOf(fits)
  return {
    columns: [
      text('fit', ({ name }) => name),
      text('model', ({ model }) => model),
      text('converged', ({ converged }) => (converged ? 'yes' : 'no')),
      text('blq', ({ blq }) => blq ?? ''),
      text('errors', ({ errors }) => errors),
      number('parameters', ({ estimated }) => estimated.length),
      number('observations', ({ observations }) => observations),
      number('minus_two_log_likelihood', (fit) => fit.minusTwoLogLikelihood),
      number('aic', ({ aic }) => aic),
      number('bic', ({ bic }) => bic),
      number('delta_aic', ({ deltaAic }) => deltaAic),
      number('delta_bic', ({ deltaBic }) => deltaBic),
    ],
  }
}

function tested({ tests }: FitComparison): ColumnTable {
  const { number, text } = columnsOf(tests)
  return {
    columns: [
      text('smaller', ({ smaller }) => smaller),
      text('larger', ({ larger }) => larger),
      number('statistic', ({ statistic }) => statistic),
      number('degrees_of_freedom', ({ degreesOfFreedom }) => degreesOfFreedom),
      number('p', ({ p }) => p),
      text('message', ({ message }) => message),
    ],
  }
}
