import { libraryModels } from '@cartkin/cart-models'
import { canonicalBytes, compileModel, composeModels, type Model, parseModel } from '@cartkin/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { derivativeAt, instanceOf, modelOf, outputsAt } from '../compile-text.ts'
import { choicesOf } from '../fuzz/choices.ts'
import { randomModel } from '../fuzz/random-model.ts'
import { modelText } from '../print/random-text.ts'
import { composed, neutrophils, pk, response } from './composed.ts'

const bytes = (model: Model) => canonicalBytes(model)
const seeds = (count: number) => Array.from({ length: count }, (_, k) => k + 1)
/** What may be a new name. */
const isBare = (name: string) => /^(?:[A-Za-z]|\.(?!\d))[\w.]*$/.test(name)
const ofText = (text: string) => canonicalBytes(modelOf(text))

describe('a part alone', () => {
  it.each(libraryModels.map(({ id, text }) => [id, text]))('is the model itself: %s', (id, text) => {
    expect(bytes(composed({ id, text }).model)).toEqual(ofText(text))
  })

  it('is the model itself, whatever it is', () => {
    fc.assert(
      fc.property(modelText(), (text) => {
        expect(bytes(composed({ id: 'a', text }).model)).toEqual(ofText(text))
      }),
      { numRuns: 40 },
    )
  })

  it('is the model itself, in any construct of the language, and again when its prefix is taken away', () => {
    seeds(150).forEach((seed) => {
      const { text } = randomModel(choicesOf(seed))
      expect(bytes(composed({ id: 'a', text }).model)).toEqual(ofText(text))
      if (modelOf(text).linear !== null) return
      const moved = composed({ id: 'a', text, prefix: 'q_' })
      const names = [...moved.names.get('a')!].filter(([own, name]) => own !== name && isBare(own))
      const rename = Object.fromEntries(names.map(([own, name]) => [name, own]))
      const back = composed({ id: 'a', text: moved.text, rename })
      if (names.length === [...moved.names.get('a')!].filter(([own, name]) => own !== name).length)
        expect(bytes(back.model)).toEqual(ofText(text))
    })
  })

  it('gives the same rates under a prefix, to the bit', () => {
    fc.assert(
      fc.property(modelText(), (text) => {
        const { text: moved } = composed({ id: 'a', text, prefix: 'a_' })
        const y = [1.5, 0.25]
        expect(derivativeAt(instanceOf(moved), 0.5, y)).toEqual(derivativeAt(instanceOf(text), 0.5, y))
      }),
      { numRuns: 40 },
    )
  })
})

describe('parts that are not connected', () => {
  it('have each its own rates, initial values and outputs, to the bit', () => {
    fc.assert(
      fc.property(modelText(), modelText(), (a, b) => {
        const { text } = composed({ id: 'a', text: a, prefix: 'a_' }, { id: 'b', text: b, prefix: 'b_' })
        const together = instanceOf(text)
        const apart = [instanceOf(a), instanceOf(b)]
        const y = [1.5, 0.25]
        expect(derivativeAt(together, 0.5, [...y, ...y])).toEqual(apart.flatMap((one) => derivativeAt(one, 0.5, y)))
        const outputs = new Float64Array(together.model.outputs.length)
        together.outputs(0.5, Float64Array.from([...y, ...y]), outputs)
        for (const [k, { name }] of together.model.outputs.entries()) {
          const one = apart[name.startsWith('a_') ? 0 : 1]!
          const own = new Float64Array(one.model.outputs.length)
          one.outputs(0.5, Float64Array.from(y), own)
          const index = one.model.outputs.findIndex((output) => output.name === name.slice(2))
          expect(outputs[k]).toBe(own[index])
        }
        expect(together.model.parameters.map(({ name, kind }) => [name, kind]).toSorted()).toEqual(
          apart
            .flatMap(({ model }, k) => model.parameters.map(({ name, kind }) => [`${'ab'[k]}_${name}`, kind]))
            .toSorted(),
        )
      }),
      { numRuns: 40 },
    )
  })

  it('may be composed in any grouping', () => {
    fc.assert(
      fc.property(modelText(), modelText(), modelText(), (a, b, c) => {
        const part = (id: string, text: string) => ({ id, text, prefix: `${id}_` })
        const left = composed({ id: 'ab', text: composed(part('a', a), part('b', b)).text }, part('c', c))
        const right = composed(part('a', a), { id: 'bc', text: composed(part('b', b), part('c', c)).text })
        const all = composed(part('a', a), part('b', b), part('c', c))
        expect(bytes(left.model)).toEqual(bytes(all.model))
        expect(bytes(right.model)).toEqual(bytes(all.model))
      }),
      { numRuns: 20 },
    )
  })
})

