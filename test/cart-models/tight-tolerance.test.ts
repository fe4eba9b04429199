import { libraryModels } from '@cartkin/cart-models'
import { compileModel } from '@cartkin/model'
import { parameterVector, regimenRecords, simulateSubject } from '@cartkin/simulation'
import { rodas5p } from 'ode-ts'
import { expect, it } from 'vitest'
import { modelOf } from '../model/compile-text.ts'

const end = 90

// runs whose rates jump with their states have knots of their own: test/ode-ts/jumps.test.ts
const smooth = libraryModels.filter(({ text }) => compileModel(modelOf(text)).instantiate().conditionCount === 0)

it.each(smooth)('$id at a tight tolerance is as exact between steps as at their ends', (entry) => {
  const model = compileModel(modelOf(entry.text))
  const parameters = parameterVector(model.model)
  const records = regimenRecords(model.model, entry.regimen, parameters)
  const course = (options: object) => simulateSubject({ model, parameters, records, start: entry.start, end, options })
  const exact = course({ method: rodas5p, rtol: 1e-11, atol: 1e-14 })
  const automatic = course({ rtol: 1e-8, atol: 1e-11 })
  const n = model.model.states.length
  const width = n + model.model.outputs.length
  const [a, b, largest] = [new Float64Array(width), new Float64Array(width), new Float64Array(n)]
  const times = Array.from({ length: 2001 }, (_, k) => entry.start + ((end - entry.start) * k) / 2000)
  for (const t of times) {
    exact.read(t, a)
    for (let i = 0; i < n; i++) largest[i] = Math.max(largest[i]!, Math.abs(a[i]!))
  }
  let worst = 0
  for (const t of times) {
    exact.read(t, a)
    automatic.read(t, b)
    for (let i = 0; i < n; i++) {
      if (a[i] !== b[i])
        worst = Math.max(worst, Math.abs(a[i]! - b[i]!) / Math.max(Math.abs(a[i]!), 1e-3 * largest[i]!))
    }
  }
  // DOP853, were its steps not held back, would be off by 1e-5 in the middle of some
  expect(worst).toBeLessThan(3e-6)
})
