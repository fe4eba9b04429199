import { checkEventData, DataError, readEventData } from '@cartkin/tables'
import { describe, expect, it } from 'vitest'
import { eventFaults } from './event-faults.ts'

describe('a fault of an event file is told with its place', () => {
  it('of at least 60 distinct kinds', () => {
    expect(new Set(eventFaults.map(({ file }) => file.toString())).size).toBe(eventFaults.length)
    expect(eventFaults.length).toBeGreaterThanOrEqual(60)
  })

  it.each(eventFaults)('$name', ({ file, at, says, options }) => {
    const { data, errors } = checkEventData(file, 'd.csv', options)
    expect(data).toBeUndefined()
    const [error] = errors
    expect(error).toBeInstanceOf(DataError)
    if (at === null) expect(error?.message).toMatch(/^d\.csv/)
    else expect(error?.message).toContain(`d.csv, line ${at[0]}, column ${at[1]}`)
    for (const part of says) expect(error?.message).toContain(part)
    expect(error?.expected).not.toBe('')
    expect(() => readEventData(file, 'd.csv', options)).toThrow(error?.problem)
  })

  it('and so is every other fault of the same file', () => {
    const { errors } = checkEventData('ID,TIME,AMT,DV\n1,0,-5,.\n1,2,.,high\n1,1,.,=A1\n,3,.,4\n', 'd.csv')
    expect(errors.map(({ position, text }) => [position?.line, text])).toEqual([
      [2, '-5'],
      [3, 'high'],
      [4, '1'],
      [4, '=A1'],
      [5, ''],
    ])
    const message = (() => {
      try {
        readEventData('TIME,DV\n0,a\n1,b\n2,c\n', 'd.csv')
      } catch (error) {
        return error instanceof Error ? error.message : ''
      }
      return ''
    })()
    expect(message.split('\n').map((line) => line.slice(0, 13))).toEqual([
      'd.csv, line 2',
      'd.csv, line 3',
      'd.csv, line 4',
    ])
  })

  it('up to twenty, and the rest are counted', () => {
    const rows = Array.from({ length: 50 }, (_, i) => `${i},x`).join('\n')
    expect(() => readEventData(`TIME,DV\n${rows}\n`, 'd.csv')).toThrow(/\nand 30 more$/)
  })
})
