import { checkTargets, libraryModel, parseTargets, type TargetCheck } from '@cartkin/cart-models'
import { type ComputePool, runPopulation } from '@cartkin/compute'
import { timeGrid } from '@cartkin/simulation'
import { evidence } from '../files/evidence.ts'
import { accepted } from '../steps/accepted.ts'
import { lupusCohortNumbers, typicalKeyNumbers } from './key-numbers.ts'

export interface LibraryCheck {
  readonly pool: ComputePool
  /** Virtual patients behind the cohort figures. */
  readonly subjects: number
  readonly seed: number
  readonly signal: AbortSignal
  readonly progress: (share: number) => void
}

/** Every calibration target of the library's models, with our value: typical patients and the lupus cohort. */
export async function checkLibrary(check: LibraryCheck): Promise<readonly TargetCheck[]> {
  const { pool, subjects, seed, signal, progress } = check
  const { text, regimen, start, endpoints, population } = libraryModel('lupus-qsp')
  if (!population) throw new Error('lupus-qsp brings no population')
  const answer = await runPopulation(
    pool,
    {
      kind: 'population',
      text,
      parameters: {},
      doses: { regimen },
      start,
      population,
      seed,
      from: 0,
      count: subjects,
      times: timeGrid(start, 400, 10),
      quantities: [],
      endpoints,
    },
    {
      signal,
      onProgress: (told) => {
        if (told.kind === 'subjects') progress(told.done / told.total)
      },
    },
  )
  const cohort = lupusCohortNumbers(accepted(answer, 'validate', { file: 'lupus-qsp' }), endpoints)
  const targets = parseTargets((await evidence('evidence/targets/calibration_targets.json')).text)
  return checkTargets(targets, { ...typicalKeyNumbers(), lupus_vpop: cohort })
}
