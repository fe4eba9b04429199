import { type LibraryModel, type Trust, trustTags } from '@cartkin/cart-models'
import type { ErrorArgument, ErrorModel, ErrorTransform, Model, Parameter } from '@cartkin/model'
import { hasClosedForm } from '@cartkin/simulation'
import { textTable } from './text-table.ts'

type Named = { readonly name: string; readonly unit: string; readonly label: string }

/** What a checked model says, for people and as JSON. */
export interface ModelFacts {
  readonly title: string
  readonly timeUnit: string
  /** In the order of their compartment numbers. */
  readonly states: readonly Named[]
  readonly parameters: readonly (Named & {
    readonly value: number
    /** Infinite bounds are null. */
    readonly lower: number | null
    readonly upper: number | null
    readonly fixed: boolean
    readonly inIni: boolean
    readonly transform: Parameter['transform']
    /** Of a library model: how far the value can be trusted. */
    readonly trust?: Trust
  })[]
  /** Names that data or the caller must give; `levels` are the texts it is compared with, coded 1, 2, … */
  readonly inputs: readonly (Named & { readonly levels: readonly string[] })[]
  readonly randomEffects: readonly (Named & {
    /** What it is drawn for: 'id', or an occasion variable. */
    readonly level: string
    readonly variance: number
    readonly fixed: boolean
    /** Of a library model: how far the variance can be trusted. */
    readonly trust?: Trust
  })[]
  readonly covariances: readonly { readonly of: readonly [string, string]; readonly value: number }[]
  readonly outputs: readonly Named[]
  readonly endpoints: readonly { readonly name: string; readonly endpoint: string; readonly residual: string }[]
  /** Conditions in time and parameters alone, met exactly: how many. */
  readonly switches: number
  /** How the compartments of `linCmt()` are solved; null where the text has none. */
  readonly linCmt: 'closed form' | 'integrated' | null
  /** Runs take no steps: the states follow in closed form from one event or switch to the next. */
  readonly closedForm: boolean
}

/** @param notes of a library model's parameters */
export function modelFacts(model: Model, notes: LibraryModel['parameters'] = {}): ModelFacts {
  const { title, timeUnit, states, outputs, omega, errorModels, switches, linear } = model
  const ofKind = (kind: Parameter['kind']) => model.parameters.filter((parameter) => parameter.kind === kind)
  const byName = new Map(model.parameters.map((parameter) => [parameter.name, parameter]))
  const triangle = (lower: readonly number[], row: number, column: number) =>
    lower[(row * (row + 1)) / 2 + column] ?? Number.NaN
  return {
    title,
    timeUnit,
    states: states.map(named),
    parameters: ofKind('parameter').map((parameter) => ({
      ...named(parameter),
      value: parameter.value,
      lower: finite(parameter.lower),
      upper: finite(parameter.upper),
      fixed: parameter.fixed,
      inIni: parameter.inIni,
      transform: parameter.transform,
      ...trustOf(notes, parameter.name),
    })),
    inputs: ofKind('covariate').map((parameter) => ({ ...named(parameter), levels: parameter.levels })),
    randomEffects: omega.flatMap(({ names, lower, level }) =>
      names.map((name, row) => {
        const effect = byName.get(name)
        return {
          name,
          unit: effect?.unit ?? '',
          label: effect?.label ?? '',
          level,
          variance: triangle(lower, row, row),
          fixed: effect?.fixed ?? false,
          ...trustOf(notes, name),
        }
      }),
    ),
    covariances: omega.flatMap(({ names, lower }) =>
      names.flatMap((a, row) =>
        names.slice(0, row).map((b, column) => ({ of: [b, a] as const, value: triangle(lower, row, column) })),
      ),
    ),
    outputs: outputs.map(named),
    endpoints: errorModels.map((errorModel) => ({
      name: errorModel.name,
      endpoint: errorModel.endpoint,
      residual: residualText(errorModel),
    })),
    switches: switches.length,
    linCmt: linear && (linear.isPiecewiseConstant ? 'closed form' : 'integrated'),
    closedForm: hasClosedForm(model),
  }
}

function trustOf(notes: LibraryModel['parameters'], name: string): { readonly trust?: Trust } {
  const note = Object.hasOwn(notes, name) ? notes[name] : undefined
  return note === undefined ? {} : { trust: note.trust }
}

