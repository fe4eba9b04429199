import type { ComputePool } from '@cartkin/compute'
import { type CheckedBin, timeBins, timeBinsBetween, visualPredictiveCheck } from '@cartkin/fitting'
import { type ColumnTable, columnsOf } from '@cartkin/simulation'
import { type Json, type Manifest, manifestOf, tableToArrow } from '@cartkin/tables'
import { InputError } from '../files/input-error.ts'
import { checkResultFolder, publishResult } from '../files/result-folder.ts'
import { resultJson } from '../files/result-json.ts'
import { versions } from '../files/versions.ts'

import type { ModelSource } from '../steps/step-result.ts'
import { StudyStopped } from '../steps/study-context.ts'
import { checkDesign, type DesignEndpoint } from './check-design.ts'
import { type CheckedEndpoint, counted } from './predictive-check-report.ts'
import { type ReplicateInput, simulateReplicates } from './simulate-replicates.ts'

/** A visual predictive check that is to be made. */
export interface PredictiveCheckPlan extends Omit<ReplicateInput, 'text' | 'model'> {
  readonly title: string
  readonly source: ModelSource
  readonly data: { readonly file: string; readonly bytes: Uint8Array }
  /** Lower limits of quantification by endpoint; that of `''` is for all others. */
  readonly limits: Readonly<Record<string, number>>
  /** Number of bins, or the times between them; about as many as a subject has observations, where absent. */
  readonly bins?: number | readonly number[]
  readonly scale?: 'linear' | 'log'
  /** Whatever else decides the result, for the manifest. */
  readonly options: Json
  /** Sentences about the data, for the report. */
  readonly notes: readonly string[]
}

export interface PredictiveCheckResult {
  readonly endpoints: readonly {
    readonly quantity: string
    readonly observations: number
    readonly below: number
    readonly lloq: number | null
    /** Observed percentiles, and those within the interval of the replicates. */
    readonly percentiles: number
    readonly inside: number
    readonly bins: readonly CheckedBin[]
  }[]
  /** What of the data was left out; may be empty. */
  readonly note: string
  readonly failed: number
  readonly reason: string
  readonly manifest: Manifest
}

/** Most bins that are chosen where none are asked for. */
const mostBins = 15

/**
 * Simulates the design of the data again and again, compares percentiles by bins of time, and writes `vpc.arrow`, `vpc.json`,
 * `report.html` and the manifest into a folder.
 */
export async function runPredictiveCheck(
  plan: PredictiveCheckPlan,
  out: string,
  pool: ComputePool,
  hooks: { readonly signal: AbortSignal; readonly progress: (share: number) => void },
): Promise<PredictiveCheckResult> {
  await checkResultFolder(out)
  const { source, subjects, limits, data, replicates, seed } = plan
  const { endpoints: design, note } = checkDesign(source.model, subjects, limits, {
    modelName: source.id,
    dataFile: data.file,
  })
  const binsOf = design.map((endpoint) => chosenBins(endpoint, plan.bins))
  const input = { ...plan, text: source.text, model: source.model }
  const { values, failed, reason } = await simulateReplicates(input, design, pool, hooks)
  const checked = design.map((endpoint, e): CheckedEndpoint => {
    const { rows, lloq } = endpoint
    const bins = visualPredictiveCheck({
      bins: binsOf[e] ?? [],
      observed: rows.map(({ value }) => value),
      below: rows.map(({ below }) => below),
      simulated: values[e] ?? new Float64Array(),
      ...(lloq === undefined ? {} : { lloq }),
    })
    return { design: endpoint, bins }
  })
  const endpoints = checked.map(({ design: { quantity, rows, lloq }, bins }) => {
    const { inside, all } = counted(bins)
    return {
      quantity,
      observations: rows.length,
      below: rows.filter(({ below }) => below).length,
      lloq: lloq ?? null,
      percentiles: all,
      inside,
      bins,
    }
  })
  const made = {
    versions: await versions(),
    model: { id: source.id, text: source.text },
    data,
    options: plan.options,
    seed,
    status: { ok: replicates * subjects.length - failed, ...(failed > 0 ? { failed } : {}) },
  }
  const { reportOf } = await import('./predictive-check-page.ts')
  const provenance = await manifestOf({ ...made, files: [] })
  const html = await reportOf(
    { ...plan, notes: note === '' ? plan.notes : [...plan.notes, note] },
    checked,
    provenance,
    { failed, reason },
  )
  const files = [
    { name: 'vpc.arrow', bytes: tableToArrow(tableOf(checked)) },
    {
      name: 'vpc.json',
      bytes: resultJson({ model: source.id, data: data.file, replicates, seed, endpoints, failed, reason }),
    },
    { name: 'report.html', bytes: new TextEncoder().encode(html) },
  ]
  const manifest = await manifestOf({ ...made, files })
  if (hooks.signal.aborted) throw new StudyStopped('stopped before the result was written')
  const manifestBytes = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`)
  await publishResult(out, [...files, { name: 'manifest.json', bytes: manifestBytes }])
  return { endpoints, note, failed, reason, manifest }
}

function chosenBins({ rows }: DesignEndpoint, asked: PredictiveCheckPlan['bins']) {
  const times = rows.map(({ time }) => time)
  const subjects = new Set(rows.map(({ subject }) => subject)).size
  const perSubject = Math.min(mostBins, Math.max(1, Math.round(rows.length / subjects)))
  try {
    return typeof asked === 'object' ? timeBinsBetween(times, asked) : timeBins(times, asked ?? perSubject)
  } catch (error) {
    if (error instanceof RangeError) throw new InputError('bins', error.message)
    throw error
  }
}

/** Every percentile and every share of all bins; 'below' has the share below the limit of quantification. */
function tableOf(checked: readonly CheckedEndpoint[]): ColumnTable {
  const rows = checked.flatMap(({ design: { quantity }, bins }) =>
    bins.flatMap(({ from, to, time, count, percentiles, below }) => [
      ...percentiles.map(({ level, ...value }) => ({
        quantity,
        from,
        to,
        time,
        count,
        what: `p${Number((level * 100).toFixed(4))}`,
        ...value,
      })),
      { quantity, from, to, time, count, what: 'below', ...below },
    ]),
  )
  const { number, text } = columnsOf(rows)
  return {
    columns: [
      text('quantity', (row) => row.quantity),
      text('what', (row) => row.what),
      number('from', (row) => row.from),
      number('to', (row) => row.to),
      number('time', (row) => row.time),
      number('count', (row) => row.count),
      number('observed', (row) => row.observed),
      number('lower', (row) => row.lower),
      number('median', (row) => row.median),
      number('upper', (row) => row.upper),
    ],
  }
}
