import { canonicalBytes, normalisedText } from '@cartkin/model'
import { describe, expect, it } from 'vitest'
import { errorsOf, instanceOf, modelOf } from './compile-text.ts'

const equations = 'cl = 2\nd/dt(A) = -cl*WT*A\nA(0) = WT\nlag(A) = WT/10'

describe('how inputs that change with time run between their values', () => {
  it.each(['locf', 'nocb', 'linear', 'midpoint'] as const)(
    '%s() is kept with the input, wherever it stands',
    (name) => {
      for (const text of [
        `${name}(WT)\n${equations}`,
        `${equations}\n${name}(WT)`,
        `${equations}\n${name}(WT, cr)\ny = cr`,
      ]) {
        const wt = modelOf(text).parameters.find((parameter) => parameter.name === 'WT')
        expect(wt).toMatchObject({ kind: 'covariate', interpolation: name })
      }
    },
  )

  it('leaves the graph of constant pieces as it is', () => {
    const plain = modelOf(equations)
    expect(modelOf(`nocb(WT)\n${equations}`).graph).toEqual(plain.graph)
    expect(plain.parameters.every((parameter) => !('interpolation' in parameter))).toBe(true)
  })

  it('makes a linear input a function of time, with its derivative', () => {
    const instance = instanceOf(`linear(WT)\n${equations}`)
    const wt = instance.model.parameters.findIndex(({ name }) => name === 'WT')
    instance.setParameters(Float64Array.from(instance.model.parameters, ({ value }, k) => (k === wt ? 60 : value)))
    const out = new Float64Array(1)
    instance.derivative(3, Float64Array.of(5), out)
    expect(out[0]).toBe(-2 * 60 * 5)
    instance.setSlope(wt, 4, 1)
    instance.derivative(3, Float64Array.of(5), out)
    expect(out[0]).toBe(-2 * (60 + 4 * 2) * 5)
    instance.timeDerivative?.(3, Float64Array.of(5), out)
    expect(out[0]).toBe(-2 * 4 * 5)
    instance.setMoment(2)
    instance.initialState(out)
    expect(out[0]).toBe(64)
    expect(instance.lag(0)).toBe(6.4)
    instance.setDoses(new Float64Array(instance.model.doseInputs.length).fill(7))
    instance.derivative(3, Float64Array.of(5), out)
    expect(out[0]).toBe(-2 * 68 * 5)
  })

  it('is part of the normalised text and of what a model is known by', () => {
    const text = normalisedText(modelOf(`linear(WT)\n${equations}`))
    expect(text).toContain('linear(WT)')
    const of = (line: string) => canonicalBytes(modelOf(`${line}\n${equations}`)).join()
    expect(new Set(['', 'locf(WT)', 'nocb(WT)', 'linear(WT)', 'midpoint(WT)'].map(of)).size).toBe(5)
    expect(of('linear(WT)')).toBe(canonicalBytes(modelOf(text)).join())
  })

  it.each([
    ['locf(cl)', '5:1 `cl` is no input: the text itself gives it. `locf()` is of names that data give.'],
    ['linear(A)', '5:1 `A` is no input: the text itself gives it. `linear()` is of names that data give.'],
    ['locf(WT)\nnocb(WT)', '6:1 `WT` is declared locf() and nocb(); declare it once.'],
    ['y = SEX == "female"\nlinear(SEX)', '`SEX` is compared with texts, between which there is nothing; write locf().'],
    ['mtime(t1) <- WT\nlinear(WT)\ny = t1', '`mtime(t1)` depends on time; it must be in parameters alone.'],
  ])('refuses %s', (lines, message) => {
    expect(errorsOf(`${equations}\n${lines}`)).toEqual([expect.stringContaining(message)])
  })

  it('warns of a name that nothing uses', () => {
    const { warnings } = modelOf(`${equations}\nlocf(AGE)`)
    expect(warnings.map(({ message }) => message)).toEqual(['`AGE` is used nowhere in the model.'])
  })
})
