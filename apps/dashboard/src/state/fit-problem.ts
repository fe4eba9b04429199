import type { FitJob } from '@cartkin/compute'
import { type EstimatedParameter, type FitObservation, type FitSubject, scaleEnds } from '@cartkin/fitting'
import { knownParameters, regimenRecords, simulationStart } from '@cartkin/simulation'
import { type FitData, givesDoses, isMeasured, type MeasuredRecord, type SubjectData } from './fit-data.ts'
import { estimatedNames, type FitSetting, startOf, usedErrors } from './fit-setting.ts'
import type { OpenedModel } from './opened-model.ts'
import { chosenEndpoint, errorParameterNames, type NamedEndpoint } from './text-errors.ts'

export type FitProblemParts = FitJob['problem']

/** Bounds of a parameter on the log scale without bounds of its own reach this many times below and above its start. */
const reach = 1000
/** The same for parameters of a model with published medians. */
const medianReach = 20

/** The problem of a fit; a fault of the setting is a prerequisite (`fitPrerequisites`) and shall be asked for before. */
export function fitProblem(setting: FitSetting): FitProblemParts {
  const { data } = setting
  return data.kind === 'medians' ? medianProblem(setting, data.parts) : subjectProblem(setting, data)
}

function medianProblem(setting: FitSetting, parts: Extract<FitData, { kind: 'medians' }>['parts']): FitProblemParts {
  const { opened, scenario } = setting
  const parameters = { ...scenario.inputs, ...scenario.parameters }
  const records = regimenRecords(opened.model, parts.regimen, knownParameters(opened.model, parameters))
  const observed = { id: 'medians', records, observations: parts.observations, start: parts.start, parameters: {} }
  const known = new Map(parts.estimated.map((parameter) => [parameter.name, parameter]))
  return {
    parameters,
    errorParameters: {},
    estimated: estimatedNames(setting).map((name): EstimatedParameter => {
      const start = startOf(setting, name)
      const { lower, upper } = setting.choices.bounds[name] ??
        known.get(name) ?? { lower: start / medianReach, upper: start * medianReach }
      const scale = start > 0 && lower >= 0 ? 'log' : 'linear'
      return { name, start: Math.min(upper, Math.max(lower, start)), lower, upper, scale }
    }),
    endpoints: parts.endpoints,
    subjects: [observed],
  }
}

function subjectProblem(setting: FitSetting, data: SubjectData): FitProblemParts {
  const { opened, scenario, choices } = setting
  const { blq } = choices.fit
  const parameters = { ...scenario.inputs, ...scenario.parameters }
  const named = namedEndpoints(setting, data)
  const endpoints = named.map(({ endpoint }) => (blq === 'M2' || blq === 'M4' ? { ...endpoint, blq } : endpoint))
  const residuals = named.flatMap((entry) => entry.residuals)
  const takesDoses = !startsWithInfusion(opened)
  const regimen = takesDoses && !givesDoses(data) ? scenario.regimen : null
  const limits = blq === 'M2' ? commonLimits(data) : new Map<string, number>()
  const used = new Set(opened.model.parameters.map(({ name }) => name))
  const subjects = data.subjects.map((subject): FitSubject => {
    const values = Object.fromEntries(Object.entries(subject.parameters).filter(([name]) => used.has(name)))
    const own = knownParameters(opened.model, { ...parameters, ...values })
    const given = regimen ? regimenRecords(opened.model, regimen, own) : []
    const kept = subject.records.filter(
      (record) => (takesDoses || record.evid === 0) && (!isMeasured(record) || isInTime(opened, record)),
    )
    const records = [...given, ...kept].toSorted((a, b) => a.time - b.time)
    const places = new Map(records.map((record, place) => [record, place]))
    return {
      id: subject.id,
      start: simulationStart([...given, ...kept], [], opened.isOwn ? undefined : opened.start),
      parameters: values,
      covariates: (subject.covariates ?? []).filter(({ name }) => used.has(name)),
      records,
      observations: kept.flatMap((record) => {
        if (!isMeasured(record) || (record.cens === 1 && (blq === 'M1' || blq === 'M2'))) return []
        const endpoint = endpoints.findIndex(({ quantity }) => quantity === record.endpoint)
        if (endpoint < 0) return []
        const scale = endpoints[endpoint]?.scale ?? 'linear'
        const observation = observationOf(record, endpoint, places.get(record) ?? 0, scale)
        const limit = record.lloq ?? limits.get(record.endpoint ?? '')
        return [blq === 'M2' && limit !== undefined ? { ...observation, lloq: limit } : observation]
      }),
    }
  })
  return {
    parameters,
    errorParameters: Object.assign({}, ...named.map(({ fixed }) => fixed)),
    estimated: [
      ...estimatedNames(setting).map((name) => estimatedParameter(setting, name, peakOf(data))),
      ...residuals.map(({ name, start }): EstimatedParameter => {
        const { lower = 0, upper = Infinity } = choices.bounds[name] ?? {}
        return { name, start, lower, upper, scale: 'log' }
      }),
    ],
    endpoints,
    subjects: subjects.filter(({ observations }) => observations.length > 0),
  }
}

