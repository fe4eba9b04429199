import { type PopulationJob, runPopulation, type Scenario } from '@cartkin/compute'
import { type EvaluateRows, type InputSpace, morris, sobol, tornado } from '@cartkin/fitting'
import { nearestName } from '@cartkin/model'
import { log } from '@cartkin/numerics'
import type { EndpointDefinition } from '@cartkin/simulation'
import { tableToArrow } from '@cartkin/tables'
import { InputError } from '../files/input-error.ts'
import { resultJson } from '../files/result-json.ts'
import type { SensitivityStep } from '../plan/plan.ts'
import { accepted } from '../steps/accepted.ts'
import { endpointsOf } from '../steps/endpoints-of.ts'
import { modelSource } from '../steps/model-source.ts'
import { scenarioOf } from '../steps/scenario-of.ts'
import type { ModelSource, SensitivityStepResult, StepOutput } from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'
import { tableFiles } from '../steps/table-files.ts'
import { localCourses } from './local-courses.ts'
import { sensitivitySpace, spreadText } from './sensitivity-space.ts'
import { localTable, sensitivityTable } from './sensitivity-tables.ts'

const usualSamples = { sobol: 1024, morris: 20 }
/** Runs per job of the pool. */
const chunk = 16

export async function runSensitivityStep(step: SensitivityStep, context: StudyContext): Promise<StepOutput> {
  const source = await modelSource(step.model, context)
  const varied = (step.inputs ?? []).map(({ name }) => name)
  const drawn = (source.library?.population?.parameters ?? []).map(({ parameter }) => parameter)
  const scenario = scenarioOf(step, source, context, [...varied, ...drawn])
  const endpoints = outputsOf(step, source, context.file)
  const space = sensitivitySpace(step, source, scenario.parameters, context.file)
  const outputs = endpoints.map(({ name }) => name)
  const names = space.inputs.map(({ name }) => name)
  const parameters = new Map(source.model.parameters.map(({ name, label }) => [name, label]))

  const found = await analysed()
  const result: SensitivityStepResult = {
    kind: 'sensitivity',
    source,
    inputs: space.inputs.map(({ name, distribution }) => ({
      name,
      label: parameters.get(name) ?? '',
      spread: spreadText(distribution),
    })),
    endpoints: endpoints.map((endpoint) =>
      step.logarithms.includes(endpoint.name)
        ? { ...endpoint, label: `Logarithm of ${lowerFirst(endpoint.label)}`, unit: '' }
        : endpoint,
    ),
    level: step.level,
    undefinedAs: step.undefinedAs,
    found,
  }
  const table = sensitivityTable(result)
  const { runs, failed } = found.result
  return {
    result,
    files: [
      ...tableFiles(step.name, table),
      {
        name: `${step.name}.json`,
        bytes: resultJson({
          model: source.id,
          method: found.method,
          seed: context.plan.seed,
          level: step.level,
          undefinedAs: step.undefinedAs,
          logarithms: step.logarithms,
          inputs: space.inputs,
          ...found.result,
          ...(found.method === 'local' && { notes: found.local.notes }),
        }),
      },
      ...(found.method === 'local'
        ? [{ name: `${step.name}-courses.arrow`, bytes: tableToArrow(localTable(found.local)) }]
        : []),
    ],
    status: { ok: runs - failed, ...(failed > 0 && { failed }) },
    models: [source],
    licences: [],
  }

  async function analysed(): Promise<SensitivityStepResult['found']> {
    const { seed } = context.plan
    const { level, secondOrder, precision } = step
    const k = space.inputs.length
    try {
      switch (step.method) {
        case 'sobol': {
          const samples = step.samples ?? usualSamples.sobol
          const evaluate = evaluator(samples * ((secondOrder ? 2 : 1) * k + 2))
          const options = { samples, secondOrder, level, seed, ...(precision !== undefined && { precision }) }
          return { method: 'sobol', result: await sobol(space.inputs, outputs, evaluate, options) }
        }
        case 'morris': {
          const trajectories = step.samples ?? usualSamples.morris
          const evaluate = evaluator(trajectories * (k + 1))
          return {
            method: 'morris',
            result: await morris(space.inputs, outputs, evaluate, { trajectories, level, seed }),
          }
        }
        case 'local': {
          const base = space.inputs.map(({ name, distribution }) =>
            distribution.kind === 'logNormal' ? distribution.median : space.typical(name),
          )
          const result = await tornado(space.inputs, base, outputs, evaluator(2 * k + 1))
          const quantities = [...new Set(endpoints.map(({ quantity }) => quantity))]
          const local = localCourses(source, scenario, { names, quantities, times: step.times }, context)
          return { method: 'local', result, local }
        }
      }
    } catch (error) {
      if (error instanceof RangeError) throw new InputError(context.file, `step ${step.name}: ${error.message}`)
      throw error
    }
  }

  function evaluator(all: number): EvaluateRows {
    return evaluatorOf(
      { step, scenario, space, definitions: neededBy(endpoints, step, source, context.file), outputs, all },
      context,
    )
  }
}

