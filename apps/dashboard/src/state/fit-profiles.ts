import { type ProfileJob, runProfiles } from '@cartkin/compute'
import { type ParameterProfile, steeredParts } from '@cartkin/fitting'
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Workers } from '../compute/workers.ts'
import type { FitProblemParts } from './fit-problem.ts'
import { type FinishedFit, resultOf } from './fit-run.ts'
import { refusalText } from './refusal-text.ts'

export type ProfileState =
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly profile: ParameterProfile }
  | { readonly kind: 'failed'; readonly message: string }

/** A profile that was asked for. */
export interface AskedProfile {
  /** Number of the fit. */
  readonly fit: number
  /** Of a fit of each subject alone, whose; null where all are fitted together. */
  readonly subject: string | null
  readonly name: string
  readonly state: ProfileState
}

/** Profile likelihoods of parameters, on demand. */
export interface FitProfiles {
  /** Those of this page, the newest last. */
  readonly asked: ReadonlySignal<readonly AskedProfile[]>
  ask(fit: FinishedFit, subject: string | null, name: string): Promise<void>
}

export function createFitProfiles(workers: Workers): FitProfiles {
  const asked = signal<readonly AskedProfile[]>([])
  return {
    asked,
    async ask(fit, subject, name) {
      const key = { fit: fit.run.number, subject, name }
      const isThis = (one: AskedProfile): boolean => one.fit === key.fit && one.subject === subject && one.name === name
      if (asked.peek().some(isThis)) return
      const set = (state: ProfileState): void => {
        const others = asked.peek()
        const next = { ...key, state }
        asked.value = others.some(isThis) ? others.map((one) => (isThis(one) ? next : one)) : [...others, next]
      }
      const job = profileJob(fit, subject, name)
      if (!job) return
      set({ kind: 'running' })
      const answer = await runProfiles(workers.batch(), job)
      if (answer.status !== 'ok') {
        set({ kind: 'failed', message: refusalText(answer) })
        return
      }
      const [profile] = answer.result.profiles
      set(profile ? { kind: 'done', profile } : { kind: 'failed', message: 'There is no profile of it.' })
    },
  }
}

/** The problem of a fit as it ended: what was held counts as known, and of a subject its own part. */
export function endedProblem({ run, results }: FinishedFit, subject: string | null): FitProblemParts {
  const { problem } = run.job
  if (results.kind === 'individual' && subject !== null) {
    const plan = run.job.kind === 'fit-each' ? run.job.plans?.get(subject) : undefined
    const { starts: _, ...parts } = plan ?? {}
    return { ...problem, ...parts, subjects: problem.subjects.filter(({ id }) => id === subject) }
  }
  const { steering } = results.kind === 'pooled' ? results.best : { steering: undefined }
  if (!steering) return problem
  const { held, ...parts } = steeredParts(problem, steering.estimated, steering.held)
  const known = new Set(run.setting.opened.model.parameters.map(({ name }) => name))
  const values = [...held].filter(([name]) => known.has(name))
  return { ...problem, ...parts, parameters: { ...problem.parameters, ...Object.fromEntries(values) } }
}

function profileJob(fit: FinishedFit, subject: string | null, name: string): ProfileJob | null {
  const result = resultOf(fit.results, subject ?? '')
  if (!result) return null
  const { estimates, covariance, residualVariance, predictions } = result
  return {
    kind: 'profile',
    text: fit.run.job.text,
    problem: endedProblem(fit, subject),
    fit: { estimates, covariance, residualVariance, predictions },
    parameters: [name],
  }
}
