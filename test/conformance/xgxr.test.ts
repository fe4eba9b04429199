import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkEventData, csvToTable, readEventData } from '@cartkin/tables'
import { describe, expect, it } from 'vitest'

const { CARTKIN_SUITES: suites = join(import.meta.dirname, '../../../shared/suites') } = process.env
const folder = join(suites, 'xgxr')
const archive = join(folder, 'xgxr-large.tar.xz')

/** A file of the archive; null where the machine cannot unpack it. */
function unpacked(name: string): Buffer | null {
  try {
    return execFileSync('tar', ['-xJOf', archive, name], { maxBuffer: 1e8, stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return null
  }
}

const counts = (bytes: Uint8Array, name: string) => {
  const { subjects, timeUnit } = readEventData(bytes, name)
  const records = subjects.flatMap((subject) => subject.records)
  return {
    subjects: subjects.length,
    doses: records.filter(({ evid }) => evid === 1).length,
    values: records.filter(({ dv }) => dv !== undefined).length,
    censored: records.filter(({ cens }) => cens === 1).length,
    timeUnit,
  }
}

describe.skipIf(!existsSync(folder))('data sets of xgxr', () => {
  it.each([
    ['sad.csv', { subjects: 50, doses: 50, values: 600, censored: 23, timeUnit: 'h' }],
    ['mad.csv', { subjects: 60, doses: 360, values: 3700, censored: 25, timeUnit: 'h' }],
    ['nlmixr_theo_sd.csv', { subjects: 12, doses: 12, values: 132, censored: 0, timeUnit: '' }],
  ])('%s is read as it is', (name, wanted) => {
    expect(counts(readFileSync(join(folder, name)), name)).toEqual(wanted)
  })

  it('the values of every row are those that stand in it', () => {
    const text = readFileSync(join(folder, 'mad.csv'), 'utf8')
    const records = readEventData(text, 'mad.csv').subjects.flatMap((subject) => subject.records)
    const rows = text.trim().split('\n').slice(1)
    expect(records).toHaveLength(rows.length)
    for (const [index, row] of rows.entries()) {
      const [, time, , , amount, value, , , name, , censored, event] = row.split(',')
      const { time: at, amt = 0, dv, cens = 0, evid, endpoint } = records[index] ?? { time: Number.NaN, evid: 0 }
      expect([at, amt, dv, cens, evid, evid === 0 ? endpoint : name]).toEqual([
        Number(time),
        Number(amount),
        value === '.' ? undefined : Number(value),
        Number(censored),
        Number(event),
        name,
      ])
    }
  })

  it('larger ones of the archive are read, too', (context) => {
    const pkpd = unpacked('case1_pkpd.csv')
    const nca = unpacked('mad_nca.csv')
    if (pkpd === null || nca === null) return context.skip('tar cannot unpack xz here')
    expect(counts(pkpd, 'case1_pkpd.csv')).toEqual({
      subjects: 180,
      doses: 15300,
      values: 5220,
      censored: 2435,
      timeUnit: 'h',
    })
    expect(csvToTable(nca.toString('utf8'), 'mad_nca.csv').columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'ID number',
      'PARAM text',
      'VALUE number',
      'DOSE number',
      'TRTACT text',
      'SEX text',
      'WEIGHTB number',
    ])
  })

  it('every error planted in mad_missing_duplicates.csv is named', (context) => {
    const bytes = unpacked('mad_missing_duplicates.csv')
    if (bytes === null) return context.skip('tar cannot unpack xz here')
    const { errors, doubts } = checkEventData(bytes, 'd.csv', { strict: true })
    expect(errors.map(({ position }) => position?.line)).toEqual([733, 1809, 2513, 2808, 2884, 2924, 3258, 3869])
    for (const error of errors) expect(error.message).toMatch(/\(LIDV\): ".*" and the whole row repeat line \d+/)
    expect(doubts.map(({ position }) => position?.line)).toEqual([762, 1253, 1346, 2669, 3177, 3382, 3488, 4001])
    for (const doubt of doubts) expect(doubt.message).toContain('(LIDV): "." is no value, but MDV is 0')
    const { subjects, notes } = readEventData(bytes, 'd.csv')
    expect(subjects).toHaveLength(60)
    const told = notes.join('\n')
    for (const { message } of [...errors, ...doubts]) expect(told).toContain(message)
  })
})
