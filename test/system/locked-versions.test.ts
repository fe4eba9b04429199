import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const lock = readFileSync(join(import.meta.dirname, '../../pnpm-lock.yaml'), 'utf8')

/** Versions of a package that the lock file has, from the keys of its section `packages`. */
function locked(name: string): string[] {
  const escaped = name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  return [...lock.matchAll(new RegExp(`^  '?${escaped}@(\\d+\\.\\d+\\.\\d+)'?:`, 'gm'))].map(
    ([, version = '']) => version,
  )
}

function isAtLeast(version: string, least: string): boolean {
  const [a, b] = [version, least].map((text) => text.split('.').map(Number))
  const differing = [0, 1, 2].find((k) => a?.[k] !== b?.[k])
  return differing === undefined || (a?.[differing] ?? Number.NaN) > (b?.[differing] ?? Number.NaN)
}

/**
 * The oldest versions of Vega's packages without a published advisory. The last of them: CVE-2025-59840 (objects with `toString`:
 * vega 6.2.0, vega-expression 6.1.0, vega-interpreter 2.2.1), CVE-2025-65110 (`vlSelectionTuples`: vega-selections 6.1.2),
 * CVE-2025-66648 (`setdata`, `modify`: vega-functions 6.1.1).
 */
const floors: readonly (readonly [name: string, least: string])[] = [
  ['vega', '6.2.0'],
  ['vega-expression', '6.1.0'],
  ['vega-interpreter', '2.2.1'],
  ['vega-selections', '6.1.2'],
  ['vega-functions', '6.1.1'],
]

describe('the lock file', () => {
  it.each(floors)('has %s at %s or later and nowhere an older one', (name, least) => {
    const versions = locked(name)
    expect(versions).not.toEqual([])
    expect(versions.filter((version) => !isAtLeast(version, least))).toEqual([])
  })

  it('has no evaluator of expressions that is known to run code', () => {
    expect(['expr-eval', 'mathjs'].flatMap(locked)).toEqual([])
  })

  it('is read version by version', () => {
    expect(isAtLeast('6.10.0', '6.2.0')).toBe(true)
    expect(isAtLeast('6.2.0', '6.2.0')).toBe(true)
    expect(isAtLeast('6.1.9', '6.2.0')).toBe(false)
    expect(isAtLeast('5.99.0', '6.2.0')).toBe(false)
  })
})
