import { scaleEnds } from '@cartkin/fitting'
import type { RunStatus } from './course-session.ts'
import { dataCounts, type FitData } from './fit-data.ts'
import { estimatedNames, type FitSetting, givenStarts, residualCount, usedErrors } from './fit-setting.ts'

/** Where something that a fit needs can be mended: a tab, and a field of it or of the fit itself. */
export interface Place {
  /** Id of a tab of the left region; null: in the fit's own card. */
  readonly tab: 'data' | 'parameters' | 'regimen' | null
  /** Id of the element to be focused; empty for the tab. */
  readonly field: string
  /** What the link says. */
  readonly label: string
}

/** Something that a fit needs, and whether it is there. */
export interface Prerequisite {
  readonly met: boolean
  readonly text: string
  readonly place: Place | null
}

const toData: Place = { tab: 'data', field: '', label: 'Data' }
const toParameters: Place = { tab: 'parameters', field: '', label: 'Parameters' }

/** All that a fit needs, in the order in which it is mended. */
export function fitPrerequisites(
  setting: Omit<FitSetting, 'data'>,
  data: FitData | null,
  status: RunStatus,
): readonly Prerequisite[] {
  if (data === null) {
    return [{ met: false, text: 'Choose data to fit to', place: toData }, freeParameters(setting, null)]
  }
  const whole = { ...setting, data }
  return [
    dataFound(data),
    freeParameters(whole, data),
    ...startsWithin(whole),
    ...inputs(status),
    ...rules(whole),
    ...errors(whole),
    ...enoughValues(whole),
  ]
}

/** The first thing that is missing, as the button says it: "Cannot start the fit yet: choose the time column (Data)." */
export function missingText(prerequisites: readonly Prerequisite[]): string {
  const missing = prerequisites.filter(({ met }) => !met)
  const told = missing.map(
    ({ text, place }) => `${text.charAt(0).toLowerCase()}${text.slice(1)}${place ? ` (${place.label})` : ''}`,
  )
  return told.length === 0 ? '' : `Cannot start the fit yet: ${told.join('; ')}.`
}

function dataFound(data: FitData): Prerequisite {
  const { subjects, observations, below, quantities } = dataCounts(data)
  if (quantities.length === 0)
    return { met: false, text: 'Say which quantity of the model the observations are of', place: toData }
  const who = data.kind === 'medians' ? 'Medians' : counted(subjects, 'subject')
  const limits = below > 0 ? `, ${below} below quantification` : ''
  return {
    met: true,
    text: `${who}, ${counted(observations, 'observation')} of ${quantities.join(', ')}${limits}`,
    place: null,
  }
}

function freeParameters(setting: Omit<FitSetting, 'data'>, data: FitData | null): Prerequisite {
  const empty: FitData = { kind: 'subjects', title: '', attribution: '', subjects: [], notes: [] }
  const names = estimatedNames({ ...setting, data: data ?? empty })
  if (names.length === 0) return { met: false, text: 'Free a parameter: turn off its Fix', place: toParameters }
  return { met: true, text: `${counted(names.length, 'parameter')} estimated: ${shortList(names)}`, place: null }
}

function startsWithin(setting: FitSetting): readonly Prerequisite[] {
  return givenStarts(setting).flatMap(({ name, start, lower, upper }) => {
    const place = { tab: 'parameters', field: `parameter-${name}`, label: name } as const
    if (!(lower < upper)) return [{ met: false, text: `Give ${name} a lower bound below its upper one`, place }]
    if (start >= lower && start <= upper) return []
    return [{ met: false, text: `Move ${name} between its bounds ${lower} and ${upper}`, place }]
  })
}

function inputs(status: RunStatus): readonly Prerequisite[] {
  if (status.kind !== 'waiting') return []
  const names = status.inputs.map(({ name }) => name).join(', ')
  return [{ met: false, text: `Give a value to ${names}`, place: toParameters }]
}

function rules({ scenario, data }: FitSetting): readonly Prerequisite[] {
  if (data.kind === 'medians' || (scenario.regimen.rules ?? []).length === 0) return []
  const place: Place = { tab: 'regimen', field: '', label: 'Regimen' }
  return [{ met: false, text: 'Take the rules out of the regimen: a fit takes doses as they were given', place }]
}

function errors(setting: FitSetting): readonly Prerequisite[] {
  const { data } = setting
  const used = usedErrors(setting)
  if (data.kind === 'medians' || used.kind === 'given') return []
  const fault = (quantity: string, text: string): Prerequisite => ({
    met: false,
    text,
    place: { tab: null, field: `fit-error-${quantity}`, label: 'error model' },
  })
  const scales =
    used.kind === 'text'
      ? used.endpoints.map(({ endpoint }) => [endpoint.quantity, endpoint.scale] as const)
      : [...used.errors].map(([quantity, error]) => [quantity, error === 'log' ? 'log' : 'linear'] as const)
  return scales.flatMap(([quantity, scale]) => {
    const { low, high } = scaleEnds(scale)
    const values = dataCounts(data).quantified.get(quantity) ?? []
    const outside = values.filter((value) => !(value > low && value < high)).length
    if (outside === 0) return []
    const are = `${outside} ${outside === 1 ? 'value' : 'values'} of ${quantity} ${outside === 1 ? 'is' : 'are'}`
    return [fault(quantity, `Choose another error model, or give the limit of quantification: ${are} not above ${low}`)]
  })
}

function enoughValues(setting: FitSetting): readonly Prerequisite[] {
  if (setting.data.kind === 'medians' || estimatedNames(setting).length === 0) return []
  const { quantified, quantities } = dataCounts(setting.data)
  if (quantities.length === 0) return []
  const values = [...quantified.values()].reduce((sum, own) => sum + own.length, 0)
  const parameters = estimatedNames(setting).length + residualCount(setting)
  if (values > parameters) return []
  const text = `Fix parameters or give more data: ${counted(values, 'quantified value')} for ${counted(parameters, 'parameter')}`
  return [{ met: false, text, place: toParameters }]
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

function shortList(names: readonly string[]): string {
  const most = 6
  return names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`
}