function named({ name, unit, label }: Named): Named {
  return { name, unit, label }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

/** A residual error as the language writes it. */
function residualText(errorModel: ErrorModel): string {
  switch (errorModel.kind) {
    case 'continuous': {
      const { transform, additive, proportional, combination, distribution } = errorModel
      const [scaled, further] = transformText(transform, additive)
      const parts = [...scaled]
      if (proportional !== undefined) {
        const { coefficient, exponent } = proportional
        const isLinear = exponent.kind === 'number' && exponent.value === 1
        parts.push(isLinear ? `prop(${argument(coefficient)})` : `pow(${argument(coefficient)}, ${argument(exponent)})`)
      }
      if (additive !== undefined && proportional !== undefined && combination === 'deviation') parts.push('combined1()')
      parts.push(...further)
      if (distribution.kind === 't') parts.push(`t(${argument(distribution.degreesOfFreedom)})`)
      return parts.join(' + ')
    }
    case 'poisson':
      return `pois(${argument(errorModel.mean)})`
    case 'binomial':
      return `binom(${argument(errorModel.trials)}, ${argument(errorModel.probability)})`
  }
}

/** The additive part on its scale, and terms of the scale alone. */
function transformText(transform: ErrorTransform, sd: ErrorArgument | undefined): readonly [string[], string[]] {
  const additive = sd === undefined ? 'NA' : argument(sd)
  switch (transform.kind) {
    case 'identity':
      return [sd === undefined ? [] : [`add(${additive})`], []]
    case 'log':
      return [[`lnorm(${additive})`], []]
    case 'logit':
    case 'probit':
      return [[`${transform.kind}Norm(${additive}, ${transform.low}, ${transform.high})`], []]
    case 'boxCox':
    case 'yeoJohnson':
      return [sd === undefined ? [] : [`add(${additive})`], [`${transform.kind}(${argument(transform.lambda)})`]]
  }
}

function argument(given: ErrorArgument): string {
  return given.kind === 'number' ? `${given.value}` : given.name
}

function taggedLabel(label: string, trust: Trust | undefined): string {
  return trust === undefined ? label : `${label} [${trustTags[trust].letter}]`
}

/** The facts as tables, those without rows left out. */
export function modelFactsText(facts: ModelFacts): string {
  const {
    title,
    timeUnit,
    states,
    parameters,
    inputs,
    randomEffects,
    covariances,
    outputs,
    endpoints,
    switches,
    linCmt,
    closedForm,
  } = facts
  const head = [
    ...(title === '' ? [] : [title]),
    ...(timeUnit === '' ? [] : [`time in ${timeUnit}`]),
    ...(switches === 0 ? [] : [`${switches} ${switches === 1 ? 'condition' : 'conditions'} in time, met exactly`]),
    ...(linCmt === 'closed form' ? ['linCmt() in closed form'] : []),
    ...(linCmt === null && closedForm ? ['linear between events: solved in closed form'] : []),
    ...(linCmt === 'integrated' ? ['linCmt() integrated: its parameters change between events'] : []),
  ]
  const sections = [
    section(
      'state',
      states.map(({ name, unit, label }, index) => [name, `${index + 1}`, unit, label]),
      ['number'],
    ),
    section(
      'parameter',
      parameters.map(({ name, value, lower, upper, fixed, unit, label, trust }) => [
        name,
        String(value),
        fixed ? 'fixed' : lower === null && upper === null ? '' : `${lower ?? '-Inf'} to ${upper ?? 'Inf'}`,
        unit,
        taggedLabel(label, trust),
      ]),
      ['value', 'bounds'],
    ),
    section(
      'input',
      inputs.map(({ name, levels, unit, label }) => [
        name,
        levels.length === 0 ? 'number' : levels.map((level, k) => `${k + 1} = "${level}"`).join(', '),
        unit,
        label,
      ]),
      ['values'],
    ),
    section(
      'random effect',
      randomEffects.map(({ name, variance, level, fixed, unit, label, trust }) => [
        name,
        `${variance}${fixed ? ' fixed' : ''}`,
        level,
        unit,
        taggedLabel(label, trust),
      ]),
      ['variance', 'for each'],
    ),
    section(
      'covariance',
      covariances.map(({ of, value }) => [of.join(', '), String(value), '', '']),
      ['value'],
    ),
    section(
      'output',
      outputs.map(({ name, unit, label }) => [name, unit, label]),
      [],
    ),
    section(
      'endpoint',
      endpoints.map(({ name, endpoint, residual }) => [endpoint, name, residual, '', '']),
      ['observes', 'residual error'],
    ),
  ]
  return [head.map((line) => `${line}\n`).join(''), ...sections].filter((part) => part !== '').join('\n')
}

function section(what: string, rows: readonly (readonly string[])[], columns: readonly string[]): string {
  if (rows.length === 0) return ''
  const heading = [`${what}s (${rows.length})`, ...columns, 'unit', 'meaning']
  // columns without any entry say nothing
  const used = heading.map((_, column) => column <= columns.length || rows.some((row) => row[column] !== ''))
  return textTable([heading, ...rows].map((row) => row.filter((_, column) => used[column])))
}