describe('an input that is connected', () => {
  it('is what the other part computes, in any construct of the language', () => {
    let count = 0
    seeds(120).forEach((seed) => {
      const [a, b] = [randomModel(choicesOf(2 * seed)).text, randomModel(choicesOf(2 * seed + 1)).text].map(modelOf)
      if (a === undefined || b === undefined || a.outputs.length === 0) return
      const inputs = b.parameters.filter(({ kind, levels }) => kind === 'covariate' && levels.length === 0)
      const sources = inputs.map((_, k) => a.outputs[(7 * k + seed) % a.outputs.length]!.name)
      const connect = Object.fromEntries(inputs.map(({ name }, k) => [name, `\`a_${sources[k]}\``]))
      const result = composeModels({
        name: 'whole',
        parts: [
          { id: 'b', text: b.text, prefix: 'b_', connect },
          { id: 'a', text: a.text, prefix: 'a_' },
        ],
      })
      if (!result.ok) {
        const refused = ['depends on', 'dvid', 'counts time', 'linCmt', 'levels of']
        for (const { message } of result.problems)
          expect(
            refused.some((word) => message.includes(word)),
            message,
          ).toBe(true)
        return
      }
      count++
      const stateOf = (name: string) => 0.25 + (name.length % 7)
      const at = (model: Model, values: ReadonlyMap<string, number>) => {
        const instance = compileModel(model).instantiate()
        const value = ({ name, kind, value: own }: Model['parameters'][number]) =>
          values.get(name) ?? (kind === 'covariate' ? 0.37 * name.length : kind === 'eta' ? 0.1 : own)
        instance.setParameters(Float64Array.from(model.parameters, value))
        instance.beginSegment(0.7)
        return instance
      }
      const first = at(a, new Map())
      const ya = Float64Array.from(a.states, ({ name }) => stateOf(name))
      const outputs = new Float64Array(a.outputs.length)
      first.outputs(0.7, ya, outputs)
      const given = inputs.map(({ name }, k) => {
        const index = a.outputs.findIndex((output) => output.name === sources[k])
        return [name, outputs[index]!] as const
      })
      const second = at(b, new Map(given))
      const apart = derivativeAt(
        second,
        0.7,
        b.states.map(({ name }) => stateOf(name)),
      )
      const { model } = result
      const rates = derivativeAt(
        at(model, new Map()),
        0.7,
        model.states.map(({ name }) => stateOf(name.slice(2))),
      )
      for (const [k, { name }] of b.states.entries()) {
        const rate = rates[model.states.findIndex((state) => state.name === `b_${name}`)]
        expect(Object.is(rate, apart[k]) || rate === apart[k], `${seed} ${name}`).toBe(true)
      }
    })
    expect(count).toBeGreaterThan(20)
  })
})

