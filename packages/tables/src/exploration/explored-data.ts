import { timeBins } from '@cartkin/fitting'
import { type EventRecord, isDose, type Subject } from '@cartkin/simulation'
import type { EventData } from '../event-data/read-event-data.ts'
import { commonLimit } from '../observed/common-limit.ts'

/** An observation with what it is grouped by. */
export interface ExploredRow {
  readonly subject: string
  readonly group: string
  readonly time: number
  /** Nominal time, or the middle of its bin of times. */
  readonly nominal: number
  /** Of one below the limit, the limit. */
  readonly value: number
  readonly below: boolean
  /** Of its subject; NaN where there is none. */
  readonly dose: number
}

/** All observations of one kind. */
export interface ExploredEndpoint {
  /** Empty where the data do not name it. */
  readonly name: string
  readonly unit: string
  readonly rows: readonly ExploredRow[]
  readonly lloq: number | undefined
}

export interface ExploredData {
  readonly endpoints: readonly ExploredEndpoint[]
  /** In the order of the file. */
  readonly groups: readonly {
    readonly name: string
    readonly subjects: number
    readonly doses: number
  }[]
  /** What the groups are: a column, or the dose; empty where there is one group. */
  readonly groupedBy: string
  /** Where the nominal times come from, in words. */
  readonly nominalFrom: string
}

/** What is read of event data. */
export type ExploredSource = Pick<EventData, 'subjects' | 'covariates' | 'units'>

export interface ExplorationChoice {
  /** Column of the groups; the dose if absent, where several subjects have the same. */
  readonly by?: string
  /** Texts of that column by the codes that the data hold, from 1; absent where it holds numbers. */
  readonly levels?: readonly string[]
  /** Column of nominal times; one of the usual names if absent. */
  readonly nominal?: string
  /** Lower limits of quantification by endpoint; that of `''` is for all others. */
  readonly limits: Readonly<Record<string, number>>
}

/** Subjects that a dose has on average, at least, where doses make groups by themselves. */
const leastPerDose = 3
/** Most bins of times, where there are no nominal ones. */
const mostBins = 20
const nominalNames = ['NOMTIME', 'NTIME', 'NOMINAL', 'NTPD', 'NT', 'TIME_NOM']
const everybody = 'all'

/**
 * The observations of event data by endpoint, with group, nominal time and dose of each.
 *
 * @param data read with rules 'rxode2', so that what a column says in a row holds there.
 * @throws RangeError for a column that the data do not have, or data without observations.
 */
