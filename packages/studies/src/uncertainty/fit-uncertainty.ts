import { type FitJob, runProfiles, runReplicates, solverOptions } from '@cartkin/compute'
import {
  type BootstrapResult,
  checkBootstrap,
  type FitResult,
  type ParameterProfile,
  type Sandwich,
  sandwich,
} from '@cartkin/fitting'
import { compileModel, type Model } from '@cartkin/model'
import { knownParameters } from '@cartkin/simulation'
import { asInput } from '../files/as-input.ts'
import { InputError } from '../files/input-error.ts'
import { accepted } from '../steps/accepted.ts'
import type { StudyContext } from '../steps/study-context.ts'
import type { UncertaintyPlan } from './uncertainty-plan.ts'

/** What is known of the uncertainty of a fit beside its covariance. */
export interface FitUncertainty {
  /** Null where the objective cannot be evaluated at the estimates. */
  readonly sandwich: Sandwich | null
  readonly profiles: readonly ParameterProfile[]
  readonly bootstrap: BootstrapResult | null
}

/** Refuses a plan that the data or the parameters do not allow, before the fit is made. */
export function checkUncertainty(
  { profile, bootstrap, level }: UncertaintyPlan,
  problem: FitJob['problem'],
  { file, plan: { seed } }: Pick<StudyContext, 'file' | 'plan'>,
): void {
  const names = problem.estimated.map(({ name }) => name)
  for (const name of profile === 'all' ? [] : (profile ?? []))
    if (!names.includes(name))
      throw new InputError(file, `${name} is not estimated, so it has no profile; there are ${names.join(', ')}`)
  if (bootstrap === undefined) return
  asInput(file, () => checkBootstrap(problem, { ...bootstrap, level, seed }))
}

type Running = Pick<StudyContext, 'pool' | 'signal' | 'file' | 'plan' | 'progress'>

/** The profiles of a fit that its plan wants, over the workers of a study; `searches` are all that were made, the fit's among them. */
export async function fitProfiles(
  plan: UncertaintyPlan | undefined,
  job: FitJob,
  fit: FitResult,
  step: string,
  context: Running,
  searches: readonly FitResult[] = [],
): Promise<readonly ParameterProfile[]> {
  const parameters = plan?.profile === 'all' ? fit.estimates.map(({ name }) => name) : (plan?.profile ?? [])
  if (parameters.length === 0 || !Number.isFinite(fit.objective)) return []
  const others = searches.flatMap(({ estimates }) =>
    estimates.length === fit.estimates.length ? [estimates.map(({ estimate }) => estimate)] : [],
  )
  const wanted = { kind: 'profile' as const, ...jobOf(plan, job, fit), parameters, others }
  return accepted(await runProfiles(context.pool, wanted, optionsOf(context)), step, context).profiles
}

/** The sandwich of a fit, and over the workers of a study the bootstrap that its plan wants. */
export async function fitUncertainty(
  plan: UncertaintyPlan | undefined,
  job: FitJob,
  fit: FitResult | undefined,
  profiles: readonly ParameterProfile[],
  model: Model,
  step: string,
  context: Running,
): Promise<FitUncertainty> {
  if (fit === undefined || !Number.isFinite(fit.objective)) return { sandwich: null, profiles, bootstrap: null }
  const { problem, solver } = job
  const { bootstrap } = plan ?? {}
  const drawn =
    bootstrap === undefined
      ? null
      : accepted(
          await runReplicates(
            context.pool,
            {
              kind: 'bootstrap',
              ...jobOf(plan, job, fit),
              resample: bootstrap.kind,
              from: 0,
              replicates: bootstrap.replicates,
              seed: context.plan.seed,
            },
            optionsOf(context),
          ),
          step,
          context,
        ).result
  const parameters = knownParameters(model, problem.parameters)
  const whole = { ...problem, model: compileModel(model), parameters, solver: solverOptions(solver) }
  return { sandwich: sandwich(whole, fit), profiles, bootstrap: drawn }
}

function jobOf(plan: UncertaintyPlan | undefined, { text, problem, solver }: FitJob, fit: FitResult) {
  return { text, problem, fit, ...(solver !== undefined && { solver }), level: plan?.level ?? 0.95 }
}

function optionsOf({ signal, progress }: Running) {
  return {
    signal,
    onProgress: (told: { readonly kind: string; readonly done?: number; readonly total?: number }) => {
      if (told.done !== undefined && told.total !== undefined) progress(told.done / told.total)
    },
  }
}
