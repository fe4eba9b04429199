import type { CompiledModel, Model } from '@cartkin/model'
import { type DecidedDose, endpoints, Plausibility, parameterVector, RunMemory } from '@cartkin/simulation'
import { drawnNames } from './drawn-names.ts'
import type { JobHooks } from './job-hooks.ts'
import { plausibleSubject } from './plausible-subject.ts'
import type { PopulationAnswer, PopulationJob, SubjectOutcome } from './protocol.ts'
import { rulesOf } from './rules-of.ts'
import { scenarioCourse } from './scenario-course.ts'
import { wantedCourses } from './wanted-courses.ts'

/** Subjects `from` … `from + count − 1` of a virtual population; each is a function of its index alone. */
export function runSubjects(compiled: CompiledModel, job: PopulationJob, hooks: JobHooks): PopulationAnswer {
  const { model } = compiled
  const { count, times } = job
  if (!(Number.isSafeInteger(count) && count >= 0 && Number.isSafeInteger(job.from) && job.from >= 0))
    throw new RangeError(`subjects are counted by whole numbers from 0, got from ${job.from} and count ${count}`)
  const wanted = wantedCourses(model, job.quantities)
  const parameterNames = drawnNames(job)
  const known = model.parameters.map(({ name }) => name)
  const drawn = parameterNames.map((name) => indexIn(known, name))
  const typical = parameterVector(model, { ...drawnInputs(model, job), ...job.parameters })
  const courses = job.quantities.map(() => new Float64Array(count * times.length).fill(Number.NaN))
  const values = new Float64Array(count * job.endpoints.length).fill(Number.NaN)
  const parameters = new Float64Array(count * drawn.length)
  const plausibility = new Plausibility(model, job.population.filters ?? [], job.endpoints)
  const dropped = new Uint32Array(count * plausibility.size)
  const outcomes: SubjectOutcome[] = []
  const decided: (readonly DecidedDose[])[] = []
  const shouldStop = () => hooks.wanted?.() === 'cancel'
  const { memory = new RunMemory() } = hooks
  memory.renew()

  for (let subject = 0; subject < count && !shouldStop(); subject++) {
    const {
      key,
      parameters: own,
      course,
    } = plausibleSubject(
      model,
      job,
      { typical, index: job.from + subject },
      plausibility,
      dropped.subarray(subject * plausibility.size, (subject + 1) * plausibility.size),
      (values, drawKey) => scenarioCourse(compiled, job, values, times, shouldStop, drawKey, memory),
    )
    drawn.forEach((index, k) => {
      parameters[subject * drawn.length + k] = own[index]!
    })
    const { run } = course
    const reached = times.subarray(0, times.findLastIndex((time) => time <= run.end) + 1)
    const first = subject * times.length
    wanted(
      run,
      reached,
      own,
      key,
      courses.map((course) => course.subarray(first, first + reached.length)),
    )
    if (run.outcome.status === 'finished')
      endpoints(model, run, job.endpoints, course.extinction).forEach(({ value }, k) => {
        values[subject * job.endpoints.length + k] = value
      })
    outcomes.push(run.outcome)
    decided.push(course.decided)
    hooks.onProgress?.({ kind: 'subjects', done: subject + 1, total: count })
  }
  return {
    kind: 'population',
    from: job.from,
    count,
    courses,
    endpoints: values,
    parameters,
    parameterNames,
    outcomes,
    ...(plausibility.size > 0 && { dropped }),
    ...(rulesOf(job).length > 0 && { decided }),
    // a copy: the buffers of an answer are moved
    ...(job.share === true && { shared: structuredClone(compiled.share()) }),
  }
}

/** Medians of the inputs that a population draws, or values of the first subject listed: the typical patient needs no value of them beside. */
function drawnInputs(model: Model, { population }: PopulationJob): Readonly<Record<string, number>> {
  if ('randomEffects' in population) return {}
  if ('listed' in population)
    return Object.fromEntries(population.listed.map((name, k) => [name, population.values[k] ?? 0]))
  const inputs = new Set(model.parameters.flatMap(({ name, kind }) => (kind === 'covariate' ? [name] : [])))
  return Object.fromEntries(
    population.parameters.flatMap(({ parameter, median }) =>
      median !== undefined && inputs.has(parameter) ? [[parameter, median]] : [],
    ),
  )
}

function indexIn(names: readonly string[], name: string): number {
  const index = names.indexOf(name)
  if (index < 0) throw new RangeError(`${name} is not a parameter of the model; it has ${names.join(', ')}`)
  return index
}
