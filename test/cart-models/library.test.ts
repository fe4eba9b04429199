import { libraryModel, libraryModels } from '@cartkin/cart-models'
import { describe, expect, it } from 'vitest'
import { modelOf, packageFile } from './fixtures.ts'
import { allTargets } from './target-rows.ts'

const trusts = ['found', 'found-secondary', 'memory', 'derived', 'assumption', 'fitted']
const targets = allTargets()

describe.each(libraryModels)('$id', (library) => {
  const model = modelOf(library.id)
  const shown = [...model.states, ...model.outputs]
  const names = new Set(shown.map(({ name }) => name))

  it('is read without warnings, with a title', () => {
    expect(model.warnings).toEqual([])
    expect(model.title).not.toBe('')
  })

  it('has a unit and a label on every parameter, state and output', () => {
    for (const { name, unit, label } of [...model.parameters, ...shown]) {
      expect(unit, name).not.toBe('')
      expect(label, name).not.toBe('')
    }
  })

  it('notes trust, source and group of every parameter, and of nothing else', () => {
    expect(Object.keys(library.parameters).sort()).toEqual(model.parameters.map(({ name }) => name).sort())
    for (const [name, note] of Object.entries(library.parameters)) {
      expect(trusts, name).toContain(note.trust)
      expect(note.source, name).not.toBe('')
      expect(note.group, name).not.toBe('')
    }
  })

  it('shows, reads and observes only what the model has', () => {
    const used = [
      ...library.panels.flatMap(({ quantities }) => quantities),
      ...library.endpoints.map(({ quantity }) => quantity),
      ...library.observations.map(({ quantity }) => quantity),
    ]
    for (const quantity of used) expect(names).toContain(quantity)
  })

  it('doses states that exist, from the start on', () => {
    const states = model.states.map(({ name }) => name)
    for (const regimen of [library.regimen, ...(library.scenarios ?? []).map(({ regimen }) => regimen)]) {
      for (const { cmt, time } of regimen.doses) {
        expect(states).toContain(cmt)
        expect(time).toBeGreaterThanOrEqual(library.start)
      }
    }
  })

  it('has observations within their ranges, with source and trust', () => {
    for (const { value, lower = value, upper = value, range, label, source, trust, licence } of library.observations) {
      expect(lower, label).toBeLessThanOrEqual(value)
      expect(upper, label).toBeGreaterThanOrEqual(value)
      if (lower < upper) expect(range, label).not.toBe('')
      expect(source, label).not.toBe('')
      expect(trusts, label).toContain(trust)
      expect(licence, label).toBe(source.includes('Amidi') ? 'CC BY-NC 4.0' : undefined)
    }
  })

  it('names each endpoint once and draws its population from its parameters', () => {
    const endpoints = library.endpoints.map(({ name }) => name)
    expect(new Set(endpoints).size).toBe(endpoints.length)
    const parameters = model.parameters.map(({ name }) => name)
    const { population, populationNote } = library
    expect(populationNote === undefined, 'trust of the variability').toBe(population === undefined)
    const drawn = [
      ...(population?.parameters.map(({ parameter }) => parameter) ?? []),
      ...Object.entries(population?.ties ?? {}).flat(),
    ]
    for (const name of drawn) expect(parameters).toContain(name)
  })

  it('is held against targets that exist', () => {
    const ids = targets.map(({ id }) => id)
    for (const id of library.targets) expect(ids).toContain(id)
  })
})

it.each([
  ['lupus-qsp', 'lupus', {}],
  ['oncology-qsp', 'oncology', { LDon: 1, mu: 0 }],
])('%s has the parameter values of its file', (id, file, added) => {
  const values = Object.fromEntries(modelOf(id).parameters.map(({ name, value }) => [name, value]))
  const expected: unknown = JSON.parse(packageFile(`evidence/golden/${file}_parameters.json`))
  expect(values).toEqual({ ...Object(expected), ...added })
})

it('has the 41 states of the lupus model in their order', () => {
  expect(
    modelOf('lupus-qsp')
      .states.map(({ name }) => name)
      .join(' '),
  ).toBe(
    'LD CI CE CM CX T BP BN BM BA PA PS PN PL AAB IGG VAX C3 IFNA UPCR SLEDAI TH T8 TR IL15 IFNG MAC IL6 IL10 CRP FER Z NP N1 N2 N3 NC TC1 TC2 DEX RTX',
  )
})

it('writes the blocks that the lupus and the oncology model share in the same words', () => {
  const shared =
    'Ct occ Cd dex dexC Ctot fA h15 Q Gn myel s ktr CI CE CM CX IL15 IFNG MAC IL6 IL10 CRP FER Z NP N1 N2 N3 NC TC1 TC2 DEX CRS ICANS'
  const equation = (id: string, name: string) =>
    libraryModel(id)
      .text.split('\n')
      .map((line) => line.replace(/ #.*/, '').replaceAll(' ', ''))
      .find((line) => line.startsWith(`d/dt(${name})=`) || line.startsWith(`${name}~`) || line.startsWith(`${name}=`))
  for (const name of shared.split(' ')) {
    expect(equation('lupus-qsp', name), name).toBeDefined()
    expect(equation('oncology-qsp', name)).toBe(equation('lupus-qsp', name))
  }
})

it('names the known models when asked for another', () => {
  const known = libraryModels.map(({ id }) => id).join(', ')
  expect(known).toContain('stein-2019, ')
  expect(() => libraryModel('lupus')).toThrow(`the library has no model 'lupus'; it has ${known}`)
})
