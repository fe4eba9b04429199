import { recordMathCode, storedMathCode } from '@cartkin/numerics/wasm'
import { describe, expect, it } from 'vitest'

describe('code that is stored', () => {
  it.each(Object.keys(storedMathCode))('%s is what its recipe writes today', (name) => {
    expect(storedMathCode[name], 'run scripts/stored-math-code.ts').toEqual(recordMathCode(name))
  })

  it('holds what its functions call', () => {
    const called = Object.values(storedMathCode).flatMap(({ gaps }) => gaps.map(([, target]) => target))
    const names = called.filter((target) => typeof target === 'string')
    expect(names).not.toEqual([])
    for (const name of names) expect(storedMathCode).toHaveProperty(name)
  })
})
