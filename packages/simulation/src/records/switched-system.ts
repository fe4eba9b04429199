import type { ModelInstance, ModelSensitivities } from '@cartkin/model'
import type { SensitivitySystem, System } from 'ode-ts'

/**
 * The equations of a model in which states can be turned off: where `off` is 1 nothing flows, in or out of the state's own
 * equation. Others see what is in it, which is nothing as long as it was emptied when it was turned off.
 */
export function switchedSystem(
  instance: ModelInstance,
  sensitivities: ModelSensitivities | null,
  off: Uint8Array,
): System | SensitivitySystem {
  const n = instance.dimension
  const still = (values: Float64Array, rows: number, stride: number, width: number) => {
    for (let i = 0; i < n; i++) {
      if (off[i] === 0) continue
      for (let row = 0; row < rows; row++) values.fill(0, row * stride + i * width, row * stride + (i + 1) * width)
    }
  }
  const m = sensitivities?.parameterCount ?? 0
  const system: System = {
    dimension: n,
    derivative: (t, y, out) => {
      instance.derivative(t, y, out)
      still(out, 1, n, 1)
    },
    jacobian: (t, y, out) => {
      ;(sensitivities ?? instance).jacobian?.(t, y, out)
      still(out, 1, n * n, n)
    },
    timeDerivative: (t, y, out) => {
      ;(sensitivities ?? instance).timeDerivative?.(t, y, out)
      still(out, 1, n, 1)
    },
  }
  if (sensitivities === null) return system
  return {
    ...system,
    jacobian: (t, y, out) => system.jacobian?.(t, y, out),
    timeDerivative: (t, y, out) => system.timeDerivative?.(t, y, out),
    parameterCount: m,
    get parameterScales() {
      return sensitivities.parameterScales
    },
    tangent: (t, y, s, out) => {
      sensitivities.tangent(t, y, s, out)
      still(out, m, n, 1)
    },
    linearize: (t, y) => sensitivities.linearize(t, y),
    jacobianTangent: (s, k, out) => {
      sensitivities.jacobianTangent(s, k, out)
      still(out, m, n, 1)
    },
    timeTangent: (s, out) => {
      sensitivities.timeTangent(s, out)
      still(out, m, n, 1)
    },
  }
}
