import { libraryModel } from '@cartkin/cart-models'
import { type CompiledModel, compileModel, openSharedModel } from '@cartkin/model'
import { regimenRecords, simulateSubject } from '@cartkin/simulation'
import { type Method, rodas5p, tsit5 } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../compile-text.ts'

const { text, start, regimen } = libraryModel('oncology-qsp')

/** States and outputs by the day, and sensitivities at the end where they are asked for. */
function course(model: CompiledModel, method: 'auto' | Method, sensitivities: readonly number[] = []) {
  const parameters = Float64Array.from(model.model.parameters, ({ value }) => value)
  const records = regimenRecords(model.model, regimen, parameters)
  const run = simulateSubject({ model, parameters, records, start, end: 30, options: { method }, sensitivities })
  expect(run.outcome.status).toBe('finished')
  const width = model.model.states.length + model.model.outputs.length
  const times = Float64Array.from({ length: 800 }, (_, k) => (k / 799) * 30)
  const columns = Array.from({ length: width }, () => new Float64Array(times.length))
  run.readColumns(
    times,
    columns.map((_, q) => q),
    columns,
  )
  const tangents = new Float64Array(sensitivities.length * width)
  if (sensitivities.length > 0) run.readSensitivities(30, tangents)
  return { columns, tangents, statistics: run.statistics }
}

describe('a model that another thread made', () => {
  const made = compileModel(modelOf(text))
  const wanted = course(made, 'auto')
  const shared = structuredClone(made.share())

  it('comes with the kernels that were made, and with that of its outputs', () => {
    expect(shared.kernels.map(({ key }) => key)).toContain('tsit5/1/none')
    expect(shared.kernels.every(({ module }) => module instanceof WebAssembly.Module)).toBe(true)
    expect(shared.outputs).not.toBeNull()
  })

  it('gives the same bits', () => {
    expect(course(openSharedModel(shared), 'auto')).toEqual(wanted)
  })

  it('makes what is missing, with the same bits', () => {
    const bare = openSharedModel(structuredClone(compileModel(modelOf(text)).share()))
    expect(bare.share().kernels).toEqual([])
    expect(course(bare, 'auto')).toEqual(wanted)
    expect(course(openSharedModel(shared), rodas5p)).toEqual(course(compileModel(modelOf(text)), rodas5p))
  })

  it('has sensitivities', () => {
    const sensitivities = [0, 3]
    const first = course(openSharedModel(shared), tsit5, sensitivities)
    expect(first).toEqual(course(compileModel(modelOf(text)), tsit5, sensitivities))
    expect(first.tangents.some((value) => value !== 0)).toBe(true)
  })
})
