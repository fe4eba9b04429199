import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ComputePool } from '@cartkin/compute'
import { createNodePool } from '@cartkin/compute/node'
import { parsePlan, runPlan } from '@cartkin/studies'
import { arrowToTable } from '@cartkin/tables'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyFolder } from './folder.ts'

const context: { pool?: ComputePool } = {}
beforeAll(() => {
  context.pool = createNodePool({ size: 2 })
})
afterAll(() => context.pool?.close())

const text = `name: rules
title: Decisions
seed: 7
steps:
  - kind: simulate
    name: typical
    model: m.txt
    times: 0:4:0.5
    rules: &rules
      - name: drug
        when: X >= 5 for 12 h
        give: drug 8 mg/kg into D
        atMost: 2
        apart: 8 h
  - kind: population
    name: patients
    model: m.txt
    times: 0:4:1
    rules: *rules
    subjects: 9
    population:
      parameters: [{ parameter: k, sd: 0.8 }]
    quantities: [X]
  - kind: report
    sections:
      - { title: Course, of: typical, quantities: [X] }
`
const model = `k = 0.7 # [1/day]
WT = 50 # [kg]
d/dt(X) = k*X - 0.01*D*X # [cells]
d/dt(D) = -2*D # [mg] Drug
X(0) = 1
`

async function run(plan: string) {
  const folder = emptyFolder()
  writeFileSync(join(folder, 'm.txt'), model)
  writeFileSync(join(folder, 'd.csv'), 'ID,TIME,DV\n1,1,2\n1,2,4\n1,3,8\n')
  const out = join(folder, 'r')
  if (!context.pool) throw new Error('no pool')
  await runPlan({ plan: parsePlan(plan, 'plan.yaml'), text: plan, file: 'plan.yaml', folder }, out, context.pool)
  return out
}

describe('rules of a plan', () => {
  it('decide in simulations and populations; the doses are files and stand in the report', async () => {
    const out = await run(text)
    const column = (file: string, name: string) => [
      ...(arrowToTable(readFileSync(join(out, file)), file).columns.find((found) => found.name === name)?.values ?? []),
    ]
    expect(column('typical-decisions.arrow', 'TIME')).toEqual([expect.closeTo(Math.log(5) / 0.7 + 0.5, 4)])
    expect(readFileSync(join(out, 'typical-decisions.csv'), 'utf8').split('\n')[1]).toContain('Drug 8 mg/kg,drug')
    const ids = column('patients-decisions.arrow', 'ID')
    const times = column('patients-decisions.arrow', 'TIME')
    expect(new Set(ids).size).toBeGreaterThan(2)
    expect(new Set(ids).size).toBeLessThan(9)
    expect(new Set(times).size).toBe(times.length)
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('Drug 8 mg/kg by rule drug on day 2.8')
  })

  it('are refused with their step and place', async () => {
    expect(() => parsePlan(text.replace('        apart: 8 h\n', ''), 'p.yaml')).toThrow(
      'steps.0.rules.0.atMost: above 1 needs `apart:`, such as apart: 8 h',
    )
    await expect(run(text.replace('X >= 5', 'Z >= 5'))).rejects.toThrow(
      'plan.yaml: step typical: rules.0.when: the model has no state or output Z',
    )
  })
})

describe('a fit', () => {
  it('refuses a regimen with rules', async () => {
    const fit = `name: fit
title: Fit
steps:
  - kind: fit
    name: fit
    problem:
      model: m.txt
      data: d.csv
      regimen:
        doses: []
        rules: [{ name: drug, when: X >= 5, give: 8 mg/kg into D }]
      estimate: [{ name: k }]
      endpoints: [{ quantity: X, error: additive }]
`
    await expect(run(fit)).rejects.toThrow('a fit takes doses as they were given; leave out the rules of the regimen')
  })
})

describe('rules in the terms of a model', () => {
  it('are read as those in words are', async () => {
    const inWords = `    rules: &rules
      - name: drug
        when: X >= 5 for 12 h
        give: drug 8 mg/kg into D
`
    const inTerms = `    rules: &rules
      - name: drug
        when: { all: [{ quantity: X, atLeast: 5 }], forTime: 0.5 }
        give: [{ cmt: D, amt: 8*WT, label: Drug 8 mg/kg }]
`
    const files = await Promise.all([text, text.replace(inWords, inTerms)].map(run))
    const [first, second] = files.map((out) => readFileSync(join(out, 'patients-decisions.csv'), 'utf8'))
    expect(second).toBe(first)
    expect(text).toContain(inWords)
  })
})