/** Whether a model of the library begins with the infusion, so that what is given is part of its starting value. */
export function startsWithInfusion({ fitting, regimens }: OpenedModel): boolean {
  return fitting !== null && (regimens[0]?.doses.length ?? 0) === 0
}

/** Values measured before a model begins cannot be predicted by it. */
function isInTime(opened: OpenedModel, { time }: MeasuredRecord): boolean {
  return !startsWithInfusion(opened) || time >= opened.start
}

function namedEndpoints(setting: FitSetting, data: SubjectData): readonly NamedEndpoint[] {
  const errors = usedErrors(setting)
  if (errors.kind === 'text') return errors.endpoints
  if (errors.kind === 'given') return []
  const values = data.subjects.flatMap(({ records }) =>
    records.flatMap(({ dv }) => (dv === undefined ? [] : Math.abs(dv))),
  )
  const typical = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  return [...errors.errors].map(([quantity, error]) => chosenEndpoint(quantity, error, typical > 0 ? typical : 1))
}

/** Bounds are those given, else those of the library's note or of the text. */
function estimatedParameter(setting: FitSetting, name: string, peak: number): EstimatedParameter {
  const { opened, choices } = setting
  const start = startOf(setting, name)
  const known = opened.model.parameters.find((parameter) => parameter.name === name)
  const note = opened.fitting?.estimated.find((one) => one.name === name)
  const size = note?.from === 'peak' ? peak : 1
  const noted = note && { lower: note.lower * size, upper: note.upper * size }
  const given = choices.bounds[name]
  const isResidual = errorParameterNames(opened.model).has(name)
  const own = known && Number.isFinite(known.lower) ? known.lower : isResidual ? 0 : undefined
  const lowest = given?.lower ?? noted?.lower ?? own
  const isLogarithmic = start > 0 && (lowest === undefined ? known?.inIni !== true : lowest >= 0)
  const highest = given?.upper ?? noted?.upper ?? (known && Number.isFinite(known.upper) ? known.upper : undefined)
  const lower = lowest ?? (isLogarithmic ? start / reach : Number.NEGATIVE_INFINITY)
  const upper = highest ?? (isLogarithmic ? start * reach : Number.POSITIVE_INFINITY)
  // the note's bounds go by the data, and the text's value may lie outside of them
  const inside = noted && !given ? Math.min(upper, Math.max(lower, start)) : start
  return { name, start: inside, lower, upper, scale: isLogarithmic ? 'log' : 'linear' }
}

function peakOf({ subjects }: SubjectData): number {
  const values = subjects.flatMap(({ records }) => records.filter(isMeasured).map(({ dv }) => dv))
  return values.reduce((most, value) => Math.max(most, value), 0)
}

/** The one limit at which values of a quantity below quantification stand, where there is one. */
function commonLimits({ subjects }: SubjectData): ReadonlyMap<string, number> {
  const found = new Map<string, Set<number>>()
  for (const record of subjects.flatMap(({ records }) => records.filter(isMeasured))) {
    if (record.cens !== 1) continue
    const name = record.endpoint ?? ''
    found.set(name, (found.get(name) ?? new Set()).add(record.dv))
  }
  return new Map(
    [...found].flatMap(([name, limits]) => {
      const [limit] = limits
      return limits.size === 1 && limit !== undefined ? [[name, limit] as const] : []
    }),
  )
}

function observationOf(
  { time, dv, cens, limit }: MeasuredRecord,
  endpoint: number,
  record: number,
  scale: Parameters<typeof scaleEnds>[0],
): FitObservation {
  const common = { endpoint, time, record }
  if (cens !== 1 && cens !== -1) return { ...common, value: dv }
  const { low } = scaleEnds(scale)
  // below a limit a value lies above the end of its scale anyway
  const isOpen = limit === undefined || (cens === 1 && low > Number.NEGATIVE_INFINITY && limit <= low)
  if (isOpen) return { ...common, value: dv, censored: cens === 1 ? 'left' : 'right' }
  return { ...common, value: Math.min(dv, limit), upper: Math.max(dv, limit), censored: 'interval' }
}
