import { nearestName, parseExpression, readUnit } from '@cartkin/model'
import type { GivenAmount } from './regimen.ts'
import type { RegimenItem } from './regimen-document.ts'
import type { Path, RegimenIssues } from './regimen-issues.ts'
import type { Patient, RegimenModel, Value } from './regimen-patient.ts'
import { readQuantity, readShare, unitRatio, type WrittenQuantity } from './regimen-quantity.ts'

type ReadDuration = (text: string, path: Path) => number | null

/** Amounts of the lines of a regimen, in the units of the states of a model. */
export class RegimenAmounts {
  readonly #model: RegimenModel | null
  readonly #patient: Patient
  readonly #issues: RegimenIssues

  constructor(model: RegimenModel | null, patient: Patient, issues: RegimenIssues) {
    this.#model = model
    this.#patient = patient
    this.#issues = issues
  }

  /** The amount of a dose in the units of its state, and as it is given; null where it cannot be. */
  amount(item: RegimenItem, cmt: string, path: Path): { readonly amt: Value; readonly given?: GivenAmount } | null {
    const { amt, amount } = item
    if ((amt === undefined) === (amount === undefined)) {
      this.#issues.tell(
        amt === undefined ? path : [...path, 'amt'],
        amt === undefined
          ? 'a dose needs `amount:`, such as 30 mg/m2, or `amt:` in the units of the state'
          : 'stands beside `amount`; give one of the two',
      )
      return null
    }
    if (amt !== undefined) {
      for (const name of ['unit', 'atMost', 'counts', 'viability', 'transduced'] as const)
        if (item[name] !== undefined)
          this.#issues.tell([...path, name], `\`${name}\` belongs to \`amount\`, not to \`amt\``)
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
    const written = this.#issues.read(readQuantity(text), path)
    if (written !== null && !(written.value >= 0)) {
      this.#issues.tell(path, `expected an amount from 0 on, got ${text}`)
      return null
    }
    return written
  }

  /** Times the patient's weight or surface. */
  #ofPatient({ value, per }: WrittenQuantity, path: Path): Value | null {
    const tell = (message: string) => this.#issues.tell([...path, 'amount'], message)
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
      this.#issues.tell([...path, 'atMost'], `is in ${cap.unitText}, which cannot be held against ${unitText}`)
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
        if (needed)
          this.#issues.tell([...path, 'counts'], `the amount counts ${counts}; \`${name}:\` is needed, such as 90 %`)
        return needed ? null : undefined
      }
      const read = this.#issues.read(readShare(text), [...path, name])
      if (read === 0) this.#issues.tell([...path, name], 'a product without such cells has no dose')
      return read
    }
    const viability = share('viability', counts === 'cells')
    const transduced = share('transduced', counts !== 'viable transduced cells')
    if (viability === null || transduced === null) return null
    if (
      (viability !== undefined || transduced !== undefined || item.counts !== undefined) &&
      !unitText.includes('cell')
    ) {
      this.#issues.tell([...path, 'amount'], `is in ${unitText}; viability and transduction belong to amounts of cells`)
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
        this.#issues.tell(
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
      this.#issues.tell(
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
      this.#issues.tell(path, `expected an amount from 0 on, or an expression over the parameters, got ${amt}`)
      return false
    }
    const expression = parseExpression(amt)
    if (!expression.ok) {
      this.#issues.tell(path, expression.diagnostics[0]?.message ?? 'expected an expression')
      return false
    }
    const names = this.#model?.parameters.map(({ name }) => name)
    const unknown = names && expression.names.find((name) => !names.includes(name))
    if (unknown === undefined) return true
    const nearest = nearestName(unknown, names ?? [])
    const remedy = nearest === undefined ? `it has ${names?.join(', ') || 'none'}` : `did you mean ${nearest}?`
    this.#issues.tell(path, `the model has no parameter ${unknown}; ${remedy}`)
    return false
  }

  /** `10 mg/h` in the units of the state per time, a number as it is; `duration` reads a time. */
  rate(rate: number | string, item: RegimenItem, cmt: string, path: Path, duration: ReadDuration): number | null {
    const at = [...path, 'rate']
    if (typeof rate === 'number') {
      if (rate > 0 && Number.isFinite(rate)) return rate
      this.#issues.tell(at, `expected a rate above 0, got ${rate}`)
      return null
    }
    const slash = rate.lastIndexOf('/')
    const written = slash < 0 ? null : this.#quantity(rate.slice(0, slash), at)
    if (slash < 0 || (written !== null && written.per !== null))
      this.#issues.tell(at, `expected a rate such as 10 mg/h, got ${JSON.stringify(rate)}`)
    if (written === null || written.per !== null) return null
    const time = duration(`1 ${rate.slice(slash + 1)}`, at)
    const amount = this.#inState(written.value, written, item, cmt, path, 1)
    if (time === null || typeof amount !== 'number') return null
    return amount / time
  }
}

/** factor · value. */
export function scaled(factor: number, value: Value): Value {
  if (typeof value === 'number') return factor * value
  return factor === 1 ? value : `${factor}*${value}`
}
