import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ComputePool } from '@cartkin/compute'
import { createNodePool } from '@cartkin/compute/node'
import { type PlanSource, parsePlan, planPath, runPlan, StudyStopped, verifyResult } from '@cartkin/studies'
import { type ArrowTable, arrowToTable, parseManifest } from '@cartkin/tables'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyFolder } from './folder.ts'

const context: { pool?: ComputePool } = {}
const pool = (): ComputePool => {
  if (!context.pool) throw new Error('no pool')
  return context.pool
}
beforeAll(() => {
  context.pool = createNodePool({ size: 2 })
})
afterAll(() => context.pool?.close())

function source(text: string, folder: string): PlanSource {
  return { plan: parsePlan(text, 'plan.yaml'), text, file: 'plan.yaml', folder }
}

function shipped(name: string, change: (text: string) => string = (text) => text): PlanSource {
  const path = planPath(name, '/')
  return source(change(readFileSync(path, 'utf8')), dirname(path))
}

function column(table: ArrowTable, name: string): readonly (number | string)[] {
  const found = table.columns.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`no column ${name}`)
  return [...found.values]
}

const read = (folder: string, name: string) => arrowToTable(readFileSync(join(folder, name)), name)

describe('the lupus study', () => {
  it('gives the course, the cohort, the targets and a report that stands alone', async () => {
    const out = join(emptyFolder(), 'r')
    const told: number[] = []
    const fewer = (text: string) => text.replace('subjects: 200', 'subjects: 24')
    const { manifest } = await runPlan(shipped('lupus', fewer), out, pool(), {
      onProgress: ({ index, steps, share }) => told.push((index + share) / steps),
    })
    expect(readdirSync(out).sort()).toEqual([
      'manifest.json',
      'population-bands.arrow',
      'population-endpoints.arrow',
      'report.html',
      'targets.arrow',
      'targets.csv',
      'typical-endpoints.arrow',
      'typical.arrow',
    ])
    expect(manifest).toMatchObject({ seed: 20250714, status: { ok: 25 }, model: { id: 'lupus-qsp' } })
    expect(manifest.licences.join()).toContain('CC BY-NC 4.0')
    expect(await verifyResult(out)).toEqual({ files: 7, findings: [] })
    expect(told.toSorted((a, b) => a - b)).toEqual(told)

    const typical = read(out, 'typical.arrow')
    expect(column(typical, 'time')).toHaveLength(1481)
    const bands = read(out, 'population-bands.arrow')
    const [p5, p50, p95] = ['p5', 'p50', 'p95'].map((name) => column(bands, name))
    expect(p50?.every((value, row) => Number(p5?.[row]) <= Number(value) && Number(value) <= Number(p95?.[row]))).toBe(
      true,
    )

    const targets = read(out, 'targets.arrow')
    const passed = new Map(column(targets, 'id').map((id, row) => [id, column(targets, 'pass')[row]]))
    expect([...passed].filter(([id, pass]) => String(id).startsWith('B') && pass !== 'yes')).toEqual([])
    expect([...passed.keys()].filter((id) => String(id).startsWith('C'))).toHaveLength(10)

    const report = readFileSync(join(out, 'report.html'), 'utf8')
    expect(report.match(/<svg/g)?.length).toBeGreaterThan(8)
    expect(report).toContain('non-commercial')
    expect(report).not.toMatch(/<script|(?:src|href)="(?!#)/)
  })
})

describe('the axi-cel study', () => {
  it('ends at one objective from both starts, not above the published values, with errors or the named set', async () => {
    const out = join(emptyFolder(), 'r')
    const { manifest, results } = await runPlan(shipped('axi-cel'), out, pool())
    const fit = results.get('fit')
    if (fit?.kind !== 'fit') throw new Error('no fit')
    const [half, twice] = fit.fits.map(({ result }) => result)
    fit.job.problem.estimated.forEach(({ start }, k) => {
      expect(half?.estimates[k]?.start).toBe(start / 2)
      expect(twice?.estimates[k]?.start).toBe(start * 2)
    })
    expect(half?.outcome.status).toBe('converged')
    expect(twice?.outcome.status).toBe('converged')
    expect(Math.abs((half?.objective ?? 0) - (twice?.objective ?? 1))).toBeLessThan(1e-3)
    expect(half?.objective).toBeLessThanOrEqual(fit.reference)
    for (const { name, standardError, atBound } of half?.estimates ?? []) {
      const named = half?.collinear.some(({ names }) => names.includes(name))
      expect(standardError > 0 || named || atBound !== null, name).toBe(true)
    }
    expect(manifest.licences.join()).toContain('CC BY-NC 4.0')
    expect(manifest.data?.file).toBe('data/bwh-cc-by-nc/daily_summary.csv')

    const report = readFileSync(join(out, 'report.html'), 'utf8')
    for (const words of ['non-commercial', 'Weighted residuals', 'fitted curve', 'Correlation', 'values × 0.5'])
      expect(report).toContain(words)
    const estimates = read(out, 'fit.arrow')
    expect(new Set(column(estimates, 'start_factor'))).toEqual(new Set([0.5, 2]))
    expect(column(read(out, 'fit-predictions.arrow'), 'observed')).toHaveLength(half?.predictions.length ?? -1)
  })
})

describe('a plan of one’s own', () => {
  const text = `name: own
title: Own
steps:
  - kind: simulate
    name: course
    model: m.txt
    parameters: { k: 2 }
    times: 0:1:0.5
  - kind: population
    name: crowd
    model: m.txt
    subjects: 9
    population: { parameters: [{ parameter: k, sd: 0.5 }] }
    times: 0:1:1
    quantities: [A]
`
  const model = 'k = 1\nd/dt(A) = -k*A\nA(0) = 10\n'
  const folderWithModel = () => {
    const folder = emptyFolder()
    writeFileSync(join(folder, 'm.txt'), model)
    return folder
  }

  it('runs a model file beside it', async () => {
    const folder = folderWithModel()
    await runPlan(source(text, folder), join(folder, 'r'), pool())
    expect(column(read(join(folder, 'r'), 'course.arrow'), 'A')[2]).toBeCloseTo(10 * Math.exp(-2), 4)
    expect(column(read(join(folder, 'r'), 'crowd-endpoints.arrow'), 'id')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('gives the same manifest, whatever the number of workers', async () => {
    const folder = folderWithModel()
    const one = createNodePool({ size: 1 })
    const first = await runPlan(source(text, folder), join(folder, 'a'), one)
    await one.close()
    const second = await runPlan(source(text, folder), join(folder, 'b'), pool())
    expect(first.manifest).toEqual(second.manifest)
    const written = parseManifest(readFileSync(join(folder, 'a', 'manifest.json'), 'utf8'))
    expect(written).toEqual(first.manifest)
  })

  it.each([
    [
      'a model that is nowhere',
      text.replace('m.txt', 'lupus-qsq'),
      /plan\.yaml: model lupus-qsq: is not in the library \(did you mean lupus-qsp\?\)/,
    ],
    ['a parameter the model lacks', text.replace('{ k: 2 }', '{ kk: 2 }'), /plan\.yaml: step course: no parameter kk/],
    ['a quantity the model lacks', text.replace('[A]', '[B]'), /plan\.yaml: step crowd: B is not a state or output/],
  ])('with %s is refused and writes nothing', async (_, changed, message) => {
    const folder = folderWithModel()
    await expect(runPlan(source(changed, folder), join(folder, 'r'), pool())).rejects.toThrow(message)
    expect(readdirSync(folder)).toEqual(['m.txt'])
  })

  it('that is stopped writes nothing', async () => {
    const folder = folderWithModel()
    const stop = new AbortController()
    const run = runPlan(source(text.replace('subjects: 9', 'subjects: 5000'), folder), join(folder, 'r'), pool(), {
      signal: stop.signal,
      onProgress: ({ index, share }) => {
        if (index === 1 && share > 0) stop.abort()
      },
    })
    await expect(run).rejects.toThrow(StudyStopped)
    expect(existsSync(join(folder, 'r'))).toBe(false)
  })

  it('keeps a file that somebody put beside an earlier result', async () => {
    const folder = folderWithModel()
    await runPlan(source(text, folder), join(folder, 'r'), pool())
    writeFileSync(join(folder, 'r', 'notes.txt'), 'mine')
    await expect(runPlan(source(text, folder), join(folder, 'r'), pool())).rejects.toThrow('holds notes.txt')
    expect(readFileSync(join(folder, 'r', 'notes.txt'), 'utf8')).toBe('mine')
  })
})
