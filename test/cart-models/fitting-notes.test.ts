import { libraryModels } from '@cartkin/cart-models'
import { parseModel } from '@cartkin/model'
import { describe, expect, it } from 'vitest'

const fitted = libraryModels.flatMap((model) =>
  model.fitting === undefined ? [] : [{ ...model, fitting: model.fitting }],
)

it('three models say how a patient is fitted', () => {
  expect(fitted.map(({ id }) => id).toSorted()).toEqual(['cart-kinetics-core', 'ogasawara-2021', 'stein-2019'])
})

describe.each(fitted)('$id', ({ text, fitting: { quantity, estimated, residual } }) => {
  const parsed = parseModel(text)
  if (!parsed.ok) throw new Error('the text must be right')
  const { parameters, outputs, states } = parsed.model
  const typicalOf = (name: string) => parameters.find((parameter) => parameter.name === name)?.value

  it('observes something of its own', () => {
    expect([...outputs, ...states].map(({ name }) => name)).toContain(quantity)
    expect(residual.sd).toBeGreaterThan(0)
    expect(residual.source).not.toBe('')
  })

  it('searches around the values of its text', () => {
    for (const { name, lower, upper, from, source } of estimated) {
      const value = from === 'peak' ? 1 : (typicalOf(name) ?? Number.NaN)
      expect(lower, name).toBeGreaterThan(0)
      expect(value, name).toBeGreaterThan(lower)
      expect(value, name).toBeLessThan(upper)
      expect(source).not.toBe('')
    }
    expect(estimated.filter(({ from }) => from === 'peak').length).toBe(1)
    expect(estimated.filter(({ from }) => from === 'time of peak').length).toBe(1)
  })
})
