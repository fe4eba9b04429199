import type { FitJob } from '@cartkin/compute'
import type { Endpoint, EstimatedParameter, FitObservation, FitSubject } from '@cartkin/fitting'
import type { ErrorModel, Model, Parameter } from '@cartkin/model'
import { type EventRecord, parameterVector, regimenRecords, type Subject } from '@cartkin/simulation'
import type { EventData } from '@cartkin/tables'
import { InputError } from './input-error.ts'
import type { EstimateLine, OwnFit } from './plan.ts'
import { type NamedEndpoint, namedEndpoint } from './residual-names.ts'
import type { ModelSource } from './step-result.ts'
import type { StudyContext } from './study-context.ts'
import { hasDoses, subjectsFor } from './subjects-for.ts'

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
  const subjects = subjectsFor(model, data, fit.data)
  const named = endpointsOf(fit, model, subjects)
  if (named.length === 0)
    throw fail(
      `${fit.model} has no residual error lines (such as CAR ~ lnorm(sd)); say what was observed, as endpoint CAR=log`,
    )
  const residuals = new Map(named.flatMap((entry) => entry.residuals.map(({ name, start }) => [name, start] as const)))
  const estimated = estimatedLines(fit, model, [...residuals.keys()]).map((line) =>
    estimatedParameter(line, model, residuals, fail),
  )
  if (estimated.every(({ name }) => residuals.has(name)))
    throw fail(`nothing is to be estimated: name parameters, or give the text an ini({ }) block with bounds`)
  const ownRegimen = hasDoses(data) || fit.regimen === 'none' ? undefined : (fit.regimen ?? library?.regimen)
  const endpoints = named.map(({ endpoint }) => endpoint)
  const kept = Object.fromEntries(
    [...residuals].filter(([name]) => !estimated.some((parameter) => parameter.name === name)),
  )
  return {
    kind: 'fit',
    text,
    covariates: data.covariates,
    problem: {
      parameters: fit.parameters,
      errorParameters: kept,
      estimated,
      endpoints,
      subjects: subjects.map((subject): FitSubject => {
        const values = parameterVector(model, { ...fit.parameters, ...subject.parameters })
        const given = ownRegimen ? regimenRecords(model, ownRegimen, values) : []
        const doses = [...given, ...subject.records.filter(({ evid }) => evid !== 0)]
        return {
          id: subject.id,
          start: fit.start ?? library?.start ?? 0,
          parameters: subject.parameters,
          records: doses.toSorted((a, b) => a.time - b.time),
          observations: subject.records.flatMap((record) => observationOf(record, subject.id, endpoints, fit.data)),
        }
      }),
    },
    solver: plan.solver,
  }
}

function endpointsOf({ endpoints }: OwnFit, model: Model, subjects: readonly Subject[]): readonly NamedEndpoint[] {
  if (!endpoints) return model.errorModels.map((line) => ({ endpoint: endpointOf(line), residuals: [] }))
  const values = subjects.flatMap(({ records }) =>
    records.flatMap(({ dv }) => (dv === undefined ? [] : [Math.abs(dv)])),
  )
  const typical = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  return endpoints.map((line) => namedEndpoint(line, typical > 0 ? typical : 1))
}

function endpointOf({ name, additive, proportional, lognormal }: ErrorModel): Endpoint {
  if (lognormal !== undefined) return { quantity: name, scale: 'log', error: { kind: 'additive', a: lognormal } }
  if (additive !== undefined && proportional !== undefined)
    return { quantity: name, scale: 'linear', error: { kind: 'combined2', a: additive, b: proportional } }
  if (additive !== undefined) return { quantity: name, scale: 'linear', error: { kind: 'additive', a: additive } }
  return { quantity: name, scale: 'linear', error: { kind: 'proportional', b: proportional ?? '' } }
}

/** The parameters named, with the residual ones; where none is named, the free ones of the text's `ini` block. */
function estimatedLines(fit: OwnFit, model: Model, residuals: readonly string[]): readonly EstimateLine[] {
  const named = fit.estimate.map(({ name }) => name)
  const own = model.errorModels.flatMap(({ additive, proportional, lognormal }) => [additive, proportional, lognormal])
  const errors = fit.endpoints ? residuals : own.filter((name) => name !== undefined)
  const free = (parameter: Parameter | undefined) => parameter === undefined || !parameter.fixed
  const find = (name: string) => model.parameters.find((parameter) => parameter.name === name)
  const added = named.length > 0 ? errors : [...iniParameters(model), ...errors]
  return [
    ...fit.estimate,
    ...[...new Set(added)].filter((name) => !named.includes(name) && free(find(name))).map((name) => ({ name })),
  ]
}

function iniParameters({ text, parameters }: Model): readonly string[] {
  const from = text.indexOf('ini(')
  const to = text.indexOf('model(', from)
  if (from < 0 || to < 0) return []
  return parameters
    .filter(({ kind, span }) => kind === 'parameter' && span.offset > from && span.offset < to)
    .map(({ name }) => name)
}

function estimatedParameter(
  line: EstimateLine,
  model: Model,
  residuals: ReadonlyMap<string, number>,
  fail: (message: string) => Error,
): EstimatedParameter {
  const { name } = line
  const known = model.parameters.find((parameter) => parameter.name === name)
  const start = line.start ?? residuals.get(name) ?? known?.value
  if (start === undefined)
    throw fail(
      `${name} is to be estimated, but is neither a parameter of the model nor of an error; the model has ${model.parameters.map((parameter) => parameter.name).join(', ')}`,
    )
  const bounded = known !== undefined && Number.isFinite(known.lower)
  const isResidual = residuals.has(name) || model.errorModels.some((error) => Object.values(error).includes(name))
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
  }
}

function observationOf(
  { evid, time, dv, mdv, endpoint, cens }: EventRecord,
  id: string,
  endpoints: readonly Endpoint[],
  file: string,
): FitObservation[] {
  if (evid !== 0 || dv === undefined || mdv) return []
  const named = endpoints.findIndex(({ quantity }) => quantity === endpoint)
  const numbered = endpoint === undefined ? (endpoints.length === 1 ? 0 : -1) : Number(endpoint) - 1
  const index = named >= 0 ? named : numbered
  if (!endpoints[index])
    throw new InputError(
      file,
      `subject ${id}, time ${time}: ${endpoint === undefined ? 'the row does not say what was observed' : `${endpoint} is not observed by this fit`}; a column DVID must name one of ${endpoints.map(({ quantity }) => quantity).join(', ')}, or number them from 1`,
    )
  const censored = cens === 1 ? 'left' : cens === -1 ? 'right' : null
  return [{ endpoint: index, time, value: dv, ...(censored ? { censored } : {}) }]
}
