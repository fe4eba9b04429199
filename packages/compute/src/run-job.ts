import type { CompiledModel } from '@cartkin/model'
import { MissingInputError } from '@cartkin/simulation'
import type { JobHooks } from './job-hooks.ts'
import type { Answer, Job, Result } from './protocol.ts'
import { runSimulate } from './run-simulate.ts'

/**
 * Runs a job on the calling thread. Failures are answers: 'bad-model' for a text with errors, 'missing-inputs' for inputs without
 * a value, 'bad-job' for what else cannot be run as asked, 'cancelled' when the hooks say so. Only a defect of the program throws.
 */
export async function runJob(job: Job, hooks: JobHooks): Promise<Answer> {
  if (hooks.wanted?.() === 'cancel') return { status: 'cancelled' }
  const found = await hooks.models.get(job.text)
  if (!found.ok) return { status: 'bad-model', diagnostics: found.diagnostics }
  try {
    const result = await runKind(found.model, job, hooks)
    return hooks.wanted?.() === 'cancel' ? { status: 'cancelled' } : { status: 'ok', result }
  } catch (error) {
    if (error instanceof MissingInputError)
      return { status: 'missing-inputs', inputs: error.inputs, message: error.message }
    if (error instanceof RangeError) return { status: 'bad-job', message: error.message }
    throw error
  }
}

/** What only some jobs need is loaded with the first of them: a page that draws a course does without. */
async function runKind(model: CompiledModel, job: Job, hooks: JobHooks): Promise<Result> {
  switch (job.kind) {
    case 'simulate':
      return runSimulate(model, job, hooks)
    case 'sensitivities':
      return (await import('./run-sensitivities.ts')).runSensitivities(model, job, hooks)
    case 'population':
      return (await import('./run-subjects.ts')).runSubjects(model, job, hooks)
    case 'fit':
      return (await import('./run-fit.ts')).runFit(model, job, hooks)
    case 'fit-each':
      return (await import('./run-fit-each.ts')).runFitEach(model, job, hooks)
    case 'profile':
      return (await import('./run-profile.ts')).runProfile(model, job, hooks)
    case 'bootstrap':
      return (await import('./run-bootstrap.ts')).runBootstrap(model, job, hooks)
  }
}
