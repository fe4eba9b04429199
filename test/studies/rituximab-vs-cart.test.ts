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

it('rituximab-vs-cart has the figures that its text and the documentation tell', async () => {
  const path = planPath('rituximab-vs-cart', '/')
  const whole = readFileSync(path, 'utf8')
  // Few patients, and neither the cohort of the targets nor the report, which take the time.
  const text = whole
    .slice(0, whole.indexOf('  - kind: report'))
    .replaceAll('subjects: 100', 'subjects: 4')
    .replace(', antibodies_cohort]', ']')
  const out = join(emptyFolder(), 'rituximab-vs-cart')
  const pool = createNodePool({ size: 1 })
  try {
    await runPlan({ plan: parsePlan(text, 'rituximab-vs-cart'), text, file: 'plan', folder: dirname(path) }, out, pool)
  } finally {
    await pool.close()
  }
  for (const [comparison, course, name, told] of [
    ['comparison', 'cells', 'SLEDAI_365', 0.53],
    ['comparison', 'rituximab', 'SLEDAI_min', 9.9],
    ['comparison', 'rituximab', 'SLEDAI_365', 14.4],
    ['comparison', 'rituximab', 'B_min', 8.5],
    ['comparison', 'obinutuzumab', 'SLEDAI_365', 0.246],
    ['comparison', 'obinutuzumab', 'AAB_730', 17.2],
    ['comparison', 'belimumab', 'SLEDAI_365', 15.5],
    ['schedules', 'rituximab', 'Relapse_day', 292],
    ['schedules', 'rituximab-weekly', 'Relapse_day', 303],
    ['schedules', 'one-compartment', 'Relapse_day', 363],
    ['together', 'both', 'SLEDAI_365', 13.7],
    ['together', 'both-autoreactive', 'SLEDAI_365', 0.32],
    ['afterwards', 'sequence', 'Cmax', 76.6],
    ['afterwards', 'sequence', 'SLEDAI_730', 0.53],
  ] as const)
    expect(endpoint(out, comparison, name, course) / told, `${course} ${name}`).toBeCloseTo(1, 1.6)
}, 60_000)
