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

const model = `linear(TEMP)
levels(FORM) <- c("tablet", "solution")
k = 0.2
if (FORM == "solution") { r = 2 } else { r = 1 }
d/dt(A) = -k*r*A*(1 + TEMP)
A(0) = 10
`
const plan = `name: covariates
title: Covariates
seed: 7
steps:
  - kind: simulate
    name: course
    model: m.txt
    times: 0:4:1
    covariates: &covariates
      FORM: { times: [0, 2], values: [tablet, solution] }
      TEMP: { times: [0, 4], values: [0, 2] }
  - kind: population
    name: crowd
    model: m.txt
    times: 0:4:4
    covariates: *covariates
    subjects: 4
    population: { parameters: [{ parameter: k, sd: 0 }] }
    quantities: [A]
`

async function run(text: string) {
  const folder = emptyFolder()
  writeFileSync(join(folder, 'm.txt'), model)
  const out = join(folder, 'r')
  if (!context.pool) throw new Error('no pool')
  await runPlan({ plan: parsePlan(text, 'plan.yaml'), text, file: 'plan.yaml', folder }, out, context.pool)
  return (name: string) => arrowToTable(readFileSync(join(out, name)), name).columns
}

/** ∫ r (1 + t/2) dt from 0. */
const passed = (t: number) => t + (t * t) / 4 + (t > 2 ? t + (t * t) / 4 - 3 : 0)

describe('covariates of a plan', () => {
  it('change during a course and those of virtual patients', async () => {
    const columns = await run(plan)
    const [time, a] = ['time', 'A'].map(
      (name) => columns('course.arrow').find((column) => column.name === name)?.values,
    )
    expect(a).toHaveLength(5)
    a?.forEach((value, k) => {
      expect(value).toBeCloseTo(10 * Math.exp(-0.2 * passed(Number(time?.[k]))), 4)
    })
    const bands = columns('crowd-bands.arrow').find(({ name }) => name === 'p50')?.values
    expect(bands?.[1]).toBeCloseTo(10 * Math.exp(-0.2 * passed(4)), 4)
  })

  it.each([
    ['FORM: { times: [0, 2], values: [tablet, solution] }', 'FORM: { times: [0], values: [pill] }', '"pill" is none'],
    ['TEMP: { times', 'TEMPER: { times', 'covariates.TEMPER: the model has no input or parameter TEMPER'],
    ['values: [0, 2] }', 'values: [0] }', 'needs one value for each of its times'],
    ['    covariates: &', '    parameters: { TEMP: 3 }\n    covariates: &', 'TEMP stands under `parameters`, too'],
    ['times: [0, 4]', 'times: [4, 0]', 'the times of covariate TEMP must be finite and ascend'],
  ])('are refused where they cannot be: %s as %s', async (from, to, message) => {
    await expect(async () => run(plan.replace(from, to))).rejects.toThrow(message)
  })
})
