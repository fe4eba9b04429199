import type { RandomStream } from '@cartkin/numerics'
import { deviate } from '../bootstrap/deviate.ts'
import { type ErrorLaw, spreadOf } from '../likelihood/error-law.ts'
import { scaleFunctions } from '../likelihood/residual-scale.ts'
import type { Endpoint } from '../problem/fit-problem.ts'

/**
 * An observation drawn around a prediction with the error of its endpoint; NaN where the error is given observation by
 * observation, or the prediction has no place on its scale.
 *
 * @param numberOf values of the error's parameters by name
 * @param draw which of the stream's deviates
 */
export function drawObservation(
  { scale, error, distribution }: Endpoint,
  numberOf: (name: string) => number,
  prediction: number,
  stream: RandomStream,
  draw: number,
): number {
  const law = lawOf(error, numberOf)
  const { place, value, low, high } = scaleFunctions(scale)
  if (law === null || !(prediction > low && prediction < high)) return NaN
  const { sigma } = spreadOf(law, prediction)
  if (!(sigma >= 0)) return NaN
  const df = distribution?.kind === 't' ? distribution.df : Infinity
  const shift = sigma * deviate(stream, draw, typeof df === 'number' ? df : numberOf(df))
  return value(place(prediction) + shift)
}

function lawOf(error: Endpoint['error'], numberOf: (name: string) => number): ErrorLaw | null {
  const exponent = (c: string | number) => (typeof c === 'number' ? c : numberOf(c))
  switch (error.kind) {
    case 'given':
      return null
    case 'additive':
      return { kind: error.kind, a: numberOf(error.a) }
    case 'proportional':
      return { kind: error.kind, b: numberOf(error.b) }
    case 'power':
      return { kind: error.kind, b: numberOf(error.b), c: exponent(error.c) }
    default:
      return {
        kind: error.kind,
        a: numberOf(error.a),
        b: numberOf(error.b),
        ...(error.c !== undefined && { c: exponent(error.c) }),
      }
  }
}
