import { describe, expect, it } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

const { foundCommands } = await loadDashboard('components/commands/found-commands.ts')
const { announcement } = await loadDashboard('components/fit/announcement.ts')
const { rememberSingleLetters } = await loadDashboard('state/single-letters.ts')
const { createPlotView } = await loadDashboard('plot/plot-view.ts')

const commands = [
  ['Pin as scenario', 'Scenarios'],
  ['Open CD19 CAR-T cells in lupus', 'Model'],
  ['rho Fastest CAR-T proliferation', 'Parameter'],
  ['CAR-T cells: linear axis', 'Plots'],
  ['CSV of all curves', 'Export'],
].map(([title, group]) => ({ title, group, run: () => {} }))
const titles = (query: string): string[] =>
  foundCommands(commands, query).map(({ title }: { readonly title: string }) => title)

describe('a search of commands', () => {
  it('gives all of them in their order where nothing is asked', () => {
    expect(titles('  ')).toEqual(commands.map(({ title }) => title))
  })

  it('gives those with every word in title or group, in any case and order', () => {
    expect(titles('AXIS car-t')).toEqual(['CAR-T cells: linear axis'])
    expect(titles('export')).toEqual(['CSV of all curves'])
    expect(titles('pin model')).toEqual([])
  })

  it('puts first those that begin with it, then those of which a word does', () => {
    expect(titles('car-t')).toEqual([
      'CAR-T cells: linear axis',
      'Open CD19 CAR-T cells in lupus',
      'rho Fastest CAR-T proliferation',
    ])
    expect(titles('in')).toEqual(['Open CD19 CAR-T cells in lupus', 'Pin as scenario', 'CAR-T cells: linear axis'])
  })
})

describe('what a screen reader is told of a fit', () => {
  /** What is told when each text comes at its time, milliseconds. */
  const told = (texts: readonly (readonly [at: number, text: string])[]): [number, string][] => {
    const all: { readonly at: number; readonly text: string }[] = []
    for (const [at, text] of texts) {
      const next = announcement(all.at(-1) ?? null, text, at)
      if (next !== all.at(-1)) all.push(next)
    }
    return all.map(({ at, text }) => [at, text])
  }

  it('comes every five seconds at most', () => {
    const texts = Array.from({ length: 200 }, (_, k) => [100 * k, `Iteration ${k}`] as const)
    expect(told(texts).map(([at]) => at)).toEqual([0, 5000, 10_000, 15_000])
  })

  it('comes at once where the fit is paused, goes on or is stopped, and not twice', () => {
    expect(
      told([
        [0, 'Iteration 1'],
        [200, 'Paused. Iteration 2'],
        [900, 'Paused. Iteration 2'],
        [1000, 'Iteration 3'],
        [1100, 'Iteration 4'],
        [1200, 'Stopped by you at iteration 4.'],
        [9000, 'Stopped by you at iteration 4.'],
      ]),
    ).toEqual([
      [0, 'Iteration 1'],
      [200, 'Paused. Iteration 2'],
      [1000, 'Iteration 3'],
      [1200, 'Stopped by you at iteration 4.'],
    ])
  })
})

describe('the switch of single letters', () => {
  it('is on at first and remembered when it is off', () => {
    const kept = new Map<string, string>()
    const memory = {
      get: (key: string) => kept.get(key) ?? null,
      set: (key: string, value: string | null) => {
        if (value === null) kept.delete(key)
        else kept.set(key, value)
        return true
      },
    }
    const { letters } = createPlotView({ value: {} })
    expect(letters.value).toBe(true)
    rememberSingleLetters(letters, memory)
    expect(kept.size).toBe(0)
    letters.value = false
    const again = createPlotView({ value: {} }).letters
    rememberSingleLetters(again, memory)
    expect(again.value).toBe(false)
    again.value = true
    expect(kept.size).toBe(0)
  })
})
