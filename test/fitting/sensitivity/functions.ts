import type { EvaluateRows, SensitivityInput } from '@cartkin/fitting'

/** Evaluates functions of the inputs; NaN is 'not defined', null a failed run. */
export const evaluating =
  (inputs: number, ...functions: readonly ((x: Float64Array) => number | null)[]): EvaluateRows =>
  async (rows, count) => {
    const outputs = new Float64Array(count * functions.length)
    const failed = new Uint8Array(count)
    for (let row = 0; row < count; row++) {
      functions.forEach((f, k) => {
        const value = f(rows.subarray(row * inputs, (row + 1) * inputs))
        if (value === null) failed[row] = 1
        outputs[row * functions.length + k] = value ?? 1e300
      })
    }
    return { outputs, failed }
  }

export const uniform = (name: string, low = 0, high = 1): SensitivityInput => ({
  name,
  distribution: { kind: 'uniform', low, high },
})

/** T. Ishigami, T. Homma, 1990, with a = 7 and b = 0.1, on [-π, π]³. */
export const ishigami = (x: Float64Array): number => {
  const [a = NaN, b = NaN, c = NaN] = x
  return Math.sin(a) + 7 * Math.sin(b) ** 2 + 0.1 * c ** 4 * Math.sin(a)
}
export const ishigamiInputs = ['x1', 'x2', 'x3'].map((name) => uniform(name, -Math.PI, Math.PI))
