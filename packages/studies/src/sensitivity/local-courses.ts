import { type Scenario, solverOptions } from '@cartkin/compute'
import { localSensitivity } from '@cartkin/fitting'
import { compileModel } from '@cartkin/model'
import { parameterVector, regimenParameters, regimenRecords, simulationStart } from '@cartkin/simulation'
import type { ModelSource } from '../steps/step-result.ts'
import { type StudyContext, StudyStopped } from '../steps/study-context.ts'
import type { LocalSensitivities } from './sensitivity-findings.ts'

/** Exact sensitivities over time of those inputs that are parameters; for what has none a note says why. */
export function localCourses(
  { model, library }: ModelSource,
  scenario: Scenario,
  {
    names,
    quantities,
    times,
  }: { readonly names: readonly string[]; readonly quantities: readonly string[]; readonly times: Float64Array },
  { signal }: Pick<StudyContext, 'signal'>,
): LocalSensitivities {
  const nothing = (note: string): LocalSensitivities => ({ times, courses: [], notes: [note] })
  const { doses, rules = [] } = scenario
  const regimen = 'regimen' in doses ? doses.regimen : null
  if (rules.length > 0 || (regimen?.rules ?? []).length > 0)
    return nothing('Doses are decided by rules while the course unfolds: there are no exact sensitivities over time.')
  const known = model.parameters.map(({ name }) => name)
  const dosing = new Set(regimen === null ? [] : regimenParameters(regimen))
  const changing = new Set((scenario.covariates ?? []).map(({ name }) => name))
  const varied = names.filter((name) => known.includes(name) && !dosing.has(name) && !changing.has(name))
  const notes = names.flatMap((name) => {
    if (!known.includes(name))
      return [`${name} is no parameter of the model, but moves several: it has no sensitivity over time.`]
    if (dosing.has(name)) return [`${name} sets the doses: it has no sensitivity over time.`]
    return changing.has(name) ? [`${name} changes during the course: it has no sensitivity over time.`] : []
  })
  for (const [tied, source] of Object.entries(library?.population?.ties ?? {}))
    if (varied.includes(source))
      notes.push(`${tied} follows ${source} in the population: over time ${source} is moved alone.`)
  if (varied.length === 0) return { times, courses: [], notes }
  const medians = (library?.population?.parameters ?? []).flatMap(({ parameter, median }) =>
    median === undefined ? [] : [[parameter, median] as const],
  )
  const parameters = parameterVector(model, { ...Object.fromEntries(medians), ...scenario.parameters })
  const given = 'regimen' in doses ? regimenRecords(model, doses.regimen, parameters) : doses.records
  const end = times.at(-1) ?? Number.NaN
  const records = given.filter(({ time }) => time <= end)
  const result = localSensitivity({
    model: compileModel(model),
    parameters,
    records,
    ...(scenario.covariates !== undefined && { covariates: scenario.covariates }),
    start: simulationStart(records, times, scenario.start),
    ...(scenario.startState !== undefined && { startState: scenario.startState }),
    times,
    varied,
    quantities,
    solver: solverOptions(scenario.solver, () => signal.aborted),
  })
  if (result.status === 'stopped') throw new StudyStopped('stopped in the sensitivities over time')
  if (result.status === 'failed') return nothing(`There are no sensitivities over time: ${result.reason}.`)
  return { times, courses: result.courses, notes }
}
