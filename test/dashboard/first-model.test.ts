import { libraryModel } from '@cartkin/cart-models'
import { type Model, parseModel } from '@cartkin/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

const { valueCode }: { valueCode(value: unknown): string } = await loadDashboard('../build/value-code.ts')
const { firstModelCode }: { firstModelCode(): string } = await loadDashboard('../build/first-model.ts')
const { firstModel }: { readonly firstModel: string } = await loadDashboard('state/load-library-model.ts')

/** What a module of this code exports. */
const moduleOf = (code: string): Promise<Readonly<Record<string, unknown>>> =>
  import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)

const numbers = fc.oneof(fc.double(), fc.constantFrom(-0, Number.NaN, Infinity, -Infinity, Number.MIN_VALUE, 2 ** 53))
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    numbers,
    fc.string({ unit: 'binary' }),
    fc.constantFrom(null, undefined, true, false),
    fc.array(numbers).map((list) => Float64Array.from(list)),
    fc.int32Array(),
    fc.uint8Array(),
    fc.array(tie('value')),
    fc.array(fc.tuple(fc.integer(), tie('value'))).map((entries) => new Map(entries)),
    fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), tie('value'), { noNullPrototype: true }),
  ),
}))

describe('code of a value', () => {
  it('makes the same value, to the last bit', async () => {
    await fc.assert(
      fc.asyncProperty(value, async (made) => {
        const { read } = await moduleOf(`export const read = ${valueCode(made)}`)
        expect(read).toStrictEqual(made)
      }),
      { numRuns: 300 },
    )
  })

  it('refuses what it would not make again', () => {
    for (const strange of [() => 1, Symbol('s'), new Date(0), new Set([1]), new DataView(new ArrayBuffer(8))])
      expect(() => valueCode(strange)).toThrow(TypeError)
  })
})

describe('the model of a new project', () => {
  it('is read by the build as the page would read its text, to the last bit', async () => {
    const { text } = libraryModel(firstModel)
    const parsed = parseModel(text)
    if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message)
    const { model } = await moduleOf(firstModelCode())
    // the kinds of arrays, NaN and -0 count
    expect({ ...(model as Omit<Model, 'text'>), text }).toStrictEqual(parsed.model)
  })
})
