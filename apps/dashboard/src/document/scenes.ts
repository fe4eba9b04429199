import { activeScenario, type Comparison, type Desk } from './desk.ts'
import type { Scenario } from './scenario.ts'

/** Colours and dashes that tell scenarios apart; more are shown side by side. */
export const mostLooks = 5
/** Most scenarios of a desk. */
export const mostScenarios = 24

/** Keeps the active scenario as it is, under a name of its own, before it in the strip; the active one goes on with the sliders. */
export function pinned(desk: Desk, name?: string): Desk {
  const active = activeScenario(desk)
  return inserted(
    desk,
    { ...active, shown: true, name: freeName(desk, name ?? active.name) },
    desk.scenarios.indexOf(active),
  )
}

/** A copy of a scenario beside it, which becomes the active one. */
export function duplicated(desk: Desk, id: string): Desk {
  const at = desk.scenarios.findIndex((scenario) => scenario.id === id)
  const found = desk.scenarios[at]
  if (!found) return desk
  const next = inserted(desk, { ...found, shown: true, name: freeName(desk, found.name) }, at + 1)
  return next === desk ? desk : { ...next, active: next.scenarios[at + 1]?.id ?? desk.active }
}

/** The desk with a scenario that was made elsewhere, after the active one. */
export function added(desk: Desk, scenario: Omit<Scenario, 'id' | 'look' | 'shown'>): Desk {
  const at = desk.scenarios.indexOf(activeScenario(desk)) + 1
  return inserted(desk, { ...scenario, id: '', look: 0, shown: true, name: freeName(desk, scenario.name) }, at)
}

/** The desk with another scenario, or the model's own values, to compare with. */
export function comparedWith(desk: Desk, reference: string | null): Desk {
  const isKnown = reference === null || desk.scenarios.some(({ id }) => id === reference)
  return desk.reference === reference || !isKnown ? desk : { ...desk, reference }
}

/** The desk without a scenario; the last one stays. */
export function removed(desk: Desk, id: string): Desk {
  const at = desk.scenarios.findIndex((scenario) => scenario.id === id)
  if (at < 0 || desk.scenarios.length === 1) return desk
  const scenarios = desk.scenarios.filter((scenario) => scenario.id !== id)
  const neighbour = scenarios[Math.min(at, scenarios.length - 1)]
  return {
    ...desk,
    scenarios,
    active: desk.active === id && neighbour ? neighbour.id : desk.active,
    reference: desk.reference === id ? null : desk.reference,
  }
}

/** The desk with a scenario changed in what is not computed: its name, or whether it is drawn. */
export function relabelled(desk: Desk, id: string, change: Partial<Pick<Scenario, 'name' | 'shown'>>): Desk {
  return {
    ...desk,
    scenarios: desk.scenarios.map((scenario) => (scenario.id === id ? { ...scenario, ...change } : scenario)),
  }
}

/** The desk with another scenario under the sliders. */
export function activated(desk: Desk, id: string): Desk {
  return desk.active === id || !desk.scenarios.some((scenario) => scenario.id === id) ? desk : { ...desk, active: id }
}

/** Scenarios whose curves are drawn: the active one, and those that are shown. */
export function drawnScenarios(desk: Desk): readonly Scenario[] {
  return desk.scenarios.filter(({ id, shown }) => shown || id === desk.active)
}

/** How they are shown: more than there are looks for are side by side. */
export function shownComparison(desk: Desk): Comparison {
  return drawnScenarios(desk).length > mostLooks ? 'multiples' : desk.comparison
}

function inserted(desk: Desk, scenario: Scenario, at: number): Desk {
  if (desk.scenarios.length >= mostScenarios) return desk
  const copy = { ...scenario, id: freeId(desk), look: freeLook(desk) }
  return { ...desk, scenarios: desk.scenarios.toSpliced(at, 0, copy) }
}

function freeId({ scenarios }: Desk): string {
  const numbers = scenarios.map(({ id }) => Number(id.slice(1))).filter(Number.isFinite)
  return `s${Math.max(0, ...numbers) + 1}`
}

/** The first look that no other scenario has, or that the fewest have. */
function freeLook({ scenarios }: Desk): number {
  const uses = Array.from(
    { length: mostLooks },
    (_, look) => scenarios.filter((scenario) => scenario.look === look).length,
  )
  return uses.indexOf(Math.min(...uses))
}

/** "Dose x2" becomes "Dose x2 (2)". */
function freeName({ scenarios }: Desk, wanted: string): string {
  const names = new Set(scenarios.map(({ name }) => name))
  const stem = wanted.replace(/ \(\d+\)$/, '')
  let k = 2
  while (names.has(`${stem} (${k})`)) k++
  return names.has(wanted) ? `${stem} (${k})` : wanted
}
