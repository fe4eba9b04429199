import { nearestName, parseExpression, readUnit } from '@cartkin/model'
import type { GivenAmount, Milestone, Regimen, RegimenDose } from './regimen.ts'
import type { RegimenDocument, RegimenItem, TimeText } from './regimen-document.ts'
import { type Patient, type RegimenModel, regimenPatient, type Value } from './regimen-patient.ts'
import { readQuantity, readShare, readTime, unitRatio, type WrittenQuantity } from './regimen-quantity.ts'

/** Something that a regimen cannot mean, with its place in the document. */
export interface RegimenIssue {
  readonly path: readonly (string | number)[]
  readonly message: string
}

export type ExpandedRegimen =
  | { readonly ok: true; readonly regimen: Regimen }
  | { readonly ok: false; readonly issues: readonly RegimenIssue[] }

/** Deepest chain of references, and most lines that they may make. */
const deepest = 8
const mostItems = 10_000

type Path = readonly (string | number)[]

/**
 * A regimen as people write it in the terms of a model: doses at times in its unit, with amounts in the units of its states,
 * as numbers or as expressions over its parameters where they depend on the patient. A regimen that is in these terms stays
 * as it is. Without a model (null) times are in the regimen's unit and amounts in the units they are written in.
 */
export function expandRegimen(document: RegimenDocument, model: RegimenModel | null): ExpandedRegimen {
  const expansion = new Expansion(document, model)
  expansion.items(document.doses, ['doses'], 0, [])
  const { doses, issues } = expansion
  const milestones = [...(document.milestones ?? []), ...expansion.milestones]
  if (issues.length > 0) return { ok: false, issues }
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
  readonly issues: RegimenIssue[] = []
  readonly #document: RegimenDocument
  readonly #model: RegimenModel | null
  readonly #patient: Patient
  readonly #timeUnit: string
  readonly #modelTimeUnit: string
  #count = 0

  constructor(document: RegimenDocument, model: RegimenModel | null) {
    this.#document = document
    this.#model = model
    this.#modelTimeUnit = regimenTimeUnit(document, model)
    this.#timeUnit = document.timeUnit ?? this.#modelTimeUnit
    this.#patient = regimenPatient(document.patient ?? {}, model, (quantity, message) =>
      this.#tell(['patient', quantity], message),
    )
  }

  items(items: readonly RegimenItem[], path: Path, shift: number, within: readonly string[]): void {
    items.forEach((item, index) => {
      this.#count++
      if (this.#count === mostItems) this.#tell(path, `references make more than ${mostItems} lines`)
      if (this.#count >= mostItems) return
      const at = [...path, index]
      if (item.regimen !== undefined) this.#reference(item, item.regimen, at, shift, within)
      else if (item.event !== undefined) this.#event(item, item.event, at, shift)
      else this.#dose(item, at, shift)
    })
  }

  #tell(path: Path, message: string): void {
    if (!this.issues.some((issue) => issue.message === message && issue.path.join() === path.join()))
      this.issues.push({ path, message })
  }

  /** The value, where it is no problem; else the problem is told. */
  #read<T extends object | number>(read: T | { readonly problem: string }, path: Path): T | null {
    if (typeof read !== 'object' || !('problem' in read)) return read
    this.#tell(path, read.problem)
    return null
  }

  #reference(item: RegimenItem, name: string, path: Path, shift: number, within: readonly string[]): void {
    const { time, day, regimen: _, ...others } = item
    const surplus = Object.keys(others)[0]
    if (surplus !== undefined) {
      this.#tell([...path, surplus], `a line that refers to a regimen has a time and nothing else, got ${surplus}`)
      return
    }
    const known = this.#document.regimens ?? {}
    const lines = Object.hasOwn(known, name) ? known[name] : undefined
    if (lines === undefined) {
      const nearest = nearestName(name, Object.keys(known))
      this.#tell(
        [...path, 'regimen'],
        `no regimen ${name} under \`regimens\`${nearest === undefined ? '' : `; did you mean ${nearest}?`}`,
      )
      return
    }
    if (within.includes(name) || within.length >= deepest) {
      this.#tell([...path, 'regimen'], `regimen ${name} refers to itself: ${[...within, name].join(' → ')}`)
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
    if (surplus !== undefined) this.#tell([...path, surplus], `an event has time, event and removes, got ${surplus}`)
    const times = this.#times({ ...(time !== undefined && { time }), ...(day !== undefined && { day }) }, path)
    for (const at of times ?? []) {
      this.milestones.push({ time: at + shift, label: label ?? name })
      for (const [cmt, share] of Object.entries(removes)) {
        if (!this.#isState(cmt, [...path, 'removes', cmt])) continue
        const removed = this.#read(readShare(share), [...path, 'removes', cmt])
        if (removed !== null)
          this.doses.push({ time: at + shift, cmt, amt: 1 - removed, evid: 6, label: label ?? name })
      }
    }
  }

  #dose(item: RegimenItem, path: Path, shift: number): void {
    const { cmt, label } = item
    if (cmt === undefined) {
      this.#tell(path, 'a dose needs `cmt:`, the state that it goes into')
      return
    }
    if (!this.#isState(cmt, [...path, 'cmt'])) return
    const amount = this.#amount(item, cmt, path)
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
      this.#tell(
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
    this.#tell(path, `the model has no state ${cmt}; ${remedy}`)
    return false
  }

  #amount(item: RegimenItem, cmt: string, path: Path): { readonly amt: Value; readonly given?: GivenAmount } | null {
    const { amt, amount } = item
    if ((amt === undefined) === (amount === undefined)) {
      this.#tell(
        amt === undefined ? path : [...path, 'amt'],
        amt === undefined
          ? 'a dose needs `amount:`, such as 30 mg/m2, or `amt:` in the units of the state'
          : '`amt` stands beside `amount`; give one of the two',
      )
      return null
    }
    if (amt !== undefined) {
      for (const name of ['unit', 'atMost', 'counts', 'viability', 'transduced'] as const)
        if (item[name] !== undefined) this.#tell([...path, name], `\`${name}\` belongs to \`amount\`, not to \`amt\``)
      const { given } = item
      return this.#checkExpression(amt, [...path, 'amt']) ? { amt, ...(given !== undefined && { given }) } : null
    }
    const written = this.#quantity(amount ?? '', [...path, 'amount'])
    if (written === null) return null
    const whole = this.#ofPatient(written, path)
    const capped = whole === null ? null : this.#capped(whole, written, item, path)
    const cells = this.#cells(item, written, path)
    if (capped === null || cells === null) return null
    const given = scaled(cells.factor, capped)
    const amounts = this.#inState(given, written, item, cmt, path, item.atMost === undefined ? cells.factor : null)
    if (amounts === null) return null
    const { product } = cells
    return { amt: amounts, given: { amount: given, unit: written.unitText, ...(product !== undefined && { product }) } }
  }

  #quantity(text: string, path: Path): WrittenQuantity | null {
    const written = this.#read(readQuantity(text), path)
    if (written !== null && !(written.value >= 0)) {
      this.#tell(path, `expected an amount from 0 on, got ${text}`)
      return null
    }
    return written
  }

  /** Times the patient's weight or surface. */
  #ofPatient({ value, per }: WrittenQuantity, path: Path): Value | null {
    const tell = (message: string) => this.#tell([...path, 'amount'], message)
    if (per === null) return value
    const size = per === 'weight' ? this.#patient.weight(tell) : this.#patient.area(tell)
    return size === null ? null : scaled(value, size)
  }

  #capped(amount: Value, { unit, unitText }: WrittenQuantity, { atMost }: RegimenItem, path: Path): Value | null {
    if (atMost === undefined) return amount
    const cap = this.#quantity(atMost, [...path, 'atMost'])
    const most = cap && this.#ofPatient(cap, path)
    if (cap === null || most === null) return null
    const ratio = unitRatio(cap.unit, unit)
    if (ratio === undefined) {
      this.#tell([...path, 'atMost'], `is in ${cap.unitText}, which cannot be held against ${unitText}`)
      return null
    }
    const limit = scaled(ratio, most)
    return typeof amount === 'number' && typeof limit === 'number'
      ? Math.min(amount, limit)
      : `min(${amount}, ${limit})`
  }

  /** From the cells that the amount counts to viable transduced ones. */
  #cells(
    item: RegimenItem,
    { unitText }: WrittenQuantity,
    path: Path,
  ): { readonly factor: number; readonly product?: GivenAmount['product'] } | null {
    const { counts = 'viable transduced cells' } = item
    const share = (name: 'viability' | 'transduced', needed: boolean) => {
      const text = item[name]
      if (text === undefined) {
        if (needed) this.#tell([...path, 'counts'], `the amount counts ${counts}; \`${name}:\` is needed, such as 90 %`)
        return needed ? null : undefined
      }
      const read = this.#read(readShare(text), [...path, name])
      if (read === 0) this.#tell([...path, name], 'a product without such cells has no dose')
      return read
    }
    const viability = share('viability', counts === 'cells')
    const transduced = share('transduced', counts !== 'viable transduced cells')
    if (viability === null || transduced === null) return null
    if (
      (viability !== undefined || transduced !== undefined || item.counts !== undefined) &&
      !unitText.includes('cell')
    ) {
      this.#tell([...path, 'amount'], `is in ${unitText}; viability and transduction belong to amounts of cells`)
      return null
    }
    const factor =
      (counts === 'cells' ? (viability ?? 1) : 1) * (counts === 'viable transduced cells' ? 1 : (transduced ?? 1))
    return viability === undefined && transduced === undefined
      ? { factor }
      : { factor, product: { viability: viability ?? 1, transduced: transduced ?? 1 } }
  }

  /** The amount in the units of the state; `cells`: the factor from the written number, null where a cap came between. */
  #inState(
    given: Value,
    written: WrittenQuantity,
    { unit }: RegimenItem,
    cmt: string,
    path: Path,
    cells: number | null,
  ): Value | null {
    if (unit !== undefined) {
      const one = this.#quantity(unit, [...path, 'unit']) ?? null
      if (one === null) return null
      const ratio = unitRatio(written.unit, one.unit)
      if (ratio === undefined || !(one.value > 0)) {
        this.#tell(
          [...path, 'unit'],
          ratio === undefined
            ? `${unit} cannot be held against an amount in ${written.unitText}`
            : 'one unit of the state must stand for more than nothing',
        )
        return null
      }
      if (one.per === null) return scaled(ratio / one.value, given)
      if (one.per === written.per && cells !== null) return (written.value * cells * ratio) / one.value
      const size = this.#ofPatient({ ...one, value: 1 }, path)
      const whole = scaled(ratio / one.value, given)
      if (size === null) return null
      return typeof whole === 'number' && typeof size === 'number' ? whole / size : `(${whole})/(${size})`
    }
    const state = this.#model?.states.find(({ name }, k) => name === cmt || String(k + 1) === cmt)
    if (state === undefined || state.unit === '') return given
    const read = readUnit(state.unit)
    const ratio = read === undefined || read.logarithm !== undefined ? undefined : unitRatio(written.unit, read.unit)
    if (ratio === undefined) {
      this.#tell(
        [...path, 'amount'],
        `is in ${written.unitText}, and state ${state.name} in ${state.unit}; say what 1 of the state stands for, such as unit: 1 ${written.unitText}, or give amt in the units of the state`,
      )
      return null
    }
    return scaled(ratio, given)
  }

  #checkExpression(amt: Value, path: Path): boolean {
    if (typeof amt === 'number') {
      if (amt >= 0 && Number.isFinite(amt)) return true
      this.#tell(path, `expected an amount from 0 on, or an expression over the parameters, got ${amt}`)
      return false
    }
    const expression = parseExpression(amt)
    if (!expression.ok) {
      this.#tell(path, expression.diagnostics[0]?.message ?? 'expected an expression')
      return false
    }
    const names = this.#model?.parameters.map(({ name }) => name)
    const unknown = names && expression.names.find((name) => !names.includes(name))
    if (unknown === undefined) return true
    const nearest = nearestName(unknown, names ?? [])
    const remedy = nearest === undefined ? `it has ${names?.join(', ') || 'none'}` : `did you mean ${nearest}?`
    this.#tell(path, `the model has no parameter ${unknown}; ${remedy}`)
    return false
  }

  #duration(text: TimeText, path: Path): number | null {
    const time = this.#read(readTime(text, this.#timeUnit, this.#modelTimeUnit), path)
    if (time === null || time > 0) return time
    this.#tell(path, `expected a time above 0, got ${text}`)
    return null
  }

  /** How one dose is given and when it is repeated; null where something is wrong. */
  #course(item: RegimenItem, cmt: string, path: Path): Pick<RegimenDose, 'rate' | 'duration' | 'ii' | 'addl'> | null {
    const before = this.issues.length
    const one = <K extends keyof RegimenItem>(names: readonly K[]): K | undefined => {
      const [first, second] = names.filter((name) => item[name] !== undefined)
      if (second !== undefined)
        this.#tell(
          [...path, String(second)],
          `\`${String(second)}\` stands beside \`${String(first)}\`; give one of the two`,
        )
      return first
    }
    const length = one(['over', 'duration', 'rate'])
    const interval = one(['every', 'ii'])
    const repeats = one(['times', 'addl', 'split'])
    const addl = item.times === undefined ? item.addl : item.times - 1
    if (interval === undefined && (addl ?? 0) > 0)
      this.#tell(
        [...path, String(repeats)],
        item.times === undefined
          ? '`addl` needs ii, the time between the additional doses'
          : '`times` needs `every:`, the interval between the doses',
      )
    if (interval === 'every' && repeats === undefined)
      this.#tell([...path, 'every'], '`every` needs `times:`, the number of doses')
    const ii = interval === undefined ? undefined : this.#duration(item[interval] ?? 0, [...path, interval])
    const duration =
      length === undefined || length === 'rate' ? undefined : this.#duration(item[length] ?? 0, [...path, length])
    const rate = length === 'rate' ? this.#rate(item.rate ?? 0, item, cmt, path) : undefined
    if (this.issues.length > before || ii === null || duration === null || rate === null) return null
    return {
      ...(rate !== undefined && { rate }),
      ...(duration !== undefined && { duration }),
      ...(ii !== undefined && { ii }),
      ...(addl !== undefined && { addl }),
    }
  }

  #rate(rate: number | string, item: RegimenItem, cmt: string, path: Path): number | null {
    const at = [...path, 'rate']
    if (typeof rate === 'number') {
      if (rate > 0 && Number.isFinite(rate)) return rate
      this.#tell(at, `expected a rate above 0, got ${rate}`)
      return null
    }
    const slash = rate.lastIndexOf('/')
    const written = slash < 0 ? null : this.#quantity(rate.slice(0, slash), at)
    if (slash < 0 || (written !== null && written.per !== null))
      this.#tell(at, `expected a rate such as 10 mg/h, got ${JSON.stringify(rate)}`)
    if (written === null || written.per !== null) return null
    const time = this.#duration(`1 ${rate.slice(slash + 1)}`, at)
    const amount = this.#inState(written.value, written, item, cmt, path, 1)
    if (time === null || typeof amount !== 'number') return null
    return amount / time
  }

  #parts({ split }: RegimenItem, path: Path): readonly number[] | null {
    if (split === undefined) return [1]
    const parts = split.map((share, k) => this.#read(readShare(share), [...path, 'split', k]))
    const shares = parts.filter((share) => share !== null)
    if (shares.length < parts.length) return null
    const sum = shares.reduce((total, share) => total + share, 0)
    if (Math.abs(sum - 1) <= 1e-9) return shares
    this.#tell([...path, 'split'], `the parts add up to ${Number((100 * sum).toPrecision(6))} %; they must make 100 %`)
    return null
  }

  #times({ time, day }: Pick<RegimenItem, 'time' | 'day'>, path: Path): readonly number[] | null {
    if ((time === undefined) === (day === undefined)) {
      this.#tell(
        time === undefined ? path : [...path, 'day'],
        time === undefined ? 'a `day:` or a `time:` is needed' : '`day` stands beside `time`; give one of the two',
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
      if (days.length !== 2) return [this.#read(readTime(text, unit, this.#modelTimeUnit), at)]
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
          this.#read(readTime(from + i, 'day', this.#modelTimeUnit), at),
        )
      this.#tell(at, `expected days from an earlier to a later one, such as -5 to -3, got ${JSON.stringify(text)}`)
      return [null]
    })
    const times = read.filter((value) => value !== null)
    return times.length === read.length && times.length > 0 ? times : null
  }
}

/** factor · value. */
function scaled(factor: number, value: Value): Value {
  if (typeof value === 'number') return factor * value
  return factor === 1 ? value : `${factor}*${value}`
}
