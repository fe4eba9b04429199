import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

interface Held<T> {
  readonly value: T
}

interface History<T> {
  readonly present: Held<T>
  readonly undoable: Held<readonly { readonly label: string; readonly at: number }[]>
  readonly redoable: Held<readonly { readonly label: string }[]>
  commit(next: T, change: { readonly label: string; readonly merge?: string }): void
  seal(): void
  undo(): void
  redo(): void
  restart(next: T): void
  remember(older: readonly Kept<T>[], later?: readonly Kept<T>[]): void
}

interface Kept<T> {
  readonly step: { readonly label: string; readonly at: number }
  readonly state: T
}

const { createHistory }: { createHistory<T>(first: T, now?: () => number): History<T> } =
  await loadDashboard('document/history.ts')

describe('a history', () => {
  it('goes back over every step to the first state and forward to the last', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 150 }), (values) => {
        const states = [{ value: Number.NaN }, ...values.map((value) => ({ value }))]
        const history = createHistory(states[0]!)
        states.slice(1).forEach((state, k) => {
          history.commit(state, { label: `step ${k}` })
        })
        for (const state of states.toReversed().slice(1)) {
          history.undo()
          expect(history.present.value).toBe(state)
        }
        expect(history.undoable.value).toEqual([])
        for (const state of states.slice(1)) {
          history.redo()
          expect(history.present.value).toBe(state)
        }
        expect(history.redoable.value).toEqual([])
      }),
    )
  })

  it('has one step for changes that go on, until they are sealed or something else is done', () => {
    const history = createHistory(0)
    for (const value of [1, 2, 3]) history.commit(value, { label: 'rho', merge: 'rho' })
    history.seal()
    for (const value of [4, 5]) history.commit(value, { label: 'rho', merge: 'rho' })
    history.commit(6, { label: 'alpha', merge: 'alpha' })
    expect(history.undoable.value.map(({ label }) => label)).toEqual(['rho', 'rho', 'alpha'])
    const seen = [1, 2, 3].map(() => {
      history.undo()
      return history.present.value
    })
    expect(seen).toEqual([5, 3, 0])
  })

  it('forgets what could be brought again once something new is done, and takes no change for none', () => {
    const history = createHistory('a')
    history.commit('b', { label: 'b' })
    history.undo()
    history.commit('a', { label: 'nothing' })
    expect(history.redoable.value.length).toBe(1)
    history.commit('c', { label: 'c', merge: 'c' })
    expect(history.redoable.value).toEqual([])
    history.undo()
    history.commit('d', { label: 'c', merge: 'c' })
    history.undo()
    expect(history.present.value).toBe('a')
  })

  it('remembers what was done before, and what was taken back unless something has been done since', () => {
    const step = (label: string, state: string) => ({ step: { label, at: 0 }, state })
    const steps = [[step('b', 'a')], [step('d', 'd'), step('c', 'c')]] as const
    const history = createHistory('b')
    history.remember(...steps)
    expect(history.redoable.value.map(({ label }) => label)).toEqual(['d', 'c'])
    history.redo()
    history.redo()
    expect(history.present.value).toBe('d')
    for (let k = 0; k < 3; k++) history.undo()
    expect(history.present.value).toBe('a')
    const gone = createHistory('b')
    gone.commit('x', { label: 'x' })
    gone.remember(...steps)
    expect(gone.redoable.value).toEqual([])
    expect(gone.undoable.value.map(({ label }) => label)).toEqual(['b', 'x'])
  })

  it('keeps 200 steps with their times', () => {
    let time = 0
    const history = createHistory(0, () => ++time)
    for (let k = 1; k <= 300; k++) history.commit(k, { label: String(k) })
    expect(history.undoable.value.length).toBe(200)
    expect(history.undoable.value.at(-1)).toEqual({ label: '300', at: 300 })
    history.restart(7)
    expect(history.undoable.value).toEqual([])
    expect(history.present.value).toBe(7)
  })
})
