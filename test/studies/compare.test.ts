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
  context.pool = createNodePool({ size: 1 })
})
afterAll(() => context.pool?.close())

/** x(t) = dose·exp(-k t). */
const model = 'k = 1 # [1/day] Loss\nd/dt(x) = -k*x # [mg] Drug\ny = 2*x # [mg] Twice the drug\n'
const course = `  - &course
    kind: simulate
    name: base
    model: m.txt
    regimen: { doses: [{ day: 0, cmt: x, amount: 8 mg, label: Drug }] }
    times: 0:4:0.5
    endpoints:
      - &at { name: x_1, label: Drug on day 1, unit: mg, quantity: x, kind: value, at: 1 }
      - { name: below, label: Day below 1 mg, unit: day, quantity: x, kind: firstBelow, threshold: 1 }
  - { <<: *course, name: fast, parameters: { k: 2 } }
  - { <<: *course, name: slow, parameters: { k: 0.1 } }
`
const compare = '  - { kind: compare, name: both, courses: { base: Base, fast: Fast, slow: Slow } }\n'

async function run(steps: string): Promise<string> {
  if (!context.pool) throw new Error('no pool')
  const folder = emptyFolder()
  writeFileSync(join(folder, 'm.txt'), model)
  const text = `name: a\ntitle: A\nsolver: { rtol: 1e-10, atol: 1e-12 }\nsteps:\n${steps}`
  const out = join(folder, 'out')
  await runPlan({ plan: parsePlan(text, 'a.yaml'), text, file: 'a.yaml', folder }, out, context.pool)
  return out
}

