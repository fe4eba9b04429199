import type { DecisionRule, Milestone, Regimen, RegimenDose } from '@cartkin/simulation'

/** Doses in the order of their times; those of one time keep theirs. */
export function sortedDoses(doses: readonly RegimenDose[]): readonly RegimenDose[] {
  return doses.toSorted((a, b) => a.time - b.time)
}

/** The regimen with a dose in place of one of its own. */
export function withDose(regimen: Regimen, index: number, dose: RegimenDose): Regimen {
  return { ...regimen, doses: regimen.doses.map((before, k) => (k === index ? dose : before)) }
}

export function withoutDose(regimen: Regimen, index: number): Regimen {
  return { ...regimen, doses: regimen.doses.filter((_, k) => k !== index) }
}

export function withNewDose(regimen: Regimen, dose: RegimenDose): Regimen {
  return { ...regimen, doses: sortedDoses([...regimen.doses, dose]) }
}

/** The regimen with some of its doses moved by a time, none to before `start`. */
export function shifted(regimen: Regimen, indices: ReadonlySet<number>, by: number, start: number): Regimen {
  const earliest = Math.min(...regimen.doses.filter((_, k) => indices.has(k)).map(({ time }) => time))
  const allowed = Math.max(by, start - earliest)
  if (allowed === 0 || indices.size === 0) return regimen
  const moved = (dose: RegimenDose, k: number): RegimenDose =>
    indices.has(k) ? { ...dose, time: dose.time + allowed } : dose
  return { ...regimen, doses: regimen.doses.map(moved) }
}

/** One dose in parts: shares of its amount, one after the other. */
export function splitDose(regimen: Regimen, index: number, shares: readonly number[], interval: number): Regimen {
  const dose = regimen.doses[index]
  if (!dose) return regimen
  const { ii: _, addl: __, ...once } = dose
  const parts = shares.map((share, k): RegimenDose => {
    const percent = Number((100 * share).toPrecision(6))
    const part = {
      ...once,
      time: dose.time + k * interval,
      amt: scaledBy(share, dose.amt),
      label: `${dose.label ?? dose.cmt} (${percent} %)`,
    }
    return dose.given ? { ...part, given: { ...dose.given, amount: scaledBy(share, dose.given.amount) } } : part
  })
  return { ...regimen, doses: sortedDoses(regimen.doses.toSpliced(index, 1, ...parts)) }
}

function scaledBy(share: number, amount: number | string): number | string {
  if (typeof amount === 'number') return share * amount
  return /^\w+$/.test(amount) ? `${share}*${amount}` : `${share}*(${amount})`
}

/** Shares that were typed, `10, 30, 60` in per cent; they make 100 %. */
export function readShares(text: string): readonly number[] | { readonly problem: string } {
  const numbers = text
    .split(/[\s,;%/]+/)
    .filter((part) => part !== '')
    .map(Number)
  if (numbers.length < 2 || numbers.length > 20)
    return { problem: 'Type two shares or more in per cent, for example 10, 30, 60.' }
  if (!numbers.every((share) => share > 0)) return { problem: 'Shares are numbers above 0, for example 10, 30, 60.' }
  const sum = numbers.reduce((total, share) => total + share, 0)
  if (!(Math.abs(sum - 100) < 1e-9)) return { problem: `The shares make ${Number(sum.toPrecision(6))} %, not 100 %.` }
  return numbers.map((share) => share / 100)
}

export function withMilestones(regimen: Regimen, milestones: readonly Milestone[]): Regimen {
  const { milestones: _, ...others } = regimen
  const sorted = milestones.toSorted((a, b) => a.time - b.time)
  return milestones.length > 0 ? { ...others, milestones: sorted } : others
}

export function withRules(regimen: Regimen, rules: readonly DecisionRule[]): Regimen {
  const { rules: _, ...others } = regimen
  return rules.length > 0 ? { ...others, rules } : others
}

/** Whether two regimens give the same, whatever they are called. */
export function sameRegimen({ name: _, ...a }: Regimen, { name: __, ...b }: Regimen): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
