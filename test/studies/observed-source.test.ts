import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createNodePool } from '@cartkin/compute/node'
import { parsePlan, runPlan } from '@cartkin/studies'
import { expect, it } from 'vitest'
import { emptyFolder } from './folder.ts'

it.each([
  ['the default course', '', true],
  ['another scenario', 'scenario: rituximab,', false],
  ['an untreated patient', 'regimen: none,', false],
])('published values of treated patients stand behind %s: %s', async (_, given, areShown) => {
  const folder = emptyFolder()
  const text = `name: x
title: X
seed: 1
steps:
  - { kind: simulate, name: course, model: lupus-qsp, ${given} times: "-10:100:1" }
  - { kind: report, sections: [{ title: Course, of: course, quantities: [SLEDAI, B] }] }
`
  const pool = createNodePool({ size: 1 })
  try {
    await runPlan({ plan: parsePlan(text, 'x'), text, file: 'x', folder }, join(folder, 'r'), pool)
  } finally {
    await pool.close()
  }
  expect(readFileSync(join(folder, 'r', 'report.html'), 'utf8').includes('Circles: published values')).toBe(areShown)
})
