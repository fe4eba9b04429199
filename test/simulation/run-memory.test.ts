import { libraryModels } from '@cartkin/cart-models'
import { compileModel } from '@cartkin/model'
import { endpoints, parameterVector, RunMemory, regimenRecords, simulateSubject } from '@cartkin/simulation'
import { expect, it } from 'vitest'
import { modelOf } from '../model/compile-text.ts'

it('runs one after the other in one memory are those of memories of their own', () => {
  const memory = new RunMemory()
  const courses = libraryModels.flatMap(({ text, regimen, start, endpoints: wanted }) => {
    const model = compileModel(modelOf(text))
    return [1, 0.5, 2].map((factor) => {
      const parameters = parameterVector(model.model).map((value, k) => (k % 3 === 0 ? factor * value : value))
      const records = regimenRecords(model.model, regimen, parameters)
      return { model, parameters, records, start, end: 60, wanted }
    })
  })
  // models in turn, so that the memory changes hands
  for (const place of [0, 3, 6, 1, 4, 7, 2, 5, 8]) {
    const { wanted, ...course } = courses[place]!
    const own = simulateSubject(course)
    const shared = simulateSubject({ ...course, memory })
    expect(shared.knots).toEqual(own.knots)
    expect(shared.statistics).toEqual(own.statistics)
    const width = course.model.model.states.length + course.model.model.outputs.length
    const [a, b] = [new Float64Array(width), new Float64Array(width)]
    for (let k = 0; k <= 20; k++) {
      const t = own.start + ((own.end - own.start) * k) / 20
      own.read(t, a)
      shared.read(t, b)
      expect(b).toEqual(a)
    }
    expect(endpoints(course.model.model, shared, wanted)).toEqual(endpoints(course.model.model, own, wanted))
  }
})
