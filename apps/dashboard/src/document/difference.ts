import { canonicalJson } from './write-document.ts'

/**
 * What turns one plain value into another, as JSON: short where little has changed. Parts that two values share by identity
 * are not looked into, so that two states of a history are compared in the time of their difference.
 */
export type Difference =
  /** Nothing. */
  | 0
  /** Another value altogether. */
  | readonly ['=', unknown]
  /** A record: differences by key, and keys that are gone. */
  | readonly ['~', Readonly<Record<string, Difference>>, readonly string[]]
  /** A list: differences by index, after `from` values have been replaced by others. */
  | readonly ['@', number, number, readonly unknown[]]
  | readonly ['#', readonly (readonly [number, Difference])[]]

/** Most levels that a difference goes down. */
const deepest = 40

export function difference(before: unknown, after: unknown): Difference {
  if (Object.is(before, after)) return 0
  if (Array.isArray(before) && Array.isArray(after)) return listDifference(before, after)
  if (isRecord(before) && isRecord(after)) {
    const [old, now] = [fieldsOf(before), fieldsOf(after)]
    const parts = [...now].map(([key, value]): [string, Difference] => [
      key,
      old.has(key) ? difference(old.get(key), value) : ['=', value],
    ])
    const changed = Object.fromEntries(parts.filter(([, part]) => part !== 0))
    const gone = [...old.keys()].filter((key) => !now.has(key))
    return Object.keys(changed).length + gone.length === 0 ? 0 : ['~', changed, gone]
  }
  return ['=', after]
}

/**
 * The value that a difference makes of another. The difference may come from anywhere: throws a RangeError for what is none
 * of this value.
 */
export function applied(before: unknown, unknown: unknown, depth = 0): unknown {
  if (unknown === 0) return before
  if (!Array.isArray(unknown) || depth > deepest) throw new RangeError('not a difference')
  const [kind, first, second, third]: readonly unknown[] = unknown
  if (kind === '=') return first
  if (kind === '~' && isRecord(before) && isRecord(first) && isTexts(second)) {
    const after = new Map(Object.entries(before))
    for (const [key, part] of Object.entries(first)) after.set(key, applied(after.get(key), part, depth + 1))
    for (const key of second) after.delete(key)
    return Object.fromEntries(after)
  }
  if (kind === '@' && Array.isArray(before) && isCount(first) && isCount(second) && Array.isArray(third))
    return before.toSpliced(first, second, ...third)
  if (kind === '#' && Array.isArray(before) && Array.isArray(first)) {
    const after: unknown[] = [...before]
    for (const change of first) {
      const [index, part]: readonly unknown[] = Array.isArray(change) ? change : []
      if (!isCount(index) || index >= after.length) throw new RangeError('a difference of a longer list')
      after[index] = applied(after[index], part, depth + 1)
    }
    return after
  }
  throw new RangeError('a difference of another value')
}

function listDifference(before: readonly unknown[], after: readonly unknown[]): Difference {
  const most = Math.min(before.length, after.length)
  if (before.length === after.length) {
    const changes = after.flatMap((value, k): readonly (readonly [number, Difference])[] => {
      const part = difference(before[k], value)
      return part === 0 ? [] : [[k, part]]
    })
    return changes.length === 0 ? 0 : ['#', changes]
  }
  let head = 0
  while (head < most && isSame(before[head], after[head])) head++
  let tail = 0
  while (tail < most - head && isSame(before.at(-1 - tail), after.at(-1 - tail))) tail++
  return ['@', head, before.length - head - tail, after.slice(head, after.length - tail)]
}

/** Fields that are undefined are none. */
function fieldsOf(record: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(record).filter(([, value]) => value !== undefined))
}

function isSame(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || canonicalJson(a) === canonicalJson(b)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string')
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0
}
