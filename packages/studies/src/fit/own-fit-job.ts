import type { FitJob } from '@cartkin/compute'
import {
  type Endpoint,
  type EstimatedParameter,
  type FitObservation,
  type FitSubject,
  scaleFunctions,
} from '@cartkin/fitting'
import { type ErrorModel, type Model, nearestName, type Parameter } from '@cartkin/model'
import {
  codedParameters,
  type EventRecord,
  knownParameters,
  regimenParameters,
  regimenRecords,
  type Subject,
  simulationStart,
} from '@cartkin/simulation'
import type { EventData } from '@cartkin/tables'
import { InputError } from '../files/input-error.ts'
import type { EstimateLine, OwnFit } from '../plan/plan.ts'
import { regimenOf, startOf } from '../steps/scenario-of.ts'
import type { ModelSource } from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'
import { checkInputs } from '../subjects/check-inputs.ts'
import { hasDoses, subjectsFor } from '../subjects/subjects-for.ts'
import { isBelowQuantification, leavesOut } from './below-quantification.ts'
import { residualEndpoint } from './residual-endpoint.ts'
import { type NamedEndpoint, namedEndpoint, type ResidualParameter } from './residual-names.ts'

/** Bounds of a parameter estimated on the log scale reach this many times below and above its start. */
const reach = 1000

/** The job of a fit that a plan describes, with its data; throws an InputError for what does not go together. */
export function ownFitJob(
  fit: OwnFit,
  source: ModelSource,
  data: EventData,
  { plan, file }: Pick<StudyContext, 'plan' | 'file'>,
): FitJob {
  const { model, library, text } = source
  const fail = (message: string) => new InputError(file, message)
  if (!data.has('DV'))
    throw new InputError(fit.data, 'there is no column DV; a fit needs the measured values in a column of that name', {
      line: 1,
      column: 1,
    })
  if (hasDoses(data) && fit.regimen !== undefined && fit.regimen !== 'none')
    throw fail('the data hold doses, and a regimen gives others; leave out the one or the other')
  const parameters = codedParameters(model, fit.parameters)
  const names = [...data.covariates, ...fit.estimate.map(({ name }) => name)]
  checkInputs(
    source,
    { parameters, names },
    ({ name }) => `give ${name} a value under \`parameters\`, or a column ${name} in the data`,
  )
  const subjects = subjectsFor(model, data, new Set(Object.keys(parameters)))
  const named = endpointsOf(fit, model, subjects, fail)
  if (named.length === 0)
    throw fail(
      `${fit.model} has no residual error lines, such as ${example(model)} ~ lnorm(sd); say what was observed and with which error, as the endpoint ${example(model)}=log`,
    )
  const residuals = new Map(
    named.flatMap((entry) => entry.residuals.map((residual) => [residual.name, residual] as const)),
  )
  const ties = fit.ties ?? {}
  const estimated = estimatedLines(fit, model, [...residuals.keys()]).map((line) =>
    estimatedParameter(line, parameters, model, residuals, fail),
  )
  if (estimated.every(({ name }) => residuals.has(name)))
    throw fail(`nothing is to be estimated: name parameters, or give the text an ini({ }) block with bounds`)
  const ownRegimen = hasDoses(data) ? undefined : regimenOf({ ...fit, name: 'fit' }, source, file)
  if (ownRegimen?.rules !== undefined && ownRegimen.rules.length > 0)
    throw fail('a fit takes doses as they were given; leave out the rules of the regimen')
  const dosing = ownRegimen ? regimenParameters(ownRegimen) : []
  const moving = [...estimated.map(({ name }) => name), ...Object.keys(ties)].find((name) => dosing.includes(name))
  if (moving !== undefined)
    throw fail(
      `${moving} is to be estimated, but amounts of the regimen are reckoned from it; fix it, or write the amounts as numbers and the dependence into the text as f(state)`,
    )
  const method = fit.blq ?? 'M3'
  const endpoints = named.map(({ endpoint }) =>
    method === 'M2' || method === 'M4' ? { ...endpoint, blq: method } : endpoint,
  )
  const kept: Readonly<Record<string, number>> = Object.fromEntries(
    [
      ...[...residuals.values()].map(({ name, start }) => [name, start] as const),
      ...named.flatMap(({ fixed }) => Object.entries(fixed)),
    ].filter(([name]) => !Object.hasOwn(ties, name) && !estimated.some((parameter) => parameter.name === name)),
  )
  const limits = method === 'M2' ? commonLimits(subjects, endpoints) : []
  return {
    kind: 'fit',
    text,
    problem: {
      parameters,
      errorParameters: kept,
      ...startOf({ ...fit, name: 'fit' }, source, file),
      estimated,
      ...(fit.ties === undefined ? {} : { ties }),
      endpoints,
      subjects: subjects.map((subject, index): FitSubject => {
        const values = knownParameters(model, { ...parameters, ...subject.parameters })
        const given = ownRegimen ? regimenRecords(model, ownRegimen, values) : []
        const records = [...given, ...subject.records].toSorted((a, b) => a.time - b.time)
        const places = new Map(records.map((record, place) => [record, place]))
        return {
          id: subject.id,
          start: simulationStart([...given, ...subject.records], [], fit.start?.time ?? library?.start),
          parameters: subject.parameters,
          covariates: subject.covariates ?? [],
          records,
          observations: subject.records.flatMap((record, row) => {
            if (leavesOut(method) && isBelowQuantification(record)) return []
            const refuse: Refuse = (column, problem, expected) => data.refusal(index, row, column, problem, expected)
            const found = observationOf(record, places.get(record) ?? 0, endpoints, refuse)
            return method === 'M2' ? found.map((own) => aboveLimit(own, record, limits, refuse)) : found
          }),
        }
      }),
    },
    solver: plan.solver,
  }
}

