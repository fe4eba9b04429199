import { type TimeBin, timeBins, timeBinsBetween } from '@cartkin/fitting'
import { asInput } from '../files/as-input.ts'
import type { DesignEndpoint } from './check-design.ts'

/** Observations of an endpoint that are checked by themselves. */
export interface Stratum {
  /** Empty where all are checked together. */
  readonly name: string
  /** Places among the endpoint's observations; every observation is in one stratum. */
  readonly places: readonly number[]
  /** Bins of the stratum, whose members are places among all observations of the endpoint. */
  readonly bins: readonly TimeBin[]
}

/** Most bins that are chosen where none are asked for. */
const mostBins = 15

/**
 * The observations of an endpoint by group, each with bins of time of its own; groups without observations are left out.
 *
 * @param groupOf group by place of a subject; '' for all puts them together.
 * @param order of the groups.
 * @param asked number of bins, or the times between them; about as many as a subject of the stratum has observations if absent.
 */
export function strataOf(
  { rows }: Pick<DesignEndpoint, 'rows'>,
  groupOf: (subject: number) => string,
  order: readonly string[],
  asked: number | readonly number[] | undefined,
): readonly Stratum[] {
  const groups = new Map<string, number[]>(order.map((name) => [name, []]))
  for (const [place, { subject }] of rows.entries()) {
    const name = groupOf(subject)
    const own = groups.get(name) ?? []
    groups.set(name, own)
    own.push(place)
  }
  return [...groups].flatMap(([name, places]): readonly Stratum[] => {
    if (places.length === 0) return []
    const own = places.flatMap((place) => rows[place] ?? [])
    const within = chosenBins(own, asked)
    const bins = within.map((bin) => ({ ...bin, members: bin.members.map((k) => places[k] ?? Number.NaN) }))
    return [{ name, places, bins }]
  })
}

function chosenBins(rows: DesignEndpoint['rows'], asked: number | readonly number[] | undefined): readonly TimeBin[] {
  const times = rows.map(({ time }) => time)
  const subjects = new Set(rows.map(({ subject }) => subject)).size
  const perSubject = Math.min(mostBins, Math.max(1, Math.round(rows.length / subjects)))
  return asInput('bins', () =>
    typeof asked === 'object' ? timeBinsBetween(times, asked) : timeBins(times, asked ?? perSubject),
  )
}
