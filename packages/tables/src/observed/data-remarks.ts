import { isDose } from '@cartkin/simulation'
import type { EventData } from '../event-data/read-event-data.ts'
import { isMeasured } from './is-measured.ts'

/** What is wrong with the data of a subject, before any fit. */
export interface DataRemark {
  readonly subject: string
  /** 'unfit': these data cannot be fitted; 'doubt': they can, but perhaps not as was meant. */
  readonly kind: 'unfit' | 'doubt'
  /** With the lines of the file. */
  readonly message: string
}

/** Courses longer than this many horizons of a library model are taken for another unit of time. */
const longest = 20

/**
 * What no fit should begin with: a subject without a quantified value, with a single one, with the same value throughout;
 * doses after its last observation; times far beyond what the model was made for.
 *
 * @param data with observations named as `observedAs` does.
 * @param horizon of the library model; undefined where there is none.
 */
export function dataRemarks(data: EventData, horizon?: number): readonly DataRemark[] {
  return data.subjects.flatMap(({ id, records }, subject): readonly DataRemark[] => {
    const at = (record: number) => data.refusal(subject, record, 'DV', '', '').position?.line ?? 0
    const observed = records.flatMap((record, place) => (isMeasured(record) ? [{ ...record, place }] : []))
    const unfit = (message: string): DataRemark[] => [{ subject: id, kind: 'unfit', message }]
    const [first] = observed
    if (first === undefined) return unfit('it has no observation')
    const quantified = observed.filter(({ cens }) => cens === undefined || cens === 0)
    const [only, second] = quantified
    if (only === undefined)
      return unfit(
        observed.length === 1
          ? `its only value is beyond a limit of quantification (line ${at(first.place)})`
          : `all ${observed.length} values are beyond a limit of quantification (${lines(observed.map(({ place }) => at(place)))})`,
      )
    if (second === undefined)
      return unfit(
        `it has one quantified value (line ${at(only.place)})${observed.length > 1 ? ` among ${observed.length}` : ''}, which determines no course`,
      )
    if (quantified.every(({ dv, endpoint }) => dv === only.dv && endpoint === only.endpoint))
      return unfit(
        `its ${quantified.length} quantified values are all ${only.dv} (${lines(quantified.map(({ place }) => at(place)))}): they have no variance`,
      )
    const last = observed.at(-1) ?? first
    const late = records.flatMap((record, place) => (isDose(record) && record.time > last.time ? [place] : []))
    const doubts: string[] = []
    if (late.length > 0)
      doubts.push(
        `${late.length === 1 ? 'the dose' : `${late.length} doses`} in ${lines(late.map(at))} ${late.length === 1 ? 'is' : 'are'} after its last observation (line ${at(last.place)}), so no prediction depends on ${late.length === 1 ? 'it' : 'them'}; is a time wrong?`,
      )
    if (horizon !== undefined && last.time > longest * horizon)
      doubts.push(
        `its last observation is at time ${last.time} (line ${at(last.place)}), far beyond the ${horizon} days that the model was made for; if times are hours, say so with --data-time-unit h`,
      )
    return doubts.map((message): DataRemark => ({ subject: id, kind: 'doubt', message }))
  })
}

/** `line 3`, `lines 3 to 7`, `lines 3, 5, 9`. */
function lines(numbers: readonly number[]): string {
  const [first = 0] = numbers
  const last = numbers.at(-1) ?? first
  if (numbers.length === 1) return `line ${first}`
  if (last - first === numbers.length - 1 && numbers.length > 2) return `lines ${first} to ${last}`
  const shown = numbers.slice(0, 12)
  return `lines ${shown.join(', ')}${numbers.length > shown.length ? ' and more' : ''}`
}