/** A quantity of the model to name in messages. */
function example({ outputs, states }: Model): string {
  return (outputs.at(-1) ?? states.at(-1))?.name ?? 'y'
}

function endpointsOf(
  { endpoints }: OwnFit,
  model: Model,
  subjects: readonly Subject[],
  fail: (message: string) => Error,
): readonly NamedEndpoint[] {
  const fixedValue = (name: string) => model.parameters.find((one) => one.name === name && one.fixed)?.value
  if (!endpoints) return model.errorModels.map((line) => residualEndpoint(line, fail, fixedValue))
  const values = subjects.flatMap(({ records }) =>
    records.flatMap(({ dv }) => (dv === undefined ? [] : [Math.abs(dv)])),
  )
  const typical = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  return endpoints.map((line) => namedEndpoint(line, typical > 0 ? typical : 1))
}

/** The parameters that a residual error is made of. */
function errorParameters(model: ErrorModel): readonly string[] {
  const found =
    model.kind === 'continuous'
      ? [
          model.additive,
          model.proportional?.coefficient,
          model.proportional?.exponent,
          model.distribution.kind === 't' ? model.distribution.degreesOfFreedom : undefined,
        ]
      : model.kind === 'poisson'
        ? [model.mean]
        : [model.trials, model.probability]
  return found.flatMap((argument) => (argument?.kind === 'parameter' ? [argument.name] : []))
}

/** The parameters named, with the residual ones; where none is named, the free ones of the text's `ini` block. */
function estimatedLines(fit: OwnFit, model: Model, residuals: readonly string[]): readonly EstimateLine[] {
  const named = fit.estimate.map(({ name }) => name)
  const errors = fit.endpoints ? residuals : model.errorModels.flatMap(errorParameters)
  const tied = fit.ties ?? {}
  const free = (parameter: Parameter | undefined) => parameter === undefined || !parameter.fixed
  const find = (name: string) => model.parameters.find((parameter) => parameter.name === name)
  const added = named.length > 0 ? errors : [...iniParameters(model), ...errors]
  return [
    ...fit.estimate,
    ...[...new Set(added)]
      .filter((name) => !named.includes(name) && !Object.hasOwn(tied, name) && free(find(name)))
      .map((name) => ({ name })),
  ]
}

function iniParameters({ parameters }: Model): readonly string[] {
  return parameters.filter(({ kind, inIni }) => kind === 'parameter' && inIni).map(({ name }) => name)
}

