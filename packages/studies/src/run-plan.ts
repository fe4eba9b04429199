import type { ComputePool } from '@cartkin/compute'
import type { SteeringLog } from '@cartkin/fitting'
import { type Manifest, manifestOf } from '@cartkin/tables'
import { runExploreStep } from './exploration/run-explore-step.ts'
import { checkResultFolder, publishResult } from './files/result-folder.ts'
import { versions } from './files/versions.ts'
import { runCompareFitsStep } from './fit/run-compare-fits-step.ts'
import { runFitStep } from './fit/run-fit-step.ts'
import { runIndividualsStep } from './individuals/run-individuals-step.ts'
import type { Plan, Step } from './plan/plan.ts'
import { runPredictiveCheckStep } from './predictive-check/run-predictive-check-step.ts'
import { runSensitivityStep } from './sensitivity/run-sensitivity-step.ts'
import type { FitWatch } from './steps/fit-watch.ts'
import { runCompareStep } from './steps/run-compare-step.ts'
import { runPopulationStep } from './steps/run-population-step.ts'
import { runSimulateStep } from './steps/run-simulate-step.ts'
import type { ModelSource, ResultFile, StepOutput, StepResult } from './steps/step-result.ts'
import { type StudyContext, StudyStopped } from './steps/study-context.ts'
import { runTargetsStep } from './targets/run-targets-step.ts'
import { runIdentifiabilityStep } from './uncertainty/run-identifiability-step.ts'

/** A plan with the text it was read from, which the manifest keeps. */
export interface PlanSource {
  readonly plan: Plan
  readonly text: string
  /** For messages. */
  readonly file: string
  /** Folder that the plan's own paths are read from. */
  readonly folder: string
}

export interface StudyHooks {
  readonly signal?: AbortSignal
  /** Told how far the study is. */
  readonly onProgress?: (progress: StudyProgress) => void
  /** Sees fits while they run, and may steer them; the manifest then says how. */
  readonly watch?: FitWatch
}

export interface StudyProgress {
  /** Name of the step that runs, and its place from 0. */
  readonly step: string
  readonly index: number
  readonly steps: number
  /** Share of this step that is done. */
  readonly share: number
}

export interface StudyResult {
  readonly folder: string
  readonly manifest: Manifest
  readonly results: ReadonlyMap<string, StepResult>
}

/**
 * Runs the steps of a plan and publishes their files with a manifest in `out`, all or none. Throws an InputError for what
 * the plan or the folder has wrong and StudyStopped when the signal asks for an end; then nothing is written.
 */
export async function runPlan(
  source: PlanSource,
  out: string,
  pool: ComputePool,
  hooks: StudyHooks = {},
): Promise<StudyResult> {
  const { plan, file, folder } = source
  await checkResultFolder(out)
  const signal = hooks.signal ?? new AbortController().signal
  const results = new Map<string, StepResult>()
  const outputs: StepOutput[] = []
  for (const [index, step] of plan.steps.entries()) {
    if (signal.aborted) throw new StudyStopped(`stopped before step ${step.name}`)
    const progress = (share: number) => hooks.onProgress?.({ step: step.name, index, steps: plan.steps.length, share })
    const provenance = () => studyManifest(source, outputs, [])
    progress(0)
    const { watch } = hooks
    const context = { plan, file, folder, pool, signal, results, progress, provenance }
    const output = await runStep(step, { ...context, ...(watch && { watch }) })
    progress(1)
    outputs.push(output)
    if (output.result) results.set(step.name, output.result)
  }
  const files = outputs.flatMap((output) => output.files)
  const manifest = await studyManifest(source, outputs, files)
  const manifestBytes = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`)
  if (signal.aborted) throw new StudyStopped('stopped before the result was written')
  await publishResult(out, [...files, { name: 'manifest.json', bytes: manifestBytes }])
  return { folder: out, manifest, results }
}

async function runStep(step: Step, context: StudyContext): Promise<StepOutput> {
  switch (step.kind) {
    case 'simulate':
      return runSimulateStep(step, context)
    case 'population':
      return runPopulationStep(step, context)
    case 'sensitivity':
      return runSensitivityStep(step, context)
    case 'compare':
      return runCompareStep(step, context)
    case 'fit':
      return runFitStep(step, context)
    case 'individuals':
      return runIndividualsStep(step, context)
    case 'explore':
      return runExploreStep(step, context)
    case 'identifiability':
      return runIdentifiabilityStep(step, context)
    case 'predictive-check':
      return runPredictiveCheckStep(step, context)
    case 'compare-fits':
      return runCompareFitsStep(step, context)
    case 'targets':
      return runTargetsStep(step, context)
    case 'report': {
      // The drawing of figures is large; a plan without a report does not load it.
      const { runReportStep } = await import('./report/run-report-step.ts')
      return runReportStep(step, context)
    }
  }
}

async function studyManifest(
  { plan, text }: PlanSource,
  outputs: readonly StepOutput[],
  files: readonly ResultFile[],
): Promise<Manifest> {
  const models = new Map<string, ModelSource>(
    outputs.flatMap((output) => output.models.map((model) => [model.id, model])),
  )
  const data = new Map(
    outputs.flatMap((output) => (output.data ? [[output.data.file, output.data.bytes] as const] : [])),
  )
  const status: Record<string, number> = {}
  for (const output of outputs)
    for (const [name, count] of Object.entries(output.status)) status[name] = (status[name] ?? 0) + count
  return manifestOf({
    versions: await versions(),
    model: { id: [...models.keys()].join('+'), text: [...models.values()].map((model) => model.text).join('') },
    ...(data.size === 0 ? {} : { data: { file: [...data.keys()].join('+'), bytes: joined([...data.values()]) } }),
    options: { plan: text, ...steeringOf(plan, outputs) },
    seed: plan.seed,
    status,
    licences: [...new Set(outputs.flatMap((output) => output.licences))],
    files,
  })
}

/** The steering of fits that took commands beside those of the plan, by step. */
function steeringOf(
  { steps }: Plan,
  outputs: readonly StepOutput[],
): { readonly steering?: Readonly<Record<string, SteeringLog>> } {
  const logs = steps.flatMap(({ name }, k) => {
    const log = outputs[k]?.steering
    return log === undefined ? [] : [[name, log] as const]
  })
  return logs.length === 0 ? {} : { steering: Object.fromEntries(logs) }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
