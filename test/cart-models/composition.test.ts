import { libraryModel } from '@cartkin/cart-models'
import { canonicalBytes, compileModel } from '@cartkin/model'
import {
  gridTable,
  parameterVector,
  type Regimen,
  regimenRecords,
  renameRegimen,
  simulateSubject,
} from '@cartkin/simulation'
import { expect, it } from 'vitest'
import { composed } from '../model/compose/composed.ts'
import { lupus } from './fixtures.ts'

/** Tocilizumab of lupus-qsp as a part of its own. */
const tocilizumab = `CL = 0.3 # [L/day] Clearance
V1 = 3.5 # [L] Central volume
Q  = 0.2 # [L/day] Distribution clearance
V2 = 2.9 # [L] Peripheral volume
Vm = 7.5 # [mg/day] Saturable elimination, most
Km = 2.7 # [mg/L] Saturable elimination, half at
K  = 0.5 # [mg/L] Concentration for half of the IL-6 receptors
C ~ A/V1
d/dt(A) = -(CL + Q)*C + Q*P/V2 - Vm*C/(Km + C) # [mg] Tocilizumab in blood
d/dt(P) = Q*(C - P/V2) # [mg] Tocilizumab in tissue
occ = C/(C + K) # [1] IL-6 receptors occupied
`

const library = libraryModel('lupus-qsp')
const parts = [
  { id: 'lupus-qsp', text: library.text, connect: { occ: 'toc_occ' }, drop: ['TC1', 'TC2'] },
  { id: 'tocilizumab', text: tocilizumab, prefix: 'toc_', drop: ['occ'] },
]
const { model, names, warnings, inputs } = composed(...parts)

it('tocilizumab as a part of its own takes the place of that of lupus-qsp', () => {
  expect([warnings, inputs]).toEqual([[], []])
  const scenario = library.scenarios?.find(({ id }) => id === 'tocilizumab')?.regimen ?? library.regimen
  const given = { ...scenario, doses: scenario.doses.filter(({ cmt }) => cmt === 'TC1') }
  const rest = { ...scenario, doses: scenario.doses.filter(({ cmt }) => cmt !== 'TC1') }
  expect(given.doses).toHaveLength(1)
  const moved = renameRegimen(
    { ...given, doses: given.doses.map((dose) => ({ ...dose, cmt: 'A' })) },
    names.get('tocilizumab')!,
  )
  expect(moved.doses[0]?.cmt).toBe('toc_A')
  const regimen = { ...rest, doses: [...rest.doses, ...moved.doses] }
  const days = Float64Array.from({ length: 200 }, (_, k) => k / 2 - 10)
  const run = (compiled: typeof lupus, doses: Regimen) => {
    const parameters = parameterVector(compiled.model, {})
    const course = simulateSubject({
      model: compiled,
      parameters,
      records: regimenRecords(compiled.model, doses, parameters),
      start: -10,
      end: 90,
      options: { rtol: 1e-10, atol: 1e-12 },
    })
    return new Map(gridTable(compiled.model, course, days).columns.map((column) => [column.name, column]))
  }
  const whole = run(lupus, scenario)
  const apart = run(compileModel(model), regimen)
  const others = new Map([
    ['TC1', 'toc_A'],
    ['TC2', 'toc_P'],
  ])
  expect([...apart.keys()].toSorted()).toEqual([...whole.keys()].map((name) => others.get(name) ?? name).toSorted())
  for (const [name, column] of whole) {
    const own = apart.get(others.get(name) ?? name)
    if (column.kind !== 'number' || own?.kind !== 'number') throw new Error(name)
    const largest = Math.max(...column.values.map(Math.abs))
    const off = Math.max(...column.values.map((value, k) => Math.abs(value - own.values[k]!)))
    expect(off, name).toBeLessThanOrEqual(1e-9 * largest)
  }
})

it('the parts of a composition bring nothing but their names', () => {
  expect(model.parameters.map(({ name }) => name)).not.toContain('tCL')
  expect(model.states).toHaveLength(lupus.model.states.length)
  expect(model.outputs.map(({ name }) => name)).toEqual(lupus.model.outputs.map(({ name }) => name))
  const again = composed(...parts.toReversed())
  expect(canonicalBytes(again.model)).not.toEqual(canonicalBytes(model))
  expect(again.model.states.map(({ name }) => name).slice(0, 3)).toEqual(['toc_A', 'toc_P', 'LD'])
})