export function exploredData(data: ExploredSource, choice: ExplorationChoice): ExploredData {
  const { subjects, units } = data
  const known = (column: string, option: string) => {
    const found = data.covariates.find((name) => name.toLowerCase() === column.toLowerCase())
    if (found === undefined)
      throw new RangeError(
        `--${option} ${column}: there is no such column beside those of the records; ${data.covariates.length === 0 ? 'there are none' : `there are ${data.covariates.join(', ')}`}`,
      )
    return found
  }
  const by = choice.by === undefined ? undefined : known(choice.by, 'by')
  const usual = data.covariates.find((name) => nominalNames.includes(name.toUpperCase()))
  const nominal = choice.nominal === undefined ? usual : known(choice.nominal, 'nominal')
  const doseColumn = data.covariates.find((name) => name.toUpperCase() === 'DOSE')
  const doseOf = (subject: Subject, record: EventRecord): number =>
    doseColumn === undefined ? (subject.records.find(isDose)?.amt ?? Number.NaN) : valueAt(subject, record, doseColumn)
  const doses = new Set(
    subjects.flatMap((subject) => subject.records.slice(0, 1).map((first) => doseOf(subject, first))),
  )
  const byDose = by === undefined && doses.size >= 2 && doses.size * leastPerDose <= subjects.length
  const doseUnit = units.get('AMT') ?? ''
  const groupOf = (subject: Subject, record: EventRecord): string => {
    if (by !== undefined) {
      const value = valueAt(subject, record, by)
      return Number.isNaN(value)
        ? `no ${by}`
        : (choice.levels?.[value - 1] ?? (choice.levels ? String(value) : `${by} ${value}`))
    }
    if (!byDose) return everybody
    const dose = doseOf(subject, record)
    return Number.isNaN(dose) ? 'no dose' : `${dose} ${doseUnit}`.trim()
  }

  const groups = new Map<string, { readonly members: Set<string>; doses: number }>()
  const rows = new Map<string, ExploredRow[]>()
  for (const subject of subjects)
    for (const record of subject.records) {
      const name = groupOf(subject, record)
      const group = groups.get(name) ?? { members: new Set<string>(), doses: 0 }
      groups.set(name, group)
      group.members.add(subject.id)
      if (isDose(record)) group.doses += 1 + (record.addl ?? 0)
      const { evid, time, dv, mdv, endpoint = '', cens } = record
      if (evid !== 0 || dv === undefined || mdv) continue
      const own = rows.get(endpoint) ?? []
      rows.set(endpoint, own)
      own.push({
        subject: subject.id,
        group: name,
        time,
        nominal: nominal === undefined ? Number.NaN : valueAt(subject, record, nominal),
        value: dv,
        below: cens === 1,
        dose: doseOf(subject, record),
      })
    }
  if (rows.size === 0)
    throw new RangeError('holds no observations (EVID 0 rows with a value in DV), so there is nothing to see')
  return {
    endpoints: [...rows].map(([name, own]) => ({
      name,
      unit: units.get(name === '' ? 'DV' : name) ?? '',
      ...limited(nominal === undefined ? inBins(own) : own, name, choice.limits),
    })),
    groups: [...groups].map(([name, group]) => ({ name, subjects: group.members.size, doses: group.doses })),
    groupedBy: by ?? (byDose ? 'dose' : ''),
    nominalFrom: nominal === undefined ? 'medians of bins of about equal numbers' : `column ${nominal}`,
  }
}

/** What a column says in the row of a record; NaN where it says nothing. */
function valueAt({ parameters, covariates = [] }: Subject, record: EventRecord, name: string): number {
  if (record.covariates !== undefined && Object.hasOwn(record.covariates, name))
    return record.covariates[name] ?? Number.NaN
  const changing = covariates.find((covariate) => covariate.name === name)
  const last = changing?.times.findLastIndex((time) => time <= record.time) ?? -1
  const value = last < 0 ? undefined : changing?.values[last]
  return value ?? (Object.hasOwn(parameters, name) ? parameters[name] : undefined) ?? Number.NaN
}

function inBins(rows: readonly ExploredRow[]): readonly ExploredRow[] {
  const subjects = new Set(rows.map(({ subject }) => subject)).size
  const count = Math.min(mostBins, Math.max(1, Math.round(rows.length / subjects)))
  const nominal = new Float64Array(rows.length)
  for (const { time, members } of timeBins(
    rows.map((row) => row.time),
    count,
  ))
    for (const member of members) nominal[member] = time
  return rows.map((row, k) => ({ ...row, nominal: nominal[k] ?? row.time }))
}

/**
 * Marks what is below the limit given for an endpoint. Without one, the limit is that at which at least half of the censored
 * values stand, and censored is what the data say.
 */
function limited(
  rows: readonly ExploredRow[],
  name: string,
  limits: ExplorationChoice['limits'],
): Pick<ExploredEndpoint, 'rows' | 'lloq'> {
  const given = [name, ''].find((key) => Object.hasOwn(limits, key))
  const limit = given === undefined ? undefined : limits[given]
  if (limit !== undefined)
    return { rows: rows.map((row) => (row.value < limit ? { ...row, below: true, value: limit } : row)), lloq: limit }
  const censored = rows.flatMap(({ below, value }) => (below ? [value] : []))
  const common = commonLimit(censored)
  const share = censored.filter((value) => value === common).length / censored.length
  return { rows, lloq: share >= 0.5 ? common : undefined }
}
