import { nearestName } from '@cartkin/model'
import type { Milestone, Regimen, RegimenDose } from './regimen.ts'
import { RegimenAmounts, scaled } from './regimen-amount.ts'
import type { RegimenDocument, RegimenItem, TimeText } from './regimen-document.ts'
import { type Path, type RegimenIssue, RegimenIssues } from './regimen-issues.ts'
import { type RegimenModel, regimenPatient } from './regimen-patient.ts'
import { readShare, readTime } from './regimen-quantity.ts'

export type ExpandedRegimen =
  | { readonly ok: true; readonly regimen: Regimen }
  | { readonly ok: false; readonly issues: readonly RegimenIssue[] }

/** Deepest chain of references, and most lines that they may make. */
const deepest = 8
const mostItems = 10_000

/**
 * A regimen as people write it in the terms of a model: doses at times in its unit, with amounts in the units of its states,
 * as numbers or as expressions over its parameters where they depend on the patient. A regimen that is in these terms stays
 * as it is. Without a model (null) times are in the regimen's unit and amounts in the units they are written in.
 */
export function expandRegimen(document: RegimenDocument, model: RegimenModel | null): ExpandedRegimen {
  const issues = new RegimenIssues()
  const expansion = new Expansion(document, model, issues)
  expansion.items(document.doses, ['doses'], 0, [])
  const { doses } = expansion
  const milestones = [...(document.milestones ?? []), ...expansion.milestones]
  if (issues.list.length > 0) return { ok: false, issues: issues.list }
  const name = document.name ?? 'regimen'
  return { ok: true, regimen: { name, doses, ...(milestones.length > 0 && { milestones }) } }
}

/** The unit that the times of an expanded regimen are in. */
export function regimenTimeUnit({ timeUnit }: Pick<RegimenDocument, 'timeUnit'>, model: RegimenModel | null): string {
  return model?.timeUnit || timeUnit || 'day'
}

class Expansion {
  readonly doses: RegimenDose[] = []
  readonly milestones: Milestone[] = []
  readonly #issues: RegimenIssues
  readonly #document: RegimenDocument
  readonly #model: RegimenModel | null
  readonly #amounts: RegimenAmounts
  readonly #timeUnit: string
  readonly #modelTimeUnit: string
  #count = 0

  constructor(document: RegimenDocument, model: RegimenModel | null, issues: RegimenIssues) {
    this.#issues = issues
    this.#document = document
    this.#model = model
    this.#modelTimeUnit = regimenTimeUnit(document, model)
    this.#timeUnit = document.timeUnit ?? this.#modelTimeUnit
    const patient = regimenPatient(document.patient ?? {}, model, (quantity, message) =>
      issues.tell(['patient', quantity], message),
    )
    this.#amounts = new RegimenAmounts(model, patient, issues)
  }

