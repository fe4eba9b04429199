import { type LibraryModel, libraryModels } from '@cartkin/cart-models'
import { parseModel } from '@cartkin/model'
import { expandDocument, type RegimenDocument } from '@cartkin/simulation'
import { parsePlan } from '@cartkin/studies'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

interface Opened {
  readonly id: string
  readonly start: number
  readonly horizon: number
  readonly text: string
  readonly isOwn: boolean
  readonly times: (horizon: number) => Float64Array
  readonly regimen: RegimenDocument
  readonly readyMade: readonly { readonly regimen: RegimenDocument; readonly parameters: object }[]
}
interface Plan {
  readonly fileName: string
  readonly text: string
  readonly model: { readonly fileName: string; readonly text: string } | null
  readonly expected: readonly { readonly fileName: string; readonly hash: string }[]
}

const {
  coursePlan,
}: { coursePlan(opened: object, title: string, planned: readonly object[], quantities: readonly string[]): Plan } =
  await loadDashboard('export/course-plan.ts')
const { timesText }: { timesText(times: Float64Array): string } = await loadDashboard('export/times-text.ts')
const { openLibraryModel }: { openLibraryModel(model: LibraryModel): Opened } =
  await loadDashboard('state/open-library-model.ts')
const { htmlReport }: { htmlReport(report: object): string } = await loadDashboard('export/html-report.ts')
const {
  figureSvg,
  svgSize,
}: { figureSvg(drawing: string, title: string, look: object): string; svgSize(drawing: string): object } =
  await loadDashboard('export/figure-svg.ts')
const { fileName }: { fileName(title: string): string } = await loadDashboard('export/project-file.ts')

const scenario = (name: string, regimen: object, others: object = {}) => ({
  ...{ id: 's1', name, look: 0, shown: true, horizon: 90, inputs: {}, parameters: {}, regimen },
  ...others,
})
const hostile = '"\n  - kind: report\nname: other\u2028# {x}: [1, 2'

/** The first simulation of a plan, as `cartkin run` reads it. */
function firstStep(text: string) {
  const [step] = parsePlan(text, 'page.plan.yaml').steps
  if (step?.kind !== 'simulate') throw new Error('the plan does not begin with a simulation')
  return step
}

describe('times of a plan', () => {
  const readBack = (times: Float64Array) =>
    firstStep(
      `name: a\ntitle: a\nsteps:\n  - kind: simulate\n    name: b\n    model: m\n    times: ${JSON.stringify(timesText(times))}\n`,
    ).times

  it('are those of the page, to the last bit', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -100, max: 100, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
        fc.integer({ min: 1, max: 300 }),
        (start, length, steps) => {
          const times = Float64Array.from({ length: steps + 1 }, (_, k) => start + (k * length) / steps)
          expect(readBack(times)).toEqual(times.map((time) => time + 0))
        },
      ),
    )
  })

  it('are short where they are even', () => {
    const times = Float64Array.from({ length: 1001 }, (_, k) => k / 8)
    expect(timesText(times)).toBe('0:125:0.125')
    expect(timesText(Float64Array.of(1, 2.5))).toBe('1,2.5')
  })
})

describe.each(libraryModels.map((model) => [model.id, model] as const))('the plan of %s', (_id, library) => {
  const opened = openLibraryModel(library)
  const parsed = parseModel(library.text)
  if (!parsed.ok) throw new Error('the library has a model with errors')

  it('says what the page computes, with every regimen that comes with it', () => {
    const given = [opened, ...opened.readyMade]
    for (const { regimen } of given) {
      const planned = {
        scenario: scenario('One', regimen, { horizon: opened.horizon, parameters: { k_1: 0.1 } }),
        hash: null,
      }
      const step = firstStep(coursePlan(opened, library.title, [planned], []).text)
      expect(step.times).toEqual(opened.times(opened.horizon))
      expect(step.start).toEqual({ time: opened.start })
      expect(step.parameters).toEqual({ k_1: 0.1 })
      if (typeof step.regimen !== 'object') throw new Error('the plan has no regimen')
      const expanded = expandDocument(step.regimen, parsed.model)
      expect(expanded).toMatchObject({ ok: true, regimen: JSON.parse(JSON.stringify(regimen)) })
    }
  })
})

describe('a plan', () => {
  const own = { id: 'your-model', isOwn: true, text: 'd/dt(x) = -x', start: 0, times: () => Float64Array.of(0, 1, 2) }
  const regimen = { name: hostile, doses: [{ time: 0, cmt: 'x', amt: 10, label: hostile }] }

  it('has a person’s own model beside it, and compares scenarios', () => {
    const hash = 'ab'.repeat(32)
    const plan = coursePlan(
      own,
      hostile,
      [
        { scenario: scenario(hostile, regimen), hash },
        { scenario: scenario(hostile, regimen), hash },
      ],
      ['x'],
    )
    const read = parsePlan(plan.text, plan.fileName)
    expect(read.steps.map(({ kind }) => kind)).toEqual(['simulate', 'simulate', 'compare', 'report'])
    expect(read.title).toBe(hostile)
    expect(firstStep(plan.text).model).toBe(plan.model?.fileName)
    expect(plan.model?.text).toBe(own.text)
    expect(new Set(plan.expected.map((file) => file.fileName)).size).toBe(2)
    for (const { fileName: file } of plan.expected) expect(plan.text).toContain(`#   ${file}  ${hash}`)
  })

  it('is refused where the model works out a rate, which a plan cannot say', () => {
    const modelled = { name: 'r', doses: [{ time: 0, cmt: 'x', amt: 1, rate: -1 }] }
    expect(() => coursePlan(own, 'a', [{ scenario: scenario('b', modelled), hash: null }], [])).toThrow(/dose 1 of r/)
  })
})

describe('files', () => {
  it('have plain names', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (title) => {
        expect(fileName(title)).toMatch(/^[a-z0-9][a-z0-9-]{0,59}$/)
      }),
    )
    expect(fileName('Müller')).toBe('muller')
    expect(fileName('../../etc/passwd')).toBe('etc-passwd')
    expect(fileName('<img src=x onerror=alert(1)>')).toBe('img-src-x-onerror-alert-1')
    expect(fileName('Zellzahlen (µL), Größe')).toBe('zellzahlen-l-gro-e')
  })

  it('hold titles as texts, in figures and reports', () => {
    const bad = '<script>alert(1)</script>"&'
    const drawing = '<svg class="marks" width="400" height="300" viewBox="0 0 400 300"></svg>'
    expect(svgSize(drawing)).toEqual({ width: 400, height: 300 })
    const figure = figureSvg(drawing, bad, { ink: '#000', ground: '#fff', size: { width: 400, height: 300 } })
    expect(figure).toContain('&lt;script&gt;')
    expect(figure).not.toContain('<script')
    const report = htmlReport({
      title: bad,
      facts: [[bad, bad]],
      figures: [{ title: bad, svg: figure }],
      tables: [{ title: bad, columns: [bad], rows: [[bad, bad]] }],
    })
    expect(report).not.toContain('<script')
    expect(report).toContain("default-src 'none'")
    expect(report.match(/&lt;script&gt;/g)?.length).toBe(9)
  })
})
