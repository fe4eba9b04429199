import { compileModel, formatDiagnostic, type Model, type ModelInstance, parseModel } from '@cartkin/model'

/** The model of a text that must be right. */
export function modelOf(text: string): Model {
  const result = parseModel(text)
  if (result.ok) return result.model
  throw new Error(result.diagnostics.map((diagnostic) => formatDiagnostic(text, diagnostic, 'test')).join('\n'))
}

/** A runnable instance with the text's own parameter values, in the segment that begins at t = 0. */
export function instanceOf(text: string): ModelInstance {
  const instance = compileModel(modelOf(text)).instantiate()
  instance.beginSegment(0)
  return instance
}

/** Outputs by name at (t, y). */
export function outputsAt(instance: ModelInstance, t: number, y: readonly number[] = []): Record<string, number> {
  const { outputs } = instance.model
  const out = new Float64Array(outputs.length)
  instance.outputs(t, Float64Array.from(y), out)
  return Object.fromEntries(outputs.map(({ name }, k) => [name, out[k] ?? Number.NaN]))
}

/** One output at (t, y). */
export function outputAt(instance: ModelInstance, name: string, t: number, y: readonly number[] = []): number {
  return outputsAt(instance, t, y)[name] ?? Number.NaN
}

/** The value of one expression without states, at time `t`. */
export function evaluated(expression: string, t = 0): number {
  return outputAt(instanceOf(`result = 0 + (${expression})`), 'result', t)
}

/** The messages a text is refused with, as "line:column message". */
export function errorsOf(text: string): string[] {
  const result = parseModel(text)
  return result.ok ? [] : result.diagnostics.map(({ span, message }) => `${span.line}:${span.column} ${message}`)
}

export function derivativeAt(instance: ModelInstance, t: number, y: readonly number[]): number[] {
  const out = new Float64Array(instance.dimension)
  instance.derivative(t, Float64Array.from(y), out)
  return [...out]
}
