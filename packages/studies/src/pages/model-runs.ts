import type { LibraryModel, Scenario } from '@cartkin/cart-models'
import type { ComputePool, SimulateAnswer } from '@cartkin/compute'
import { timeGrid } from '@cartkin/simulation'
import { accepted } from '../steps/accepted.ts'
import { modelSource } from '../steps/model-source.ts'
import type { ModelSource } from '../steps/step-result.ts'

/** A model of the library with the runs that its page shows. */
export interface ModelRuns {
  readonly library: LibraryModel
  readonly source: ModelSource
  readonly typical: SimulateAnswer
  readonly scenarios: readonly { readonly scenario: Scenario; readonly answer: SimulateAnswer }[]
}

/** Days shown by themselves where a run is much longer: expansion, its cytokines and the blood counts. */
export const firstDays = 60
/** Points of a stretch of the typical course. */
const points = 600

/** Whether the first days of a run cannot be seen in a picture of the whole. */
export function isLong({ start, horizon }: Pick<LibraryModel, 'start' | 'horizon'>): boolean {
  return horizon - start > 2 * firstDays
}

/** Runs a model's default course and its scenarios over its horizon. Throws an Error that names the run that did not finish. */
export async function modelRuns(library: LibraryModel, pool: ComputePool, signal: AbortSignal): Promise<ModelRuns> {
  const { id, text, start, horizon, regimen, endpoints, extinction, scenarios = [] } = library
  const source = await modelSource(id, { folder: '.', file: id })
  const even = (from: number, to: number) => timeGrid(from, to, (to - from) / points)
  const times = isLong(library)
    ? Float64Array.of(...even(start, firstDays), ...even(firstDays, horizon).subarray(1))
    : even(start, horizon)
  const run = async (name: string, course: Pick<Scenario, 'regimen' | 'parameters'>, at: Float64Array) => {
    const job = {
      kind: 'simulate' as const,
      text,
      parameters: course.parameters,
      doses: { regimen: course.regimen },
      ...(extinction !== undefined && { extinction }),
      start,
      times: at,
      endpoints,
    }
    const answer = accepted(await pool.run(job, { signal }), name, { file: id })
    if (answer.outcome.status !== 'finished')
      throw new Error(`${id}, ${name}: the run ended as ${JSON.stringify(answer.outcome)}`)
    return answer
  }
  const ends = Float64Array.of(start, horizon)
  const typical = await run('typical run', { regimen, parameters: {} }, times)
  const others = []
  for (const scenario of scenarios) others.push({ scenario, answer: await run(scenario.id, scenario, ends) })
  return { library, source, typical, scenarios: others }
}
