import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createNodePool } from '@cartkin/compute/node'
import type { ColumnTable } from '@cartkin/simulation'
import { parsePlan, planPath, runPlan } from '@cartkin/studies'
import { arrowToTable } from '@cartkin/tables'
import { afterAll, beforeAll, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'cartkin-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const out = join(folder, 'crs-rules')

beforeAll(async () => {
  const pool = createNodePool({ size: 2 })
  try {
    const path = planPath('crs-rules', '/')
    const text = readFileSync(path, 'utf8').replaceAll('subjects: 100', 'subjects: 8')
    await runPlan({ plan: parsePlan(text, 'crs-rules'), text, file: path, folder: dirname(path) }, out, pool)
  } finally {
    await pool.close()
  }
})

const read = (name: string): ColumnTable => arrowToTable(readFileSync(join(out, `${name}.arrow`)), name)

function column(table: ColumnTable, name: string): readonly (number | string)[] {
  const found = table.columns.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`no column ${name}`)
  return [...found.values]
}

/** An endpoint of a course of a comparison. */
function endpoint(comparison: string, name: string, course: string): number {
  const table = read(comparison)
  return Number(column(table, course)[column(table, 'endpoint').indexOf(name)])
}

it('ends fever and raises measured IL-6 by every rule, the sooner the earlier', () => {
  const fever = ['early', 'standard', 'late', 'none'].map((course) => endpoint('rules', 'Fever_days', course))
  expect(fever).toEqual(fever.toSorted((a, b) => a - b))
  expect(fever[3]).toBeCloseTo(10.88, 1)
  for (const course of ['early', 'standard', 'late'])
    expect(endpoint('rules', 'IL6_peak', course)).toBeGreaterThan(2 * endpoint('rules', 'IL6_peak', 'none'))
  expect(['none', 'early', 'standard', 'late'].map((course) => endpoint('rules', 'CRS_grade', course))).toEqual([
    3, 2, 2, 3,
  ])
})

it('leaves the cells alone but for steroids', () => {
  expect(endpoint('rules', 'Dexamethasone_mg', 'standard')).toBeCloseTo(0, 9)
  expect(endpoint('rules', 'Cmax', 'standard')).toBeCloseTo(endpoint('rules', 'Cmax', 'none'), 5)
  expect(endpoint('brain', 'Dexamethasone_mg', 'brain-early')).toBeCloseTo(190, 6)
  expect(endpoint('brain', 'Cmax', 'brain-early')).toBeLessThan(0.8 * endpoint('brain', 'Cmax', 'brain-none'))
})

it('leaves ICANS to steroids where tocilizumab does not reach the brain', () => {
  const days = ['brain-early', 'brain-standard', 'brain-none', 'brain-late'].map((course) =>
    endpoint('brain', 'ICANS2_days', course),
  )
  expect(days).toEqual(days.toSorted((a, b) => a - b))
  expect(endpoint('brain', 'ICANS_grade', 'brain-late')).toBe(3)
})

it('gives at most four doses of tocilizumab, eight hours apart or more, each an hour after the decision', () => {
  const decisions = read('patients-standard-decisions')
  const rows = column(decisions, 'rule').flatMap((rule, row) => (rule === 'tocilizumab' ? [row] : []))
  expect(rows.length).toBeGreaterThan(4)
  const given = new Map<number, number[]>()
  for (const row of rows) {
    const id = Number(column(decisions, 'ID')[row])
    const time = Number(column(decisions, 'TIME')[row])
    expect(time - Number(column(decisions, 'decided')[row])).toBeCloseTo(1 / 24, 9)
    given.set(id, [...(given.get(id) ?? []), time])
  }
  for (const times of given.values()) {
    expect(times.length).toBeLessThanOrEqual(4)
    for (let k = 1; k < times.length; k++) expect(times[k]! - times[k - 1]!).toBeGreaterThanOrEqual(1 / 3 - 1e-9)
  }
})
