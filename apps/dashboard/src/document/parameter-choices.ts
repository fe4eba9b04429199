import type { Bounds, Desk } from './desk.ts'

/** The desk with bounds of a parameter; null for the usual ones. */
export function withBounds(desk: Desk, name: string, bounds: Bounds | null): Desk {
  if (bounds === null && !(name in desk.bounds)) return desk
  const { [name]: _, ...others } = desk.bounds
  return { ...desk, bounds: bounds === null ? others : { ...others, [name]: bounds } }
}

/** The desk with a parameter that fits keep, or no longer. */
export function withFixed(desk: Desk, name: string, isFixed: boolean): Desk {
  if (desk.fixed.includes(name) === isFixed) return desk
  return { ...desk, fixed: isFixed ? [...desk.fixed, name] : desk.fixed.filter((other) => other !== name) }
}

/** The desk in which fits keep every parameter but these. */
export function fixedAllBut(desk: Desk, names: Iterable<string>, free: ReadonlySet<string>): Desk {
  return { ...desk, fixed: [...names].filter((name) => !free.has(name)) }
}
