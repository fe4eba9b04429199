import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals'

/** A change that can be taken back, in words: "rho", "Pin scenario". */
export interface Step {
  readonly label: string
  /** When it was made, milliseconds since 1970. */
  readonly at: number
}

/** What a change is called, and what it goes on with. */
export interface Change {
  readonly label: string
  /** Changes with the same key are one step until it is sealed: those of one drag, or of a text while it is typed. */
  readonly merge?: string
}

/** States in their order, with a present one. */
export interface History<T> {
  readonly present: ReadonlySignal<T>
  /** What undo takes back, the newest last. */
  readonly undoable: ReadonlySignal<readonly Step[]>
  /** What redo brings again, the next one last. */
  readonly redoable: ReadonlySignal<readonly Step[]>
  /** The steps that undo takes back, with the states before them, the newest last. */
  readonly past: ReadonlySignal<readonly Kept<T>[]>
  /** The steps that redo brings again, with the states after them, the next one last. */
  readonly future: ReadonlySignal<readonly Kept<T>[]>
  /** Whether the present stays as it is, whatever is done: set while another page has the document. */
  readonly locked: Signal<boolean>
  /** A new present; the same state as before is no change. What could be brought again is gone. */
  commit(next: T, change: Change): void
  /** Ends the step that changes go on with. */
  seal(): void
  undo(): void
  redo(): void
  /** Takes another state for the present, which has no past. */
  restart(next: T): void
  /** Puts older steps before those that are there, and later ones after the present where nothing has been done since. */
  remember(older: readonly Kept<T>[], later?: readonly Kept<T>[]): void
}

/** The step goes on and is called by what it has come to: "Move fludarabine to day -6". */
function relabelled<T>(kept: Kept<T>, label: string): Kept<T> {
  return { ...kept, step: { ...kept.step, label } }
}

/** Most steps that can be taken back. */
const mostSteps = 200

export interface Kept<T> {
  readonly step: Step
  /** The state before the step (of what can be undone), or after it (of what can be redone). */
  readonly state: T
}

export function createHistory<T>(first: T, now: () => number = Date.now): History<T> {
  const present = signal(first)
  const past = signal<readonly Kept<T>[]>([])
  const locked = signal(false)
  const future = signal<readonly Kept<T>[]>([])
  const undoable = signal<readonly Step[]>([])
  const redoable = signal<readonly Step[]>([])
  let merging: string | null = null

  const set = (state: T, before: readonly Kept<T>[], after: readonly Kept<T>[]): void => {
    batch(() => {
      present.value = state
      past.value = before
      future.value = after
      undoable.value = before.map(({ step }) => step)
      redoable.value = after.map(({ step }) => step)
    })
  }

  return {
    present,
    undoable,
    redoable,
    past,
    future,
    locked,
    commit(next, { label, merge }) {
      if (next === present.peek() || locked.peek()) return
      const before = past.peek()
      const goesOn = merge !== undefined && merge === merging && before.length > 0
      merging = merge ?? null
      const last = before.at(-1)
      if (goesOn && last?.step.label === label) present.value = next
      else if (goesOn && last) set(next, [...before.slice(0, -1), relabelled(last, label)], [])
      else set(next, [...before, { step: { label, at: now() }, state: present.peek() }].slice(-mostSteps), [])
    },
    seal() {
      merging = null
    },
    undo() {
      const last = past.peek().at(-1)
      if (!last || locked.peek()) return
      merging = null
      set(last.state, past.peek().slice(0, -1), [...future.peek(), { step: last.step, state: present.peek() }])
    },
    redo() {
      const next = future.peek().at(-1)
      if (!next || locked.peek()) return
      merging = null
      set(next.state, [...past.peek(), { step: next.step, state: present.peek() }], future.peek().slice(0, -1))
    },
    restart(next) {
      merging = null
      set(next, [], [])
    },
    remember(older, later = []) {
      const isUntouched = past.peek().length === 0 && future.peek().length === 0
      set(present.peek(), [...older, ...past.peek()].slice(-mostSteps), isUntouched ? later : future.peek())
    },
  }
}
