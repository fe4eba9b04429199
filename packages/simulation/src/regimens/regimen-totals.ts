import type { GivenAmount, Regimen } from './regimen.ts'
import { doseName, regimenAmount } from './regimen-records.ts'

/** All that is given of one thing. */
export interface RegimenTotal {
  /** Label of its doses, else their state. */
  readonly name: string
  /** How many doses, additional ones included. */
  readonly doses: number
  readonly amount: number
  /** Empty where the amounts are in the units of the state. */
  readonly unit: string
  /** Of cells with a known product: how many there are. */
  readonly cells?: CellCount
}

/** Cells of a product. */
export interface CellCount {
  readonly viableTransduced: number
  readonly viable: number
  readonly all: number
}

/** What is given altogether, in the order of the doses; parts of a split infusion count together. */
export function regimenTotals(regimen: Regimen, value: (name: string) => number): readonly RegimenTotal[] {
  const totals = new Map<string, RegimenTotal>()
  regimen.doses.forEach(({ cmt, amt, label, addl = 0, evid, given }, k) => {
    if (evid !== undefined) return
    const one = regimenAmount(given?.amount ?? amt, doseName(regimen, k), value)
    const unit = given?.unit ?? ''
    const name = withoutShare(label ?? cmt)
    const before = totals.get(`${name}\n${unit}`)
    const amount = one * (addl + 1)
    const cells = cellCount(amount, given?.product)
    totals.set(`${name}\n${unit}`, {
      name,
      doses: (before?.doses ?? 0) + addl + 1,
      amount: (before?.amount ?? 0) + amount,
      unit,
      ...(cells !== undefined && { cells: sum(cells, before?.cells) }),
    })
  })
  return [...totals.values()]
}

/** How many cells of a product hold so many viable transduced ones. */
function cellCount(viableTransduced: number, product: GivenAmount['product']): CellCount | undefined {
  if (product === undefined) return undefined
  const viable = viableTransduced / product.transduced
  return { viableTransduced, viable, all: viable / product.viability }
}

function sum(a: CellCount, b: CellCount | undefined): CellCount {
  if (b === undefined) return a
  return {
    viableTransduced: a.viableTransduced + b.viableTransduced,
    viable: a.viable + b.viable,
    all: a.all + b.all,
  }
}

/** `CAR-T cells` of `CAR-T cells (30 %)`. */
function withoutShare(label: string): string {
  const open = label.lastIndexOf(' (')
  return open >= 0 && label.endsWith(' %)') ? label.slice(0, open) : label
}
