import { parameterVector, type Regimen, regimenParameters, regimenRecords, timeGrid } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { modelOf } from './fixtures.ts'

const model = modelOf('w = 0.25\nv = 1\nd/dt(LD) = -w*v*LD\nd/dt(CI) = -CI\n')
const regimen: Regimen = {
  name: 'standard',
  doses: [
    { time: 0, cmt: 'CI', amt: 1 },
    { time: -3, cmt: 'LD', amt: 'w + v' },
    { time: -5, cmt: 'LD', amt: 'w' },
  ],
}

describe('a regimen', () => {
  it('becomes records in time order with its amounts at the given parameters', () => {
    const records = regimenRecords(model, regimen, parameterVector(model, { v: 2 }))
    expect(records.map(({ time, cmt, amt }) => [time, cmt, amt])).toEqual([
      [-5, 'LD', 0.25],
      [-3, 'LD', 2.25],
      [0, 'CI', 1],
    ])
  })

  it('tells which parameters its amounts name', () => {
    expect([...regimenParameters(regimen)].sort()).toEqual(['v', 'w'])
  })

  it.each([
    ['w +', /dose 1 of r: amount w \+/],
    ['w*q', /the model has no parameter q/],
    ['1/0', /is Infinity, not a finite number/],
  ])('refuses the amount %s', (amt, message) => {
    const bad: Regimen = { name: 'r', doses: [{ time: 0, cmt: 'LD', amt }] }
    expect(() => regimenRecords(model, bad, parameterVector(model))).toThrow(message)
  })
})

describe('a time grid', () => {
  it('reaches its end and carries no rounding from step to step', () => {
    const grid = timeGrid(-5, 365, 0.1)
    expect(grid.length).toBe(3701)
    expect(grid[grid.length - 1]).toBe(-5 + 3700 * 0.1)
    expect([...timeGrid(0, 1, 0.25)]).toEqual([0, 0.25, 0.5, 0.75, 1])
    expect([...timeGrid(0, 1, 0.3)]).toEqual([0, 0.3, 0.6, 0.9])
    expect(timeGrid(-5, 365, 0.1).every((time) => time === Number(time.toFixed(1)))).toBe(true)
    expect([...timeGrid(1 / 3, 1, 1 / 3)]).toEqual([1 / 3, 2 / 3, 1])
  })

  it.each([
    [0, 1, 0],
    [0, 1, Number.NaN],
    [1, 0, 1],
    [0, 1, 1e-9],
  ])('refuses %s:%s:%s', (from, to, by) => expect(() => timeGrid(from, to, by)).toThrow(RangeError))
})
