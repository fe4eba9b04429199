import type { EndpointDefinition, EndpointValue } from '@cartkin/simulation'
import { computed, type ReadonlySignal } from '@preact/signals'
import { drawnScenarios } from '../document/scenes.ts'
import type { Dashboard } from './dashboard.ts'
import { unchanged } from './unchanged.ts'

/** Endpoints of one scenario, as a column of the table. */
export interface EndpointColumn {
  readonly id: string
  readonly name: string
  readonly role: 'active' | 'reference' | 'other'
  /** By endpoint; null while they are not there. Only those of the active scenario change while sliders move. */
  readonly values: ReadonlySignal<ReadonlyMap<string, EndpointValue> | null>
}

/**
 * A column for the active scenario, then for each other that is drawn, and one for the reference where it is none of them.
 * The list changes where a column comes, goes or has another name.
 */
export function endpointColumns({
  desk,
  scene,
}: Pick<Dashboard, 'desk' | 'scene'>): ReadonlySignal<readonly EndpointColumn[]> {
  const valuesOf = (id: string): EndpointColumn['values'] =>
    computed(() => {
      const scenario = desk.value.scenarios.find((one) => one.id === id)
      const course = scenario ? scene.courseOf(scenario).course : scene.comparedTo.value
      return course?.endpoints ?? null
    })
  const column = (id: string, name: string, role: EndpointColumn['role']): EndpointColumn => ({
    ...{ id, name, role },
    values: valuesOf(id),
  })
  return unchanged(
    () => {
      const { active, reference } = desk.value
      const compared = scene.reference.value
      const drawn = drawnScenarios(desk.value).toSorted((a, b) => Number(b.id === active) - Number(a.id === active))
      const scenarios = compared.scenario && !drawn.includes(compared.scenario) ? [...drawn, compared.scenario] : drawn
      const columns = scenarios.map(({ id, name }) =>
        column(id, name, id === reference ? 'reference' : id === active ? 'active' : 'other'),
      )
      return compared.scenario ? columns : [...columns, column('', compared.name, 'reference')]
    },
    (a, b) =>
      a.length === b.length &&
      a.every(({ id, name, role }, k) => id === b[k]?.id && name === b[k]?.name && role === b[k]?.role),
  )
}

/** How an endpoint differs from that of the reference. */
export interface EndpointChange {
  readonly kind: 'percent' | 'amount'
  readonly value: number
}

/** Times, scores and grades differ by an amount, all else in percent; null where the reference has nothing to divide by, or one is lacking. */
export function endpointChange(unit: string, from: number, to: number): EndpointChange | null {
  const isAmount = ['day', 'score', 'grade'].includes(unit)
  const value = isAmount ? to - from : 100 * (to / from - 1)
  return Number.isFinite(value) ? { kind: isAmount ? 'amount' : 'percent', value } : null
}

/** The table as text for a spreadsheet: full digits, and behind each column how it differs from the reference. */
export function endpointsTsv(
  endpoints: readonly Pick<EndpointDefinition, 'name' | 'label' | 'unit'>[],
  columns: readonly EndpointColumn[],
): string {
  const reference = columns.find(({ role }) => role === 'reference')
  const cell = (value: number | undefined): string => (value === undefined || Number.isNaN(value) ? '' : String(value))
  const clean = (text: string): string => text.replaceAll(/[\t\r\n]+/g, ' ')
  const heads = columns.flatMap((column) =>
    column === reference
      ? [clean(column.name)]
      : [clean(column.name), clean(`${column.name} minus ${reference?.name ?? ''}`)],
  )
  const rows = endpoints.map(({ name, label, unit }) => {
    const base = reference?.values.value?.get(name)?.value
    const cells = columns.flatMap((column) => {
      const value = column.values.value?.get(name)?.value
      const difference = value === undefined || base === undefined ? undefined : value - base
      return column === reference ? [cell(value)] : [cell(value), cell(difference)]
    })
    return [clean(label), clean(unit), ...cells]
  })
  return [['Endpoint', 'Unit', ...heads], ...rows].map((row) => row.join('\t')).join('\n')
}
