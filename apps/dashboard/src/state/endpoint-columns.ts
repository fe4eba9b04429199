import type { EndpointDefinition, EndpointValue } from '@cartkin/simulation'
import { drawnScenarios } from '../document/scenes.ts'
import type { Dashboard } from './dashboard.ts'

/** Endpoints of one scenario, as a column of the table. */
export interface EndpointColumn {
  readonly id: string
  readonly name: string
  readonly role: 'active' | 'reference' | 'other'
  /** By endpoint; null while they are not there. */
  readonly values: ReadonlyMap<string, EndpointValue> | null
}

/** A column for the active scenario, then for each other that is drawn, and one for the reference where it is none of them. */
export function endpointColumns({ desk, scene }: Pick<Dashboard, 'desk' | 'scene'>): readonly EndpointColumn[] {
  const { active, reference } = desk.value
  const compared = scene.reference.value.scenario
  const drawn = drawnScenarios(desk.value).toSorted((a, b) => Number(b.id === active) - Number(a.id === active))
  const columns = (compared && !drawn.includes(compared) ? [...drawn, compared] : drawn).map(
    (scenario): EndpointColumn => ({
      id: scenario.id,
      name: scenario.name,
      role: scenario.id === reference ? 'reference' : scenario.id === active ? 'active' : 'other',
      values: scene.courseOf(scenario).course?.endpoints ?? null,
    }),
  )
  if (compared) return columns
  const values = scene.comparedTo.value?.endpoints ?? null
  return [...columns, { id: '', name: scene.reference.value.name, role: 'reference', values }]
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
    const base = reference?.values?.get(name)?.value
    const cells = columns.flatMap((column) => {
      const value = column.values?.get(name)?.value
      const difference = value === undefined || base === undefined ? undefined : value - base
      return column === reference ? [cell(value)] : [cell(value), cell(difference)]
    })
    return [clean(label), clean(unit), ...cells]
  })
  return [['Endpoint', 'Unit', ...heads], ...rows].map((row) => row.join('\t')).join('\n')
}
