import { createModelCache } from '@cartkin/compute'
import { rodas5p, tsit5 } from 'ode-ts'

// What a worker keeps between jobs: models by their text.
const models = createModelCache()

/** Parsed, checked, differentiated, compiled and instantiated: both steppers of 'auto' stand at their start. */
export function millisecondsToSteppers(text: string): number {
  const start = performance.now()
  const found = models.get(text)
  if (!found.ok) throw new Error(found.diagnostics[0]?.message)
  const instance = found.model.instantiate()
  const y0 = new Float64Array(instance.dimension)
  instance.initialState(y0)
  const tolerances = { rtol: 1e-6, atol: new Float64Array(y0.length).fill(1e-9) }
  for (const method of [tsit5, rodas5p])
    found.model.stepperFactory(method, instance, tolerances, null).start(0, y0, null)
  return performance.now() - start
}