  items(items: readonly RegimenItem[], path: Path, shift: number, within: readonly string[]): void {
    items.forEach((item, index) => {
      this.#count++
      if (this.#count === mostItems) this.#issues.tell(path, `references make more than ${mostItems} lines`)
      if (this.#count >= mostItems) return
      const at = [...path, index]
      if (item.regimen !== undefined) this.#reference(item, item.regimen, at, shift, within)
      else if (item.event !== undefined) this.#event(item, item.event, at, shift)
      else this.#dose(item, at, shift)
    })
  }

  #reference(item: RegimenItem, name: string, path: Path, shift: number, within: readonly string[]): void {
    const { time, day, regimen: _, ...others } = item
    const surplus = Object.keys(others)[0]
    if (surplus !== undefined) {
      this.#issues.tell(
        [...path, surplus],
        `a line that refers to a regimen has a time and nothing else, got ${surplus}`,
      )
      return
    }
    const known = this.#document.regimens ?? {}
    const lines = Object.hasOwn(known, name) ? known[name] : undefined
    if (lines === undefined) {
      const nearest = nearestName(name, Object.keys(known))
      this.#issues.tell(
        [...path, 'regimen'],
        `no regimen ${name} under \`regimens\`${nearest === undefined ? '' : `; did you mean ${nearest}?`}`,
      )
      return
    }
    if (within.includes(name) || within.length >= deepest) {
      this.#issues.tell([...path, 'regimen'], `regimen ${name} refers to itself: ${[...within, name].join(' → ')}`)
      return
    }
    const times = time === undefined && day === undefined ? [0] : this.#times(item, path)
    for (const at of times ?? []) this.items(lines, ['regimens', name], shift + at, [...within, name])
  }

  #event(
    { time, day, event: label, removes = {}, ...others }: RegimenItem,
    name: string,
    path: Path,
    shift: number,
  ): void {
    const surplus = Object.keys(others)[0]
    if (surplus !== undefined)
      this.#issues.tell([...path, surplus], `an event has time, event and removes, got ${surplus}`)
    const times = this.#times({ ...(time !== undefined && { time }), ...(day !== undefined && { day }) }, path)
    for (const at of times ?? []) {
      this.milestones.push({ time: at + shift, label: label ?? name })
      for (const [cmt, share] of Object.entries(removes)) {
        if (!this.#isState(cmt, [...path, 'removes', cmt])) continue
        const removed = this.#issues.read(readShare(share), [...path, 'removes', cmt])
        if (removed !== null)
          this.doses.push({ time: at + shift, cmt, amt: 1 - removed, evid: 6, label: label ?? name })
      }
    }
  }

  #dose(item: RegimenItem, path: Path, shift: number): void {
    const { cmt, label } = item
    if (cmt === undefined) {
      this.#issues.tell(path, 'a dose needs `cmt:`, the state that it goes into')
      return
    }
    if (!this.#isState(cmt, [...path, 'cmt'])) return
    const amount = this.#amounts.amount(item, cmt, path)
    const times = this.#times(item, path)
    const course = this.#course(item, cmt, path)
    const parts = this.#parts(item, path)
    if (amount === null || times === null || course === null || parts === null) return
    const { duration, rate, ii, addl } = course
    const pushed = (time: number, share: number, repeats: boolean, text: string | undefined) => {
      const given = amount.given && { ...amount.given, amount: scaled(share, amount.given.amount) }
      this.doses.push({
        time: time + shift,
        cmt,
        amt: scaled(share, amount.amt),
        ...(rate !== undefined && { rate }),
        ...(duration !== undefined && { duration }),
        ...(repeats && ii !== undefined && { ii }),
        ...(repeats && addl !== undefined && { addl }),
        ...(text !== undefined && { label: text }),
        ...(item.evid !== undefined && { evid: item.evid }),
        ...(given !== undefined && { given }),
      })
    }
    if (parts.length === 1) {
      for (const time of times) pushed(time, 1, true, label)
      return
    }
    const part = (share: number) => `${label ?? cmt} (${Number((100 * share).toPrecision(6))} %)`
    if (times.length === parts.length) {
      parts.forEach((share, k) => {
        pushed(times[k] ?? Number.NaN, share, false, part(share))
      })
    } else if (ii !== undefined && addl === undefined) {
      for (const time of times)
        parts.forEach((share, k) => {
          pushed(time + k * ii, share, false, part(share))
        })
    } else
      this.#issues.tell(
        [...path, 'split'],
        `${parts.length} parts need as many times, or one and \`every:\` the interval between them`,
      )
  }

  #isState(cmt: string, path: Path): boolean {
    if (this.#model === null) return true
    const names = this.#model.states.map(({ name }) => name)
    if (names.includes(cmt) || names[Number(cmt) - 1] !== undefined) return true
    const nearest = nearestName(cmt, names)
    const remedy = nearest === undefined ? `it has ${names.join(', ') || 'none'}` : `did you mean ${nearest}?`
    this.#issues.tell(path, `the model has no state ${cmt}; ${remedy}`)
    return false
  }

  #duration(text: TimeText, path: Path): number | null {
    const time = this.#issues.read(readTime(text, this.#timeUnit, this.#modelTimeUnit), path)
    if (time === null || time > 0) return time
    this.#issues.tell(path, `expected a time above 0, got ${text}`)
    return null
  }

  /** How one dose is given and when it is repeated; null where something is wrong. */
  #course(item: RegimenItem, cmt: string, path: Path): Pick<RegimenDose, 'rate' | 'duration' | 'ii' | 'addl'> | null {
    const before = this.#issues.list.length
    const one = <K extends keyof RegimenItem>(names: readonly K[]): K | undefined => {
      const [first, second] = names.filter((name) => item[name] !== undefined)
      if (second !== undefined)
        this.#issues.tell([...path, String(second)], `stands beside \`${String(first)}\`; give one of the two`)
      return first
    }
    const length = one(['over', 'rate', 'duration'])
    const interval = one(['every', 'ii'])
    const repeats = one(['times', 'addl', 'split'])
    const addl = item.times === undefined ? item.addl : item.times - 1
    if (interval === undefined && (addl ?? 0) > 0)
      this.#issues.tell(
        [...path, String(repeats)],
        item.times === undefined
          ? 'needs ii, the time between the additional doses'
          : 'needs `every:`, the interval between the doses',
      )
    if (interval === 'every' && repeats === undefined)
      this.#issues.tell([...path, 'every'], 'needs `times:`, the number of doses')
    const ii = interval === undefined ? undefined : this.#duration(item[interval] ?? 0, [...path, interval])
    const duration =
      length === undefined || length === 'rate' ? undefined : this.#duration(item[length] ?? 0, [...path, length])
    const rate =
      length === 'rate'
        ? this.#amounts.rate(item.rate ?? 0, item, cmt, path, (text, at) => this.#duration(text, at))
        : undefined
    if (this.#issues.list.length > before || ii === null || duration === null || rate === null) return null
    return {
      ...(rate !== undefined && { rate }),
      ...(duration !== undefined && { duration }),
      ...(ii !== undefined && { ii }),
      ...(addl !== undefined && { addl }),
    }
  }

  #parts({ split }: RegimenItem, path: Path): readonly number[] | null {
    if (split === undefined) return [1]
    const parts = split.map((share, k) => this.#issues.read(readShare(share), [...path, 'split', k]))
    const shares = parts.filter((share) => share !== null)
    if (shares.length < parts.length) return null
    const sum = shares.reduce((total, share) => total + share, 0)
    if (Math.abs(sum - 1) <= 1e-9) return shares
    this.#issues.tell(
      [...path, 'split'],
      `the parts add up to ${Number((100 * sum).toPrecision(6))} %; they must make 100 %`,
    )
    return null
  }

  #times({ time, day }: Pick<RegimenItem, 'time' | 'day'>, path: Path): readonly number[] | null {
    if ((time === undefined) === (day === undefined)) {
      this.#issues.tell(
        time === undefined ? path : [...path, 'day'],
        time === undefined ? 'a `day:` or a `time:` is needed' : 'stands beside `time`; give one of the two',
      )
      return null
    }
    const name = time === undefined ? 'day' : 'time'
    const unit = time === undefined ? 'day' : this.#timeUnit
    const texts = time ?? day ?? []
    const list = typeof texts === 'object' ? texts : [texts]
    const read = list.flatMap((text, k): readonly (number | null)[] => {
      const at = typeof texts === 'object' ? [...path, name, k] : [...path, name]
      const days = typeof text === 'string' && name === 'day' ? text.split(' to ') : []
      if (days.length !== 2) return [this.#issues.read(readTime(text, unit, this.#modelTimeUnit), at)]
      const [from, to] = days.map((bound) => Number(bound.trim().replace('−', '-')))
      if (
        Number.isInteger(from) &&
        Number.isInteger(to) &&
        from !== undefined &&
        to !== undefined &&
        from <= to &&
        to - from < 1000
      )
        return Array.from({ length: to - from + 1 }, (_, i) =>
          this.#issues.read(readTime(from + i, 'day', this.#modelTimeUnit), at),
        )
      this.#issues.tell(
        at,
        `expected days from an earlier to a later one, such as -5 to -3, got ${JSON.stringify(text)}`,
      )
      return [null]
    })
    const times = read.filter((value) => value !== null)
    return times.length === read.length && times.length > 0 ? times : null
  }
}
