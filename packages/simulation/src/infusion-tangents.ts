import type { ModelSensitivities } from '@cartkin/model'
import type { SensitivitySystem } from 'ode-ts'

/**
 * The sensitivities of a model under infusions whose rates depend on parameters: ∂rate/∂p is added to ∂f/∂p.
 */
export class InfusionTangents implements SensitivitySystem {
  readonly model: ModelSensitivities
  /** ∂rate/∂p of every state at this moment, parameter-major (m × n). */
  readonly rates: Float64Array
  readonly dimension: number
  readonly parameterCount: number

  constructor(model: ModelSensitivities) {
    this.model = model
    this.dimension = model.dimension
    this.parameterCount = model.parameterCount
    this.rates = new Float64Array(model.parameterCount * model.dimension)
  }

  derivative(t: number, y: Float64Array, dydt: Float64Array): void {
    this.model.derivative(t, y, dydt)
  }

  jacobian(t: number, y: Float64Array, out: Float64Array): void {
    this.model.jacobian(t, y, out)
  }

  timeDerivative(t: number, y: Float64Array, out: Float64Array): void {
    this.model.timeDerivative(t, y, out)
  }

  tangent(t: number, y: Float64Array, s: Float64Array, out: Float64Array): void {
    this.model.tangent(t, y, s, out)
    for (let k = 0; k < out.length; k++) out[k]! += this.rates[k]!
  }

  linearize(t: number, y: Float64Array): void {
    this.model.linearize(t, y)
  }

  jacobianTangent(s: Float64Array, k: Float64Array, out: Float64Array): void {
    this.model.jacobianTangent(s, k, out)
  }

  timeTangent(s: Float64Array, out: Float64Array): void {
    this.model.timeTangent(s, out)
  }
}
