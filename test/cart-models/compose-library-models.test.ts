import { composeLibraryModels, type LibraryComposition, type LibraryModel, libraryModel } from '@cartkin/cart-models'
import { parseModel } from '@cartkin/model'
import { describe, expect, it } from 'vitest'

const lupus = libraryModel('lupus-qsp')

const drug: LibraryModel = {
  id: 'drug',
  title: 'A drug',
  summary: 'One compartment.',
  text: `# A drug
WT = 70 # [kg] Body weight
CL = 0.3 # [L/day] Clearance
V = 3.5 # [L] Volume
K = 0.5 # [mg/L] Concentration for half of the receptors
d/dt(A) = -CL/V*A # [mg] Drug
C = A/V # [mg/L] Concentration
occupied = C/(C + K) # [1] Receptors occupied
`,
  reference: 'none',
  citation: 'none',
  limits: [],
  start: 0,
  horizon: 100,
  regimen: { name: 'one dose', doses: [{ time: 0, cmt: 'A', amt: 100 }] },
  parameters: {
    WT: { group: 'Patient', trust: 'assumption', source: 'assumed' },
    CL: { group: 'Drug', trust: 'found', source: 'a paper' },
    V: { group: 'Drug', trust: 'memory', source: 'another' },
    K: { group: 'Drug', trust: 'assumption', source: 'assumed' },
  },
  panels: [],
  endpoints: [
    { name: 'Cmax', label: 'Highest concentration', unit: 'mg/L', quantity: 'C', kind: 'maximum' },
    { name: 'Tmax', label: 'Its day', unit: 'day', quantity: 'C', kind: 'timeOfMaximum' },
    { name: 'Gone', label: 'Gone after', unit: 'day', quantity: 'C', kind: 'firstBelow', threshold: 1, after: 'Tmax' },
  ],
  observations: [
    { quantity: 'C', time: 1, value: 20, label: 'measured', source: 'a paper', trust: 'found' },
    { quantity: 'occupied', time: 1, value: 1, label: 'measured', source: 'a paper', trust: 'found' },
  ],
  population: {
    factors: [{ name: 'size', sd: 0.1 }],
    parameters: [
      { parameter: 'CL', sd: 0.4, factors: { size: 1 } },
      { parameter: 'WT', sd: 0.2 },
    ],
    ties: {},
  },
  populationNote: { trust: 'memory', source: 'a third' },
  targets: [],
}

const composition: LibraryComposition = {
  id: 'whole',
  title: 'Lupus with a drug',
  summary: 'Both.',
  parts: [
    { model: lupus, connect: { occ: 'x_occupied' }, drop: ['TC1', 'TC2'] },
    { model: drug, prefix: 'x_', connect: { WT: 'WT' }, drop: ['occupied'] },
  ],
  reference: 'none',
  citation: 'none',
  limits: [],
  regimen: lupus.regimen,
  panels: [],
  endpoints: [{ name: 'Tmax', label: 'Day of most drug', unit: 'day', quantity: 'x_C', kind: 'timeOfMaximum' }],
  targets: [],
}
const whole = composeLibraryModels(composition)

describe('a library model made of library models', () => {
  it('has a text without errors and warnings, without what was connected or dropped', () => {
    const parsed = parseModel(whole.text)
    if (!parsed.ok) throw new Error('errors')
    expect(parsed.model.warnings).toEqual([])
    expect(parsed.model.states.map(({ name }) => name)).toContain('x_A')
    expect(parsed.model.states.map(({ name }) => name)).not.toContain('TC1')
  })

  it('keeps source and trust of every parameter', () => {
    const parsed = parseModel(whole.text)
    if (!parsed.ok) throw new Error('errors')
    expect(Object.keys(whole.parameters).sort()).toEqual(parsed.model.parameters.map(({ name }) => name).sort())
    expect(whole.parameters['x_CL']).toEqual(drug.parameters['CL'])
    expect(whole.parameters['WT']).toEqual(lupus.parameters['WT'])
    expect(whole.parameters['rho']).toEqual(lupus.parameters['rho'])
    expect(Object.keys(whole.parameters)).not.toContain('tCL')
  })

  it('has the endpoints of its parts under names of their own, and its own in their place', () => {
    const endpoint = (name: string) => whole.endpoints.find((candidate) => candidate.name === name)
    expect(endpoint('Cmax')?.quantity).toBe('CAR')
    expect(endpoint('x_Cmax')?.quantity).toBe('x_C')
    expect(endpoint('Tmax')?.label).toBe('Day of most drug')
    expect(endpoint('Gone')).toMatchObject({ quantity: 'x_C', after: 'x_Tmax' })
    expect(endpoint('ANC_nadir')?.quantity).toBe('NC')
  })

  it('has the observations of what is left', () => {
    expect(whole.observations.filter(({ source }) => source === 'a paper').map(({ quantity }) => quantity)).toEqual([
      'x_C',
    ])
    expect(whole.observations.length).toBe(lupus.observations.length + 1)
  })

  it('draws the patients of its parts together, with the least of their trust', () => {
    const drawn = whole.population?.parameters.map(({ parameter }) => parameter) ?? []
    expect(drawn).toContain('rho')
    expect(drawn).toContain('x_CL')
    expect(drawn).not.toContain('x_WT')
    expect(whole.population?.factors.map(({ name }) => name)).toEqual(['B-cell pool', 'size'])
    expect(whole.population?.ties).toEqual({ A50: 'A0' })
    expect(whole.populationNote?.trust).toBe('memory')
  })

  it('begins and ends like its first part, and says what it is made of', () => {
    expect([whole.start, whole.horizon]).toEqual([lupus.start, lupus.horizon])
    expect(whole.parts?.map(({ model }) => model.id)).toEqual(['lupus-qsp', 'drug'])
  })

  it('gives what its first part is given, but for what is gone, where no regimen is said', () => {
    const {
      regimen: _,
      panels: __,
      ...given
    } = {
      ...composition,
      parts: [
        { model: lupus, prefix: 'l_', connect: { ld: '0' }, drop: ['LD', 'SLEDAI'] },
        { model: drug, prefix: 'x_' },
      ] as const,
    }
    const bare = composeLibraryModels(given)
    expect(lupus.regimen.doses.map(({ cmt }) => cmt)).toEqual(['LD', 'LD', 'LD', 'CI'])
    expect(bare.regimen.doses.map(({ cmt, amt }) => [cmt, amt])).toEqual([['l_CI', 1]])
    expect(bare.panels.map(({ quantities }) => quantities)).toEqual([['l_CAR'], ['l_B'], ['l_IL6', 'l_IFNG', 'l_CRP']])
  })

  it('tells what is wrong when its text is asked for', () => {
    const wrong = composeLibraryModels({
      id: 'wrong',
      title: 'Wrong',
      summary: 'Wrong.',
      parts: [
        { model: lupus, connect: { occ: 'nowhere' } },
        { model: drug, prefix: 'x_' },
      ],
      reference: 'none',
      citation: 'none',
      limits: [],
      regimen: lupus.regimen,
      panels: [],
      targets: [],
    })
    expect(() => wrong.text).toThrow(/the library's wrong cannot be composed:\nlupus-qsp: .*nowhere/)
  })
})
