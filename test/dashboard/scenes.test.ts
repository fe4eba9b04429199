import { describe, expect, it } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

interface Scenario {
  readonly id: string
  readonly name: string
  readonly look: number
  readonly shown: boolean
  readonly parameters: Readonly<Record<string, number>>
}

interface Desk {
  readonly scenarios: readonly Scenario[]
  readonly active: string
}

const { firstDesk }: { firstDesk(start: object): Desk } = await loadDashboard('document/desk.ts')
const {
  pinned,
  duplicated,
  removed,
  relabelled,
  activated,
  drawnScenarios,
  mostLooks,
  mostScenarios,
}: {
  pinned(desk: Desk): Desk
  duplicated(desk: Desk, id: string): Desk
  removed(desk: Desk, id: string): Desk
  relabelled(desk: Desk, id: string, change: object): Desk
  activated(desk: Desk, id: string): Desk
  drawnScenarios(desk: Desk): readonly Scenario[]
  readonly mostLooks: number
  readonly mostScenarios: number
} = await loadDashboard('document/scenes.ts')

const desk = firstDesk({ regimen: { name: 'none', doses: [] }, horizon: 365, firstWindow: null })
const names = ({ scenarios }: Desk) => scenarios.map(({ name }) => name)
const times = (count: number, change: (before: Desk) => Desk, first = desk): Desk =>
  count === 0 ? first : times(count - 1, change, change(first))

describe('scenarios', () => {
  it('are pinned beside the active one, with names, ids and looks of their own', () => {
    const five = times(mostLooks - 1, pinned)
    expect(five.active).toBe(desk.active)
    expect(names(five)).toEqual(['Scenario 1 (2)', 'Scenario 1 (3)', 'Scenario 1 (4)', 'Scenario 1 (5)', 'Scenario 1'])
    expect(new Set(five.scenarios.map(({ id }) => id)).size).toBe(mostLooks)
    expect(five.scenarios.map(({ look }) => look).toSorted()).toEqual([0, 1, 2, 3, 4])
  })

  it('get the look that another has left', () => {
    const three = times(2, pinned)
    const [first] = three.scenarios
    const again = pinned(removed(three, first!.id))
    expect(again.scenarios.map(({ look }) => look).toSorted()).toEqual([0, 1, 2])
  })

  it('are copied beside themselves, and the copy is under the sliders', () => {
    const copied = duplicated(relabelled(desk, desk.active, { name: 'Dose x2' }), desk.active)
    expect(names(copied)).toEqual(['Dose x2', 'Dose x2 (2)'])
    expect(copied.scenarios.find(({ id }) => id === copied.active)?.name).toBe('Dose x2 (2)')
    expect(names(duplicated(copied, copied.active))).toEqual(['Dose x2', 'Dose x2 (2)', 'Dose x2 (3)'])
  })

  it('are removed but for the last, and a neighbour takes the place of the active one', () => {
    const two = pinned(desk)
    const one = removed(two, two.active)
    expect(one.scenarios.length).toBe(1)
    expect(one.active).toBe(one.scenarios[0]!.id)
    expect(removed(one, one.active)).toBe(one)
    expect(removed(two, 'nobody')).toBe(two)
  })

  it('are at most so many', () => {
    expect(times(mostScenarios + 5, pinned).scenarios.length).toBe(mostScenarios)
  })

  it('are drawn where they are shown, and the active one always', () => {
    const two = pinned(desk)
    const hidden = two.scenarios.reduce((before, { id }) => relabelled(before, id, { shown: false }), two)
    expect(drawnScenarios(hidden).map(({ id }) => id)).toEqual([desk.active])
    expect(drawnScenarios(activated(hidden, two.scenarios[0]!.id)).map(({ id }) => id)).toEqual([two.scenarios[0]!.id])
    expect(activated(two, 'nobody')).toBe(two)
  })
})
