import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createNodePool } from '@cartkin/compute/node'
import { parsePlan, planPath, runPlan } from '@cartkin/studies'
import { arrowToTable } from '@cartkin/tables'
import { expect, it } from 'vitest'
import { emptyFolder } from './folder.ts'

/** An endpoint of a course in a comparison. */
function endpoint(folder: string, comparison: string, name: string, course: string): number {
  const table = arrowToTable(readFileSync(join(folder, `${comparison}.arrow`)), comparison)
  const values = (column: string) => [...(table.columns.find((candidate) => candidate.name === column)?.values ?? [])]
  return Number(values(course)[values('endpoint').indexOf(name)])
}

it('infection-year-one has the figures that its text and the documentation tell', async () => {
  const path = planPath('infection-year-one', '/')
  const text = readFileSync(path, 'utf8').replaceAll('subjects: 200', 'subjects: 8')
  const out = join(emptyFolder(), 'infection-year-one')
  const pool = createNodePool({ size: 1 })
  try {
    await runPlan({ plan: parsePlan(text, 'infection-year-one'), text, file: 'plan', folder: dirname(path) }, out, pool)
  } finally {
    await pool.close()
  }
  for (const [comparison, course, serious] of [
    ['lupus-factors', 'lupus', 0.18],
    ['lupus-factors', 'lupus-no-cd4', 0.15],
    ['lupus-factors', 'lupus-igg', 0.18],
    ['lymphoma-factors', 'lymphoma', 0.49],
    ['lymphoma-factors', 'lymphoma-no-igg', 0.22],
    ['lymphoma-factors', 'lymphoma-no-cd4', 0.35],
    ['replacement', 'aplasia', 0.49],
    ['replacement', 'aplasia-igg', 0.25],
    ['replacement', 'aplasia-below-4', 0.42],
    ['replacement', 'aplasia-below-6', 0.22],
    ['ratios', 'ratio-low', 0.31],
    ['ratios', 'ratio-high', 0.73],
  ] as const)
    expect(endpoint(out, comparison, 'Pser_365', course), course).toBeCloseTo(serious, 2)
  expect(endpoint(out, 'lupus-factors', 'Days_CD4_200', 'lupus')).toBeCloseTo(166, 0)
  expect(endpoint(out, 'lupus-factors', 'Days_ANC_500', 'lupus')).toBeCloseTo(4.1, 1)
  const given = (rule: string) => readFileSync(join(out, `aplasia-below-${rule}-decisions.csv`), 'utf8').match(/IVIG/g)
  expect(['4', '6'].map((rule) => given(rule)?.length)).toEqual([4, 10])
})
