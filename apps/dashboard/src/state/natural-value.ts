import type { ParameterInfo } from './opened-model.ts'

/** The value a modeller thinks of where a model uses a parameter on another scale: its name and its size. */
export interface NaturalValue {
  readonly scale: 'exp' | 'expit'
  readonly value: number
}

/** Null where the parameter is the value itself. For reading only: the model computes its own. */
export function naturalValue({ transform }: Pick<ParameterInfo, 'transform'>, value: number): NaturalValue | null {
  if (transform.kind === 'log') return { scale: 'exp', value: Math.exp(value) }
  if (transform.kind === 'logit')
    return { scale: 'expit', value: transform.low + (transform.high - transform.low) / (1 + Math.exp(-value)) }
  return null
}
