import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseValidationRecord, targetTuning } from '@cartkin/cart-models'
import { createNodePool } from '@cartkin/compute/node'
import { publishValidation, standingOf, type Validation, validateLibrary } from '@cartkin/studies'
import { beforeAll, describe, expect, it } from 'vitest'
import { packageFile } from '../cart-models/fixtures.ts'
import { allTargets } from '../cart-models/target-rows.ts'
import { unbalancedTags } from '../reports/unbalanced-tags.ts'
import { emptyFolder } from './folder.ts'

const targets = allTargets()
const recordText = packageFile('evidence/targets/validation_record.json')
const record = parseValidationRecord(recordText)

describe('the library against its targets', () => {
  const held: { validation?: Validation; html?: string } = {}
  const validation = () => {
    if (!held.validation) throw new Error('the library has not been validated')
    return held.validation
  }
  const html = () => held.html ?? ''
  /** The row with the picture of a target. */
  const rowOf = (id: string): string => {
    const rows = html()
      .split('<tr>')
      .map((part) => part.slice(0, part.indexOf('</tr>')))
    return rows.find((row) => row.startsWith(`<th scope="row">${id}</th>`) && row.includes('<svg')) ?? ''
  }

  beforeAll(async () => {
    const pool = createNodePool({ size: 1 })
    try {
      const { signal } = new AbortController()
      held.validation = await validateLibrary({ pool, subjects: 1000, seed: 1, signal, progress: () => {} })
    } finally {
      await pool.close()
    }
  })

  it('computes every target, in their order', () => {
    expect(validation().rows.map(({ id }) => id)).toEqual(targets.map(({ id }) => id))
    const grouped = validation().groups.flatMap(({ rows }) => rows.map(({ id }) => id))
    expect(grouped.sort()).toEqual(targets.map(({ id }) => id).sort())
  })

  it('misses nothing that is not recorded as missed', () => {
    const lost = validation().rows.filter(({ standing }) => standing === 'newly missed')
    expect(lost.map(({ id, quantity, lo, hi, ours }) => `${id} ${quantity}: ${ours}, not ${lo} to ${hi}`)).toEqual([])
  })

  it('meets nothing that is recorded as missed: then evidence/targets/validation_record.json is to say so', () => {
    const gained = validation().rows.filter(({ standing }) => standing === 'newly met')
    expect(gained.map(({ id }) => id)).toEqual([])
  })

  it('misses what is recorded as missed, D10 among it, and says why', () => {
    const missed = validation().rows.filter(({ pass }) => !pass)
    const recorded = [...record.values()].filter(({ state }) => state === 'missed')
    expect(missed.map(({ id }) => id).sort()).toEqual(recorded.map(({ id }) => id).sort())
    expect(missed.map(({ id }) => id)).toContain('D10')
    for (const { id, reason } of missed) expect(reason, id).toMatch(/^.{40,}$/)
  })

  it('marks what was tuned to: B, C and D, no A, and the others row by row', () => {
    const tuning = new Map(targets.map((target) => [target.id, target.tuning]))
    for (const { id, tuned } of validation().rows) {
      expect(tuned, id).toBe(tuning.get(id) !== 'none')
      if (id < 'E') expect(tuned, id).toBe(!id.startsWith('A'))
    }
  })

  it('is one page without scripts, with a row and a picture for every target', async () => {
    const folder = join(emptyFolder(), 'v')
    await publishValidation(folder, () => Promise.resolve(validation()))
    held.html = readFileSync(join(folder, 'validation.html'), 'utf8')
    expect(unbalancedTags(html())).toEqual([])
    expect(html().includes(`http-equiv="Content-Security-Policy" content="default-src 'none'`)).toBe(true)
    expect(/<script|\son\w+=|<link|https?:\/\/(?!www\.w3\.org)/.test(html())).toBe(false)
    for (const { id, tuned, pass } of validation().rows) {
      expect(rowOf(id).includes('<svg'), id).toBe(true)
      const standing = pass ? 'within' : 'outside'
      expect(rowOf(id), id).toContain(`${standing}${tuned ? ', tuned' : ''}${pass ? '' : ', known miss'}</span>`)
    }
  })

  it('shows how far each published value can be trusted', () => {
    const letters = { found: 'F', 'found-secondary': 'F2', memory: 'M', derived: 'D', assumption: 'A', fitted: 'fit' }
    for (const { id, trust } of validation().rows) {
      expect(rowOf(id), id).toContain(`>${letters[trust]}</span>`)
    }
  })

  it('writes rows that are numbers where they are defined', async () => {
    const folder = join(emptyFolder(), 'v')
    await publishValidation(folder, () => Promise.resolve(validation()))
    const rows: unknown = JSON.parse(readFileSync(join(folder, 'validation.json'), 'utf8'))
    expect(rows).toEqual(validation().rows.map((row) => ({ ...row })))
  })
})

describe('the record of the last accepted validation', () => {
  it('has a row for every target and nothing else', () => {
    expect([...record.keys()].sort()).toEqual(targets.map(({ id }) => id).sort())
  })

  it('tells what changed', () => {
    const [met, missed] = [
      { id: 'X', state: 'met' },
      { id: 'X', state: 'missed', reason: 'r' },
    ] as const
    expect(standingOf(true, met)).toBe('met')
    expect(standingOf(false, met)).toBe('newly missed')
    expect(standingOf(true, missed)).toBe('newly met')
    expect(standingOf(false, missed)).toBe('known miss')
    expect(standingOf(true, undefined)).toBe('met')
    expect(standingOf(false, undefined)).toBe('newly missed')
  })

  it.each([
    ['no list', '{}', 'expected a list of rows'],
    ['a row without a state', '[{"id":"A01"}]', 'row 1: expected { id, state: "met" }'],
    ['a miss without a reason', '[{"id":"A01","state":"missed"}]', 'row 1: expected { id, state: "met" }'],
    ['two rows of a target', '[{"id":"A01","state":"met"},{"id":"A01","state":"met"}]', 'row 2: A01 has two rows'],
  ])('is refused with %s', (_, bad, message) => {
    expect(() => parseValidationRecord(bad)).toThrow(message)
  })
})

it('a target of no known series is no validation by default', () => {
  expect(() => targetTuning('X01')).toThrow(
    'target X01 says no tuning and is of no series that does; these begin with A, B, C, D',
  )
  expect(() => targetTuning('')).toThrow('of no series that does')
})
