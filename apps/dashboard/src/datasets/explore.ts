import {
  type ExploredData,
  type ExploredSource,
  exploredData,
  type GroupSummary,
  groupSummaries,
} from '@cartkin/tables'
import type { DataChoice } from '../document/data-choice.ts'
import { eventDataOf } from './event-data-of.ts'
import type { FileEvents, FileReading } from './file-reading.ts'

/** The values of one kind as they are in the file, by group. */
export interface ExploredKind {
  readonly name: string
  readonly unit: string
  readonly lloq: number | undefined
  readonly groups: readonly ExploredGroup[]
}

export interface ExploredGroup {
  readonly name: string
  readonly subjects: readonly (readonly ExploredPoint[])[]
  readonly summaries: readonly GroupSummary[]
}

export interface ExploredPoint {
  readonly subject: string
  readonly time: number
  readonly value: number
  readonly below: boolean
}

export interface Exploration {
  readonly kinds: readonly ExploredKind[]
  readonly timeUnit: string
  /** Column of the groups, `dose`, or empty for one group. */
  readonly groupedBy: string
  readonly nominalFrom: string
}

/** What the values of a file are like before any model: by kind and group, without the rows that are left out. */
export function explore(
  reading: FileReading,
  events: FileEvents,
  choice: DataChoice,
): Exploration | { readonly problem: string } {
  const data = eventDataOf(choice.name, reading, events, new Set(choice.excluded))
  if (!data) return { problem: 'The file has not been read.' }
  const column = events.groups.find(({ header }) => header === choice.group)
  try {
    const explored = exploredData(withGroups(data, events, choice.group), {
      ...(column ? { by: groupColumn, levels: column.levels.map((level) => groupName(column.header, level)) } : {}),
      limits: choice.limits,
    })
    const groupedBy = column?.header ?? explored.groupedBy
    return {
      kinds: explored.endpoints.map((endpoint) => kindOf(endpoint, explored)),
      timeUnit: choice.timeUnit || events.timeUnit,
      groupedBy,
      nominalFrom: explored.nominalFrom,
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { problem: `Nothing to see: ${error.message}.` }
  }
}

/** What a group is called. */
export function groupName(header: string, level: string): string {
  if (level === '') return `no ${header}`
  return Number.isNaN(Number(level)) ? level : `${header} ${level}`
}

/** The place of a subject among the levels goes by this name. */
const groupColumn = 'group'

function withGroups(
  { subjects, covariates, units }: ExploredSource,
  { groups }: FileEvents,
  by: string | null,
): ExploredSource {
  const column = groups.find(({ header }) => header === by)
  if (!column) return { subjects, covariates, units }
  return {
    units,
    covariates: [groupColumn, ...covariates.filter((name) => name.toLowerCase() !== groupColumn)],
    subjects: subjects.map(({ covariates: changing = [], records, ...subject }, k) => ({
      ...subject,
      records: records.map((record) => {
        const { [groupColumn]: _, ...others } = record.covariates ?? {}
        return record.covariates === undefined ? record : { ...record, covariates: others }
      }),
      covariates: changing.filter(({ name }) => name !== groupColumn),
      parameters: { ...subject.parameters, [groupColumn]: (column.ofSubject[k] ?? 0) + 1 },
    })),
  }
}

function kindOf({ name, unit, lloq, rows }: ExploredData['endpoints'][number], { groups }: ExploredData): ExploredKind {
  const summaries = groupSummaries(rows)
  return {
    name,
    unit,
    lloq,
    groups: groups.flatMap((group): readonly ExploredGroup[] => {
      const own = rows.filter((row) => row.group === group.name)
      if (own.length === 0) return []
      const subjects = new Map<string, ExploredPoint[]>()
      for (const { subject, time, value, below } of own) {
        const points = subjects.get(subject) ?? []
        subjects.set(subject, points)
        points.push({ subject, time, value, below })
      }
      return [
        {
          name: group.name,
          subjects: [...subjects.values()],
          summaries: summaries.filter((summary) => summary.group === group.name),
        },
      ]
    }),
  }
}
