import type { FitJob } from '@cartkin/compute'
import type { Endpoint, EstimatedParameter, FitObservation, FitSubject } from '@cartkin/fitting'
import { type ErrorArgument, type ErrorModel, type Model, nearestName, type Parameter } from '@cartkin/model'
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
import { type NamedEndpoint, namedEndpoint } from './residual-names.ts'

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
  const residuals = new Map(named.flatMap((entry) => entry.residuals.map(({ name, start }) => [name, start] as const)))
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
  const endpoints = named.map(({ endpoint }) => endpoint)
  const kept = Object.fromEntries(
    [...residuals].filter(
      ([name]) => !Object.hasOwn(ties, name) && !estimated.some((parameter) => parameter.name === name),
    ),
  )
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
          observations: subject.records.flatMap((record, row) =>
            observationOf(record, places.get(record) ?? 0, endpoints, (column, problem, expected) =>
              data.refusal(index, row, column, problem, expected),
            ),
          ),
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
  if (!endpoints) return model.errorModels.map((line) => ({ endpoint: endpointOf(line, fail), residuals: [] }))
  const values = subjects.flatMap(({ records }) =>
    records.flatMap(({ dv }) => (dv === undefined ? [] : [Math.abs(dv)])),
  )
  const typical = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  return endpoints.map((line) => namedEndpoint(line, typical > 0 ? typical : 1))
}

function endpointOf(model: ErrorModel, fail: (message: string) => Error): Endpoint {
  const { name } = model
  const refuse = (what: string) =>
    fail(
      `the residual error of ${name} ${what}, which a fit does not take yet; name endpoints with add, prop, combined or log instead`,
    )
  if (model.kind !== 'continuous') throw refuse('is a count')
  if (model.distribution.kind !== 'normal') throw refuse('has a t distribution')
  const parameter = (argument: ErrorArgument | undefined): string | undefined => {
    if (argument !== undefined && argument.kind !== 'parameter') throw refuse(`has no parameter where one is estimated`)
    return argument?.name
  }
  const additive = parameter(model.additive)
  const proportional = parameter(model.proportional?.coefficient)
  const exponent = model.proportional?.exponent
  if (exponent !== undefined && !(exponent.kind === 'number' && exponent.value === 1)) throw refuse('has a power')
  if (model.transform.kind === 'log' && additive !== undefined && proportional === undefined)
    return { quantity: name, scale: 'log', error: { kind: 'additive', a: additive } }
  if (model.transform.kind !== 'identity') throw refuse(`is on the scale ${model.transform.kind}`)
  if (additive !== undefined && proportional !== undefined) {
    const kind = model.combination === 'deviation' ? 'combined1' : 'combined2'
    return { quantity: name, scale: 'linear', error: { kind, a: additive, b: proportional } }
  }
  if (additive !== undefined) return { quantity: name, scale: 'linear', error: { kind: 'additive', a: additive } }
  return { quantity: name, scale: 'linear', error: { kind: 'proportional', b: proportional ?? '' } }
}

/** The parameters that a residual error is made of. */
function errorParameters(model: ErrorModel): readonly string[] {
  const found =
    model.kind === 'continuous'
      ? [model.additive, model.proportional?.coefficient, model.proportional?.exponent]
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
  residuals: ReadonlyMap<string, number>,
  fail: (message: string) => Error,
): EstimatedParameter {
  const { name } = line
  const known = model.parameters.find((parameter) => parameter.name === name)
  const value = Object.hasOwn(given, name) ? given[name] : known?.value
  const start = line.start ?? residuals.get(name) ?? value
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
  const lowest = line.lower ?? (bounded ? known.lower : isResidual ? 0 : undefined)
  const logarithmic = start > 0 && (lowest === undefined ? !inIni : lowest >= 0)
  const scale = line.scale ?? (logarithmic ? 'log' : 'linear')
  const highest = line.upper ?? (known !== undefined && Number.isFinite(known.upper) ? known.upper : undefined)
  return {
    name,
    start,
    scale,
    lower: lowest ?? (scale === 'log' ? start / reach : Number.NEGATIVE_INFINITY),
    upper: highest ?? (scale === 'log' ? start * reach : Number.POSITIVE_INFINITY),
    ...(line.prior === undefined ? {} : { prior: line.prior }),
  }
}

function observationOf(
  { evid, time, dv, mdv, endpoint, cens, limit }: EventRecord,
  /** Its place among the records of its subject. */
  place: number,
  endpoints: readonly Endpoint[],
  refuse: (column: 'DV' | 'ENDPOINT' | 'LIMIT', problem: string, expected: string) => Error,
): FitObservation[] {
  if (evid !== 0 || dv === undefined || mdv) return []
  const named = endpoints.findIndex(({ quantity }) => quantity === endpoint)
  const numbered = endpoint === undefined ? (endpoints.length === 1 ? 0 : -1) : Number(endpoint) - 1
  const index = named >= 0 ? named : numbered
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
  // Below a limit on the log scale a value lies above 0 anyway.
  if (limit !== undefined && !(cens === 1 && found.scale === 'log' && limit <= 0))
    throw refuse(
      'LIMIT',
      'bounds a censored value on its other side, which fits do not take into account yet',
      'leave LIMIT empty to let the value lie anywhere beyond DV',
    )
  const censored = cens === 1 ? 'left' : cens === -1 ? 'right' : null
  return [{ endpoint: index, time, value: dv, record: place, ...(censored ? { censored } : {}) }]
}