describe('a comparison', () => {
  it('has values, differences and ratios to the first course, and says why one is missing', async () => {
    const out = await run(course + compare)
    const { columns } = arrowToTable(readFileSync(join(out, 'both.arrow')), 'both')
    const names = columns.map(({ name }) => name)
    expect(names).toEqual([
      'endpoint',
      'label',
      'unit',
      'base',
      'fast',
      'slow',
      'fast.difference',
      'fast.ratio',
      'slow.difference',
      'slow.ratio',
      'note',
    ])
    const cell = (name: string, row: number) => [...(columns[names.indexOf(name)]?.values ?? [])][row]
    expect([cell('endpoint', 0), cell('endpoint', 1)]).toEqual(['x_1', 'below'])
    expect(cell('base', 0)).toBeCloseTo(8 / Math.E, 7)
    expect(cell('fast.difference', 0)).toBeCloseTo(8 * (Math.exp(-2) - Math.exp(-1)), 7)
    expect(cell('fast.ratio', 0)).toBeCloseTo(Math.exp(-1), 7)
    expect(cell('fast.difference', 1)).toBeCloseTo(-Math.log(8) / 2, 6)
    expect(cell('slow', 1)).toBeNaN()
    expect(cell('note', 1)).toMatch(/^Slow: x is never below 1/)
    expect(readFileSync(join(out, 'both.csv'), 'utf8')).toContain('fast.ratio')
  })

  it('takes the endpoints that are named', async () => {
    const out = await run(course + compare.replace(' }\n', ', endpoints: [below] }\n'))
    const { columns } = arrowToTable(readFileSync(join(out, 'both.arrow')), 'both')
    expect([...(columns[0]?.values ?? [])]).toEqual(['below'])
  })

  it('is shown with what is common and what differs, curves over one another, and changes', async () => {
    const report = `  - kind: report
    highlights:
      - { of: both, endpoint: x_1, course: fast }
      - { of: both, endpoint: below, course: fast, label: Soon }
      - { of: both, endpoint: below, course: slow }
    sections:
      - { title: Values, of: both, quantities: [x, y] }
      - { title: Changes, of: both, quantities: [x], show: ratio, from: 1, to: 3 }
`
    const out = await run(course + compare + report)
    const html = readFileSync(join(out, 'report.html'), 'utf8')
    expect(html.match(/<svg/g)).toHaveLength(3)
    expect(html).toContain('Given in all courses: Drug on day 0.')
    expect(html).toContain('Drug, ratio to “Base”.')
    expect(html).toContain('1.08 (−63 %)')
    expect(html).toContain('1.04 (−1.04)')
    expect(html).toContain('<dt>Drug on day 1</dt><dd>1.08 mg</dd><dd class="detail">Fast; Base: 2.94 (−63 %)</dd>')
    expect(html).toContain('<dt>Soon</dt><dd>day 1.04</dd>')
    expect(html).toContain('<dd>none</dd><dd class="detail">Slow</dd>')
    expect(html).toContain('Day below 1 mg: Slow: x is never below 1')
    const [drawn = ''] = /aria-label="Drug, ratio[^"]*"/.exec(html) ?? []
    expect(drawn).toContain('Base peaks at 1 ')
  })

  it('has a table of its own for the changes of many courses', async () => {
    const more = ['a', 'b'].map((name) => `  - { <<: *course, name: ${name}, parameters: { k: 3 } }\n`).join('')
    const five = '  - { kind: compare, name: many, courses: { base: Base, fast: Fast, slow: Slow, a: A, b: B } }\n'
    const report = '  - { kind: report, sections: [{ title: Many, of: many, quantities: [x] }] }\n'
    const html = readFileSync(join(await run(course + more + five + report), 'report.html'), 'utf8')
    expect(html).toContain('Change of the endpoints to “Base”.')
    expect(html).not.toContain('1.08 (−63 %)')
  })

  it.each([
    ['a single course', '  - { kind: compare, name: b, courses: { base: Base } }\n', /needs two steps at least/],
    [
      'a step that is not there',
      '  - { kind: compare, name: b, courses: { base: B, no: N } }\n',
      /no step before this one is named no/,
    ],
    ['an endpoint that no course has', compare.replace(' }\n', ', endpoints: [z] }\n'), /no course has the endpoint z/],
    [
      'endpoints of one name and two meanings',
      `  - { <<: *course, name: other, endpoints: [{ <<: *at, unit: g }] }\n  - { kind: compare, name: b, courses: { base: B, other: O } }\n`,
      /other reads x_1 in another way/,
    ],
    [
      'a highlight of a course that is not compared',
      `${compare}  - { kind: report, highlights: [{ of: both, endpoint: x_1, course: none }], sections: [] }\n`,
      /both has no endpoint x_1 of a course none/,
    ],
    [
      'distributions of what is no population',
      '  - { kind: report, sections: [{ title: T, of: base, distributions: [x_1] }] }\n',
      /step base is a simulate, expected population/,
    ],
    ['an endpoint twice', '  - { <<: *course, name: twice, endpoints: [*at, *at] }\n', /already named x_1/],
    [
      'a quantity that is not there',
      '  - { <<: *course, name: none, endpoints: [{ <<: *at, quantity: z }] }\n',
      /no state or output z/,
    ],
    [
      'a scenario of a file',
      '  - { <<: *course, name: none, scenario: rituximab }\n',
      /m\.txt has no scenario rituximab; it has none/,
    ],
    [
      'a scenario that the library model lacks',
      '  - { kind: simulate, name: lupus, model: lupus-qsp, scenario: ritux, times: 0:1 }\n',
      /lupus-qsp has no scenario ritux; it has no-lymphodepletion, /,
    ],
  ])('is refused for %s', async (_, steps, message) => {
    await expect(run(course + steps)).rejects.toThrow(message)
  })
})

it('a scenario of the library gives regimen and parameters, which a step may change', async () => {
  const steps = `  - &course { kind: simulate, name: typical, model: oncology-qsp, times: 0:30:1 }
  - { <<: *course, name: lever, scenario: slower-proliferation }
  - { <<: *course, name: changed, scenario: slower-proliferation, parameters: { rho: 1.72 } }
  - { <<: *course, name: drug, scenario: tocilizumab }
  - { kind: compare, name: all, courses: { typical: T, lever: L, changed: C, drug: D }, endpoints: [Cmax, IL6_peak] }
`
  const { columns } = arrowToTable(readFileSync(join(await run(steps), 'all.arrow')), 'all')
  const values = (name: string) => [...(columns.find((column) => column.name === name)?.values ?? [])].map(Number)
  expect(values('lever')[0]).toBeLessThan(0.9 * values('typical')[0]!)
  expect(values('changed')).toEqual(values('typical'))
  expect(values('drug')[1]).toBeGreaterThan(2 * values('typical')[1]!)
})
