import {
  type CalibrationTarget,
  checkTargets,
  keyNumberStudies,
  parseValidationRecord,
  type RecordedRow,
  type RunCourse,
  runStudyCourses,
  type TargetCheck,
} from '@cartkin/cart-models'
import { type ComputePool, type PopulationSummary, summarizePopulation } from '@cartkin/compute'
import { timeGrid } from '@cartkin/simulation'
import { evidence } from '../files/evidence.ts'
import { accepted } from '../steps/accepted.ts'
import { modelSource } from '../steps/model-source.ts'
import { percentileLevels } from '../steps/population-tables.ts'
import type { ModelSource } from '../steps/step-result.ts'
import { lupusCohortNumbers } from '../targets/key-numbers.ts'
import { publishedTargets } from '../targets/published-targets.ts'
import { standingOf, type Validation, type ValidationGroup, type ValidationRow } from './validation.ts'

export interface LibraryValidation {
  readonly pool: ComputePool
  /** Virtual patients behind the cohort figures. */
  readonly subjects: number
  readonly seed: number
  readonly signal: AbortSignal
  readonly progress: (share: number) => void
  /** Library models that are validated; all when absent. */
  readonly models?: readonly string[]
}

const messages = { file: 'validate', folder: '.' }

/** Name of the key numbers of the virtual population, and the model they belong to. */
const cohort = { name: 'lupus_vpop', model: 'lupus-qsp' }

/**
 * Runs every study of the library and its virtual population, and holds them against the calibration targets and the
 * record of the last accepted validation.
 */
export async function validateLibrary(options: LibraryValidation): Promise<Validation> {
  const targets = await publishedTargets()
  const record = parseValidationRecord((await evidence('evidence/targets/validation_record.json')).text)
  const isWanted = (id: string) => options.models === undefined || options.models.includes(id)
  const population = isWanted(cohort.model) ? await lupusRuns(options) : undefined
  const studied = keyNumberStudies
    .filter(({ model }) => isWanted(model))
    .map((study) => ({ study, courses: runStudyCourses(study) }))
  const numbers = {
    ...Object.fromEntries(studied.map(({ study, courses }) => [study.name, study.numbers(courses)])),
    ...(population && { [cohort.name]: population.numbers }),
  }
  const modelOf = new Map([
    ...studied.map(({ study }) => [study.name, study.model] as const),
    [cohort.name, cohort.model],
  ])
  const rows = checkTargets(targets, numbers).map((check) => rowOf(check, targets, modelOf, record))
  const ofStudies = (names: readonly string[]) => rows.filter(({ id }) => names.includes(studyOf(targets, id)))
  const groups: ValidationGroup[] = []
  for (const model of new Set(studied.map(({ study }) => study.model))) {
    const own = studied.filter(({ study }) => study.model === model)
    groups.push({
      source: await modelSource(model, messages),
      rows: ofStudies(own.map(({ study }) => study.name)),
      runs: {
        kind: 'courses',
        courses: own.flatMap(({ study, courses }) => named(study.name, courses.slice(0, study.shown), own.length)),
      },
    })
  }
  if (population) groups.push({ source: population.source, rows: ofStudies([cohort.name]), runs: population.runs })
  return { rows, groups, subjects: options.subjects, seed: options.seed }
}

/** The virtual population of the lupus model with its figures. */
async function lupusRuns(options: LibraryValidation) {
  const source = await modelSource(cohort.model, messages)
  const times = timeGrid(source.library?.start ?? 0, 400, 2)
  const quantities = ['CAR', 'B', 'SLEDAI']
  const answer = await lupusPopulation(source, times, quantities, options)
  const runs = { kind: 'population', answer, times, quantities } as const
  return { source, runs, numbers: lupusCohortNumbers(answer, source.library?.endpoints ?? []) }
}

async function lupusPopulation(
  { text, library, id }: ModelSource,
  times: Float64Array,
  quantities: readonly string[],
  { pool, subjects, seed, signal, progress }: LibraryValidation,
): Promise<PopulationSummary> {
  if (!library?.population) throw new Error(`${id} brings no population`)
  const { population, regimen, start, endpoints } = library
  const answer = await summarizePopulation(
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
      times,
      quantities,
      endpoints,
    },
    {
      levels: percentileLevels,
      signal,
      onProgress: (told) => {
        if (told.kind === 'subjects') progress(told.done / told.total)
      },
    },
  )
  return accepted(answer, 'validate', { file: id })
}

/** First part of a target's metric. */
function studyOf(targets: readonly CalibrationTarget[], id: string): string {
  const metric = targets.find((target) => target.id === id)?.metric ?? ''
  return metric.slice(0, metric.indexOf('.'))
}

function rowOf(
  check: TargetCheck,
  targets: readonly CalibrationTarget[],
  modelOf: ReadonlyMap<string, string>,
  record: ReadonlyMap<string, RecordedRow>,
): ValidationRow {
  const recorded = record.get(check.id)
  const standing = standingOf(check.pass, recorded)
  return {
    ...check,
    model: modelOf.get(studyOf(targets, check.id)) ?? '',
    tuned: check.tuning !== 'none',
    standing,
    reason: standing === 'known miss' && recorded?.state === 'missed' ? recorded.reason : '',
  }
}

/** Courses under names that tell those of several studies apart. */
function named(study: string, courses: readonly RunCourse[], studies: number): readonly RunCourse[] {
  if (studies === 1) return courses
  const title = study.replaceAll('_', ' ')
  return courses.map((course) => ({ ...course, name: courses.length === 1 ? title : `${title}, ${course.name}` }))
}