function estimatedParameter(
  line: EstimateLine,
  given: Readonly<Record<string, number>>,
  model: Model,
  residuals: ReadonlyMap<string, ResidualParameter>,
  fail: (message: string) => Error,
): EstimatedParameter {
  const { name } = line
  const residual = residuals.get(name)
  const known = model.parameters.find((parameter) => parameter.name === name)
  const value = Object.hasOwn(given, name) ? given[name] : known?.value
  const start = line.start ?? residual?.start ?? value
  if (start === undefined) {
    const names = [...model.parameters.map((parameter) => parameter.name), ...residuals.keys()]
    const nearest = nearestName(name, names)
    throw fail(
      `${name} is to be estimated, but is neither a parameter of the model nor of an error; ${nearest === undefined ? `there are ${names.join(', ')}` : `did you mean ${nearest}?`}`,
    )
  }
  const bounded = known !== undefined && Number.isFinite(known.lower)
  const isResidual = residuals.has(name) || model.errorModels.some((error) => errorParameters(error).includes(name))
  const inIni = iniParameters(model).includes(name)
  const lowest = line.lower ?? residual?.lower ?? (bounded ? known.lower : isResidual ? 0 : undefined)
  const logarithmic = start > 0 && (lowest === undefined ? !inIni : lowest >= 0)
  const scale = line.scale ?? residual?.scale ?? (logarithmic ? 'log' : 'linear')
  const highest =
    line.upper ?? residual?.upper ?? (known !== undefined && Number.isFinite(known.upper) ? known.upper : undefined)
  return {
    name,
    start,
    scale,
    lower: lowest ?? (scale === 'log' ? start / reach : Number.NEGATIVE_INFINITY),
    upper: highest ?? (scale === 'log' ? start * reach : Number.POSITIVE_INFINITY),
    ...(line.prior === undefined ? {} : { prior: line.prior }),
  }
}

type Refuse = (column: 'DV' | 'ENDPOINT' | 'LIMIT' | 'LLOQ', problem: string, expected: string) => Error

/** Place of the endpoint that a record observes; −1 where there is none. */
function endpointIndex(endpoints: readonly Endpoint[], endpoint: string | undefined): number {
  const named = endpoints.findIndex(({ quantity }) => quantity === endpoint)
  if (named >= 0) return named
  return endpoint === undefined ? (endpoints.length === 1 ? 0 : -1) : Number(endpoint) - 1
}

/** The one limit at which the values of each endpoint below quantification stand; undefined where there are none or several. */
function commonLimits(subjects: readonly Subject[], endpoints: readonly Endpoint[]): readonly (number | undefined)[] {
  const found = endpoints.map(() => new Set<number>())
  for (const record of subjects.flatMap(({ records }) => records))
    if (isBelowQuantification(record)) found[endpointIndex(endpoints, record.endpoint)]?.add(record.dv ?? Number.NaN)
  return found.map((limits) => (limits.size === 1 ? [...limits][0] : undefined))
}

/** An observation with the limit it would have been left out below, for M2. */
function aboveLimit(
  observation: FitObservation,
  { lloq }: EventRecord,
  limits: readonly (number | undefined)[],
  refuse: Refuse,
): FitObservation {
  const limit = lloq ?? limits[observation.endpoint]
  if (limit === undefined)
    throw refuse(
      'LLOQ',
      'does not say the limit of quantification, which M2 needs for every value',
      'give a column LLOQ, or the limit of the assay by --lloq; or choose M3',
    )
  return { ...observation, lloq: limit }
}

function observationOf(
  { evid, time, dv, mdv, endpoint, cens, limit }: EventRecord,
  /** Its place among the records of its subject. */
  place: number,
  endpoints: readonly Endpoint[],
  refuse: Refuse,
): FitObservation[] {
  if (evid !== 0 || dv === undefined || mdv) return []
  const index = endpointIndex(endpoints, endpoint)
  const found = endpoints[index]
  if (!found)
    throw refuse(
      'ENDPOINT',
      endpoint === undefined ? 'does not say what was observed' : `is not observed by this fit (${endpoint})`,
      `a column DVID must name one of ${endpoints.map(({ quantity }) => quantity).join(', ')}, or number them from 1`,
    )
  if (found.scale === 'log' && !(dv > 0))
    throw refuse(
      'DV',
      'has no logarithm, which the error of this endpoint is on',
      'for a value below the limit of quantification say the limit (--lloq 50, or a column LLOQ), or give it here with 1 in a column CENS; or choose another error',
    )
  const { low, high } = scaleFunctions(found.scale)
  if (!(dv > low && dv < high))
    throw refuse(
      'DV',
      `is not between ${low} and ${high}, the bounds of the scale of its error`,
      'give a value at a bound as one beyond a limit of quantification (--lloq, or CENS), or choose another error',
    )
  const common = { endpoint: index, time, record: place, ...(found.error.kind === 'given' && { sd: 1 }) }
  if (cens !== 1 && cens !== -1) return [{ ...common, value: dv }]
  // below a limit a value lies above the end of its scale anyway
  if (limit === undefined || (cens === 1 && low > Number.NEGATIVE_INFINITY && limit <= low))
    return [{ ...common, value: dv, censored: cens === 1 ? 'left' : 'right' }]
  if (limit === dv)
    throw refuse('LIMIT', 'is the value itself', 'LIMIT is the other end of the interval, or empty where there is none')
  return [{ ...common, value: Math.min(dv, limit), upper: Math.max(dv, limit), censored: 'interval' }]
}
