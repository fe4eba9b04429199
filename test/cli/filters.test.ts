import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

const files = {
  'm.txt': 'ini({ k = 1 # [1/day]\n eta ~ 0.5 })\nmodel({ d/dt(x) = -k*exp(eta)*x # [1]\n x(0) = 1\n })\n',
  'f.yaml': 'filters:\n  - { name: left, quantity: x, at: 1, atLeast: 0.3, reason: none has less }\n',
}
const command = ['simulate', 'm.txt', '--population', '40', '--times', '0:1:1']

it('run counts dropped draws in the manifest, and they are no failure', async () => {
  const plan = `name: a
title: A
steps:
  - kind: population
    name: p
    model: m.txt
    subjects: 40
    times: 0:1:1
    quantities: [x]
    filters: [{ name: left, quantity: x, at: 1, atLeast: 0.3, reason: none has less }]
`
  const folder = folderWith({ ...files, 'a.yaml': plan })
  const { code, note } = await cartkin(folder, ['run', 'a.yaml', '--out', 'r'])
  const { status } = JSON.parse(readFileSync(join(folder, 'r/manifest.json'), 'utf8'))
  expect([code, status]).toEqual([0, { ok: 40, dropped: expect.any(Number) }])
  expect(note).toContain(`${status.dropped} draws of virtual patients dropped by plausibility filters`)
  expect(readFileSync(join(folder, 'r/p-filters.csv'), 'utf8')).toContain(
    `left,x at 1 at least 0.3,none has less,${status.dropped}`,
  )
})

describe('simulate --filters', () => {
  it('keeps plausible patients alone, and tells how many were dropped and why', async () => {
    const folder = folderWith(files)
    const { code, out, note } = await cartkin(folder, [...command, '--filters', 'f.yaml', '--out', 'c.csv', '--json'])
    expect(code).toBe(0)
    const rows = readFileSync(join(folder, 'c.csv'), 'utf8').trim().split('\n').slice(1)
    const last = rows.map((row) => row.split(',')).filter(([, time]) => time === '1')
    expect(last).toHaveLength(40)
    for (const [, , x] of last) expect(Number(x)).toBeGreaterThanOrEqual(0.3 - 1e-6)
    const { filters } = JSON.parse(out)
    expect(filters).toEqual([
      { name: 'left', kept: 'x at 1 at least 0.3', reason: 'none has less', dropped: expect.any(Number) },
    ])
    expect(note).toContain(`left (x at 1 at least 0.3): ${filters[0].dropped} draws dropped; none has less\n`)
    expect(filters[0].dropped).toBeGreaterThan(5)
  })

  it.each([
    ['a bound of neither side', 'filters: [{ name: f, quantity: x, reason: r }]', /f needs atLeast or atMost/],
    ['no reason', 'filters: [{ name: f, quantity: x, atLeast: 0 }]', /f\.yaml:1:\d+: filters\.0/],
    [
      'another quantity',
      'filters: [{ name: f, quantity: z, atLeast: 0, reason: r }]',
      /no state or output of the model z/,
    ],
  ])('is refused for %s', async (_, text, message) => {
    const folder = folderWith({ ...files, 'f.yaml': text })
    const { code, note } = await cartkin(folder, [...command, '--filters', 'f.yaml'])
    expect([code, note]).toEqual([3, expect.stringMatching(message)])
  })

  it('is of virtual patients', async () => {
    const { code, note } = await cartkin(folderWith(files), [
      'simulate',
      'm.txt',
      '--filters',
      'f.yaml',
      '--times',
      '0:1:1',
    ])
    expect([code, note]).toEqual([2, expect.stringContaining('--population')])
  })
})