describe('parts that are connected', () => {
  const drug = { id: 'pk', text: pk }
  const effect = { id: 'pd', text: response, prefix: 'pd_', connect: { Cp: 'C' } }

  it('are the text that one would write by hand: drug and indirect response', () => {
    const byHand = `ka = 1.2
CL = 3
V = 20
pd_kin = 10
pd_kout = 0.5
pd_IC50 = 0.3
d/dt(depot) = -ka*depot
d/dt(central) = ka*depot - CL/V*central
f(depot) = 0.8
C = central/V
d/dt(pd_R) = pd_kin*(1 - C/(pd_IC50 + C)) - pd_kout*pd_R
pd_R(0) = pd_kin/pd_kout
`
    const { model, warnings } = composed(drug, effect)
    expect(bytes(model)).toEqual(ofText(byHand))
    expect(warnings).toEqual([])
  })

  it('are the text that one would write by hand: drug and neutrophils', () => {
    const byHand = `ka = 1.2
CL = 3
V = 20
slope = 2
MTT = 4.35
base = 5
gam = 0.17
d/dt(depot) = -ka*depot
d/dt(central) = ka*depot - CL/V*central
f(depot) = 0.8
C = central/V
d/dt(P) = 4/MTT*P*((1 - slope*C)*(base/N)^gam - 1)
d/dt(T1) = 4/MTT*(P - T1)
d/dt(T2) = 4/MTT*(T1 - T2)
d/dt(T3) = 4/MTT*(T2 - T3)
d/dt(N) = 4/MTT*(T3 - N)
P(0) = base
T1(0) = base
T2(0) = base
T3(0) = base
N(0) = base
ANC = 1000*N
`
    const { model } = composed(
      { id: 'pk', text: `${pk.replace('d/dt(depot)', 'slope = 2 # [L/mg] Effect\nd/dt(depot)')}` },
      { id: 'anc', text: neutrophils, connect: { E: 'slope*C' } },
    )
    expect(bytes(model)).toEqual(ofText(byHand))
  })

  it('compute the same in any order of parts, however they need each other', () => {
    const a = {
      id: 'a',
      text: 'k = 1\nd/dt(x) = -k*x + in\nout = 2*x\nlate = out + in2',
      connect: { in: 'b_out', in2: 'b_late' },
      prefix: 'a_',
    }
    const b = {
      id: 'b',
      text: 'k = 3\nd/dt(x) = -k*x + in\nout = 3*x\nlate = out*in',
      connect: { in: 'a_out' },
      prefix: 'b_',
    }
    const one = composed(a, b)
    const other = composed(b, a)
    const y = new Map([
      ['a_x', 0.7],
      ['b_x', 0.3],
    ])
    const rates = (text: string) => {
      const instance = instanceOf(text)
      const rate = derivativeAt(
        instance,
        0,
        instance.model.states.map(({ name }) => y.get(name)!),
      )
      return new Map(instance.model.states.map(({ name }, k) => [name, rate[k]]))
    }
    expect(rates(one.text)).toEqual(
      new Map([
        ['a_x', -0.7 + 0.3 * 3],
        ['b_x', -3 * 0.3 + 1.4],
      ]),
    )
    expect(rates(other.text)).toEqual(rates(one.text))
    expect(one.model.states.map(({ name }) => name)).toEqual(['a_x', 'b_x'])
    expect(other.model.states.map(({ name }) => name)).toEqual(['b_x', 'a_x'])
  })

  it('may be composed in any grouping', () => {
    const third = { id: 'anc', text: neutrophils, prefix: 'n_', connect: { E: 'pd_R/100', base: 'V/4' } }
    const all = composed(drug, effect, third)
    const left = composed({ id: 'both', text: composed(drug, effect).text }, third)
    const right = composed(drug, {
      id: 'both',
      text: composed({ id: 'pd', text: response, prefix: 'pd_' }, { ...third, connect: { E: 'pd_R/100' } }).text,
      connect: { Cp: 'C', n_base: 'V/4' },
    })
    expect(bytes(left.model)).toEqual(bytes(all.model))
    expect(bytes(right.model)).toEqual(bytes(all.model))
  })

  it('keep what a name was on the lines above, when a later line is needed first', () => {
    const text = 'k = 3\nx ~ k\ny = 2*x\nx ~ 5*k\nout = x\nd/dt(q) = -q'
    const { text: whole } = composed(
      { id: 'a', text: 'd/dt(s) = -u*s', prefix: 'a_', connect: { u: 'b_out' } },
      { id: 'b', text, prefix: 'b_' },
    )
    expect(outputsAt(instanceOf(whole), 0, [1, 1])).toEqual({ b_y: 6, b_out: 15 })
  })

  it('are what they were when a part is added that is connected to nothing', () => {
    const before = instanceOf(composed(drug, effect).text)
    const after = instanceOf(composed(drug, effect, { id: 'anc', text: `E = 0\n${neutrophils}`, prefix: 'n_' }).text)
    const y = [100, 50, 12]
    expect(derivativeAt(after, 0, [...y, 1, 2, 3, 4, 5]).slice(0, 3)).toEqual(derivativeAt(before, 0, y))
  })

  it('are the text with the definition replaced, whatever the text', () => {
    const other = { id: 'a', text: 'k = 2\nd/dt(x) = -k*x\n', prefix: 'a_' }
    fc.assert(
      fc.property(
        modelText().filter((text) => text.includes('V <- -70')),
        (text) => {
          const { model } = composed(other, { id: 'b', text, connect: { V: '3*a_k' } })
          const byHand = `cmt(a_x)\na_k = 2\n${text.replace('V <- -70', 'V ~ 3*a_k')}\nd/dt(a_x) = -a_k*a_x`
          expect(bytes(model)).toEqual(ofText(byHand))
        },
      ),
      { numRuns: 40 },
    )
  })

  it('of which one is composed again give the same text', () => {
    const once = composed(drug, effect)
    const again = composed({ id: 'whole', text: once.text })
    expect(bytes(again.model)).toEqual(bytes(once.model))
    expect(compileModel(again.model).model.states).toHaveLength(3)
    expect(parseModel(once.text).ok).toBe(true)
  })
})
