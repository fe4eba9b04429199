import { compileModel } from '@cartkin/model'
import { createStepper, rodas5p, tsit5 } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../compile-text.ts'

/** Random numbers in [0, 1), the same in every run. */
function generator() {
  let seed = 12345
  return () => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff
    return seed / 0x80000000
  }
}

/** `states` species, each made from and turned into others by mass action; partners lie within `reach`. */
function network(states: number, reactions: number, reach: number): string {
  const random = generator()
  const terms = Array.from({ length: states }, () => ['0'])
  for (let r = 0; r < reactions; r++) {
    const first = r % states
    const near = () => (first + 1 + Math.floor(random() * reach)) % states
    const [second, product] = [near(), near()]
    const flux = `${(10 ** (4 * random() - 2)).toPrecision(4)}*a${first}*a${second}`
    terms[first]!.push(`-${flux}`)
    terms[second]!.push(`-${flux}`)
    terms[product]!.push(`+2*${flux}`)
  }
  return terms.map((list, i) => `d/dt(a${i}) = ${list.join('')}\na${i}(0) = ${1 + (i % 3)}`).join('\n')
}

function steppersOf(text: string, method: typeof rodas5p | typeof tsit5) {
  const start = performance.now()
  const compiled = compileModel(modelOf(text))
  const instance = compiled.instantiate()
  const y0 = new Float64Array(instance.dimension)
  instance.initialState(y0)
  const tolerances = { rtol: 1e-6, atol: new Float64Array(instance.dimension).fill(1e-9) }
  const kernel = compiled.stepperFactory(method, instance, tolerances, null)
  kernel.start(0, y0, null)
  kernel.attempt(1e-3)
  const seconds = (performance.now() - start) / 1000
  const plain = createStepper(method, instance, tolerances, null)
  plain.start(0, y0, null)
  plain.attempt(1e-3)
  const lanes = compiled.laneStepperFactory(method, instance, tolerances, null)
  lanes.assign(0, instance, null)
  lanes.assign(1, instance, null)
  for (const lane of lanes.lanes) lane.start(0, y0, null)
  lanes.attempt(5e-4, 1e-3)
  lanes.accept(3)
  for (const stepper of [kernel, plain]) stepper.accept()
  return { kernel, plain, lanes, seconds }
}

describe.each([
  ['that fill up little, as straight-line code in many functions', network(300, 750, 5)],
  ['that fill up, with loops over tables', network(200, 800, 200)],
])('models of hundreds of states %s', (_name, text) => {
  it.each([rodas5p, tsit5])('are compiled in seconds and step as the plain stepper of $name does', (method) => {
    const { kernel, plain, lanes, seconds } = steppersOf(text, method)
    expect(kernel.constructor.name).toBe('KernelStepper')
    expect(kernel).toMatchObject({ pivotFallbacks: 0 })
    // two seconds are wanted of a machine with nothing else to do
    expect(seconds).toBeLessThan(20)
    kernel.y.forEach((value, i) => {
      expect(Math.abs(value / plain.y[i]! - 1)).toBeLessThan(1e-11)
    })
    expect([...lanes.lanes[1].y]).toEqual([...kernel.y])
  })
})

it('one expression of thousands of operations is compiled', () => {
  const sum = Array.from({ length: 3000 }, (_, i) => `${i + 1}*exp(-a/${i + 1})`).join(' + ')
  const { kernel, plain } = steppersOf(`d/dt(a) = -(${sum})/1e7\na(0) = 1`, rodas5p)
  expect(kernel.y[0]! / plain.y[0]!).toBeCloseTo(1, 11)
})
