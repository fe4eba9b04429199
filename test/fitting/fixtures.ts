import type { EstimatedParameter, FitObservation, FitProblem, FitSubject } from '@cartkin/fitting'
import { type CompiledModel, compileModel, parseModel } from '@cartkin/model'
import { type EventRecord, parameterVector } from '@cartkin/simulation'

/** Compiles a text that must be right. */
export function modelOf(text: string): CompiledModel {
  const parsed = parseModel(text)
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(({ message }) => message).join('\n'))
  return compileModel(parsed.model)
}

/** A model whose output y is a formula in t; the state is there because a model needs one. */
export const formulaModel = (parameters: Readonly<Record<string, number>>, formula: string): CompiledModel =>
  modelOf(
    `${Object.entries(parameters)
      .map(([name, value]) => `${name} = ${value}`)
      .join('\n')}\nd/dt(clock) = 1\ny = ${formula}\n`,
  )

export const estimate = (
  name: string,
  start: number,
  scale: EstimatedParameter['scale'] = 'linear',
  lower = scale === 'log' ? 0 : -Infinity,
  upper = Infinity,
): EstimatedParameter => ({ name, start, lower, upper, scale })

export function subject(
  observations: readonly FitObservation[],
  options: {
    readonly id?: string
    readonly records?: readonly EventRecord[]
    readonly start?: number
    readonly parameters?: Readonly<Record<string, number>>
  } = {},
): FitSubject {
  const { id = '1', records = [], start = 0, parameters = {} } = options
  return { id, records, observations, start, parameters }
}

/** A problem with the defaults of most tests: one endpoint y on the linear scale with given errors. */
export function problemOf(
  parts: Pick<FitProblem, 'model' | 'estimated' | 'subjects'> & Partial<FitProblem>,
): FitProblem {
  return {
    parameters: parameterVector(parts.model.model),
    errorParameters: {},
    endpoints: [{ quantity: 'y', scale: 'linear', error: { kind: 'given' } }],
    ...parts,
  }
}
