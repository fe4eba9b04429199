import type { ParameterGroup, ParameterInfo } from '../../state/opened-model.ts'

/** In which order parameters are listed. */
export type ParameterOrder = 'process' | 'name' | 'changed'

export const parameterOrders: readonly { readonly id: ParameterOrder; readonly title: string }[] = [
  { id: 'process', title: 'By process' },
  { id: 'name', title: 'By name' },
  { id: 'changed', title: 'Changed first' },
]

/** The groups with those of their parameters whose name, meaning or group has all words of a query. */
export function matchingParameters(groups: readonly ParameterGroup[], query: string): readonly ParameterGroup[] {
  const words = query.toLowerCase().split(' ').filter(Boolean)
  if (words.length === 0) return groups
  const matches = (group: string, { name, label }: ParameterInfo): boolean => {
    const text = `${name} ${label} ${group}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
  return groups
    .map((group) => ({ ...group, parameters: group.parameters.filter((info) => matches(group.name, info)) }))
    .filter(({ parameters }) => parameters.length > 0)
}

/** The groups in another order: one group of all by name, or those that were changed before the others. */
export function orderedParameters(
  groups: readonly ParameterGroup[],
  order: ParameterOrder,
  changed: ReadonlySet<string>,
): readonly ParameterGroup[] {
  if (order === 'process') return groups
  const all = groups.flatMap(({ parameters }) => parameters)
  if (order === 'name')
    return grouped(
      'All by name',
      all.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true })),
    )
  const isChanged = ({ name }: ParameterInfo): boolean => changed.has(name)
  return [
    ...grouped('Changed', all.filter(isChanged)),
    ...groups
      .map((group) => ({ ...group, parameters: group.parameters.filter((info) => !isChanged(info)) }))
      .filter(({ parameters }) => parameters.length > 0),
  ]
}

function grouped(name: string, parameters: readonly ParameterInfo[]): readonly ParameterGroup[] {
  return parameters.length > 0 ? [{ name, open: true, parameters }] : []
}