interface Evaluator {
  readonly step: SensitivityStep
  readonly scenario: Scenario
  readonly space: InputSpace
  /** What is read off, in an order in which each follows those it counts from. */
  readonly definitions: readonly EndpointDefinition[]
  readonly outputs: readonly string[]
  /** Runs in all. */
  readonly all: number
}

/** Runs rows of inputs over the workers of the pool. */
function evaluatorOf(
  { step, scenario, space, definitions, outputs, all }: Evaluator,
  context: StudyContext,
): EvaluateRows {
  const columns = outputs.map((name) => definitions.findIndex((definition) => definition.name === name))
  const logarithms = new Set(step.logarithms)
  return async (rows, count, from) => {
    const job: PopulationJob = {
      kind: 'population',
      ...scenario,
      population: { listed: space.parameters, values: space.parameterValues(rows, count) },
      seed: context.plan.seed,
      from,
      count,
      times: step.times,
      quantities: [],
      endpoints: definitions,
    }
    const answer = accepted(
      await runPopulation(context.pool, job, {
        chunk,
        signal: context.signal,
        onProgress: (told) => {
          if (told.kind === 'subjects') context.progress((from + told.done) / all)
        },
      }),
      step.name,
      context,
    )
    const values = new Float64Array(count * outputs.length)
    const failed = Uint8Array.from(answer.outcomes, ({ status }) => (status === 'finished' ? 0 : 1))
    for (let row = 0; row < count; row++) {
      columns.forEach((column, o) => {
        const value = answer.endpoints[row * definitions.length + column]!
        const name = outputs[o]!
        const defined = Number.isNaN(value) ? (step.undefinedAs[name] ?? value) : value
        values[row * outputs.length + o] = logarithms.has(name) ? (defined > 0 ? log(defined) : Number.NaN) : defined
      })
    }
    return { outputs: values, failed }
  }
}

/** The endpoints that are analysed, in their order; throws an InputError for a name that there is not. */
function outputsOf(step: SensitivityStep, source: ModelSource, file: string): readonly EndpointDefinition[] {
  const known = endpointsOf(step, source, file)
  const refuse = (name: string) => {
    const names = known.map((endpoint) => endpoint.name)
    const nearest = nearestName(name, names)
    const has = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`
    return new InputError(
      file,
      `step ${step.name}: outputs: ${source.id} has no endpoint ${name}; ${nearest === undefined ? has : `did you mean ${nearest}?`}`,
    )
  }
  const absent = (names: readonly string[]) => names.find((name) => !step.outputs.includes(name))
  for (const [where, name] of [
    ['undefinedAs', absent(Object.keys(step.undefinedAs))],
    ['logarithms', absent(step.logarithms)],
  ] as const)
    if (name !== undefined)
      throw new InputError(
        file,
        `step ${step.name}: ${where}: ${name} is not among the outputs ${step.outputs.join(', ')}`,
      )
  return step.outputs.map((name, k) => {
    const found = known.find((endpoint) => endpoint.name === name)
    if (found === undefined) throw refuse(name)
    if (step.outputs.indexOf(name) < k) throw new InputError(file, `step ${step.name}: outputs: ${name} is named twice`)
    return found
  })
}

/** A label within a sentence; abbreviations stay as they are. */
function lowerFirst(label: string): string {
  const second = label[1] ?? ''
  return second === second.toUpperCase() ? label : (label[0] ?? '').toLowerCase() + label.slice(1)
}

/** The endpoints that these need, themselves among them, in the order of their definition. */
function neededBy(
  wanted: readonly EndpointDefinition[],
  step: SensitivityStep,
  source: ModelSource,
  file: string,
): readonly EndpointDefinition[] {
  const known = endpointsOf(step, source, file)
  const needed = new Set(wanted.map(({ name }) => name))
  for (const { name, after } of [...known].reverse()) if (needed.has(name) && after !== undefined) needed.add(after)
  return known.filter(({ name }) => needed.has(name))
}
