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

it('fludarabine-auc has the figures that its text and the documentation tell', async () => {
  const path = planPath('fludarabine-auc', '/')
  const text = readFileSync(path, 'utf8').replaceAll('subjects: 200', 'subjects: 8')
  const out = join(emptyFolder(), 'fludarabine-auc')
  const pool = createNodePool({ size: 1 })
  try {
    await runPlan({ plan: parsePlan(text, 'fludarabine-auc'), text, file: 'plan', folder: dirname(path) }, out, pool)
  } finally {
    await pool.close()
  }
  for (const [course, exposure] of [
    ['typical', 20.7],
    ['crcl-180', 16.7],
    ['crcl-40', 24.7],
    ['crcl-40-reduced', 14.8],
  ] as const)
    expect(endpoint(out, 'bodies', 'Flu_AUC', course), course).toBeCloseTo(exposure, 1)
  expect(endpoint(out, 'estimate', 'Flu_AUC', 'other-model')).toBeCloseTo(16.4, 1)
  for (const [comparison, course, peak] of [
    ['effects', 'lymphoma-180', 36.4],
    ['effects', 'lymphoma', 37.3],
    ['effects', 'lymphoma-40', 38.0],
    ['effects', 'lymphoma-tisa', 29.4],
    ['assumption', 'half', 34.5],
    ['assumption', 'led-half', 29.1],
  ] as const)
    expect(endpoint(out, comparison, 'Cmax', course), course).toBeCloseTo(peak, 1)
  expect(endpoint(out, 'nephritis', 'ANC_nadir', 'lupus-40')).toBeLessThan(
    0.85 * endpoint(out, 'nephritis', 'ANC_nadir', 'lupus'),
  )
})
