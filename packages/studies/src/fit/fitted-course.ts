import type { FitJob } from '@cartkin/compute'
import type { FitSubject } from '@cartkin/fitting'
import type { ColumnTable } from '@cartkin/simulation'
import { accepted } from '../steps/accepted.ts'
import type { ModelSource } from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'
import { drawnTimes } from '../subjects/drawn-times.ts'

/** The course of a subject at estimates of a fit, those of its residual errors aside. */
export async function fittedCourse(
  { text, problem, solver }: Pick<FitJob, 'text' | 'problem' | 'solver'>,
  { id, records, observations, start, parameters, covariates = [] }: FitSubject,
  estimates: readonly { readonly name: string; readonly estimate: number }[],
  { model }: Pick<ModelSource, 'model'>,
  step: string,
  context: Pick<StudyContext, 'pool' | 'signal' | 'file'>,
): Promise<{ readonly id: string; readonly table: ColumnTable }> {
  const known = new Set(model.parameters.map(({ name }) => name))
  const fitted = estimates.flatMap(({ name, estimate }) => (known.has(name) ? [[name, estimate] as const] : []))
  const answer = await context.pool.run(
    {
      kind: 'simulate',
      text,
      parameters: { ...problem.parameters, ...parameters, ...Object.fromEntries(fitted) },
      covariates,
      doses: { records },
      start,
      ...(problem.startState !== undefined && { startState: problem.startState }),
      times: drawnTimes(observations.map(({ time }) => time)),
      endpoints: [],
      ...(solver ? { solver } : {}),
    },
    { signal: context.signal },
  )
  return { id, table: accepted(answer, step, context).table }
}
