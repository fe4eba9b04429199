import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/dashboard-checks.md'), 'utf8')
const rows = [...page.matchAll(/^\| U(\d+) \| (.+) \| (.+) \|$/gm)]
const files = new Map(
  readdirSync(join(root, 'test/system')).flatMap((file) => {
    const [, name] = /^(?:dashboard-)?(\w[\w-]*)\.test\.ts$/.exec(file) ?? []
    return name === undefined ? [] : [[name, readFileSync(join(root, 'test/system', file), 'utf8')] as const]
  }),
)

/** The files that a cell names before its brackets. */
const named = (cell: string): readonly string[] =>
  cell
    .replaceAll(/\([^)]*\)/g, '')
    .split(';')[0]
    ?.split(',')
    .map((name) => name.trim()) ?? []

describe('the page of the dashboard’s checks', () => {
  it('has forty', () => {
    expect(rows.map(([, number]) => Number(number))).toEqual(Array.from({ length: 40 }, (_, k) => k + 1))
  })

  it.each(rows.map(([, number = '', , cell = '']) => [`U${number}`, cell]))(
    'names tests that have %s',
    (check, cell) => {
      const tests = named(cell).filter((name) => name !== 'journey')
      expect(tests.length).toBeGreaterThan(0)
      for (const name of tests) {
        const titles = [...(files.get(name) ?? '').matchAll(/\b(?:describe|it)[^'`]*\(\s*(['`])(.*?)\1/g)].map(
          ([, , title]) => title,
        )
        expect(
          titles.some((title) => new RegExp(`\\b${check}\\b`).test(title ?? '')),
          `${name} ${check}`,
        ).toBe(true)
      }
    },
  )
})
