import { effect, type ReadonlySignal, untracked } from '@preact/signals'

/** Work that follows a setting. */
export interface RestingWork<S> {
  readonly setting: ReadonlySignal<S>
  /** Whether two settings ask for the same work. */
  readonly isSame: (a: S, b: S) => boolean
  readonly isWanted: (setting: S) => boolean
  /** How long the setting rests before the work begins. */
  readonly milliseconds: number
  /** Told of every change that asks for other work, before it begins; `before` is null at first. */
  readonly changed: (next: S, before: S | null) => void
  readonly begin: () => void
}

/** Begins work once what it depends on rests. What is still waiting when it changes again never begins. */
export function whenResting<S>({ setting, isSame, isWanted, milliseconds, changed, begin }: RestingWork<S>): void {
  let last: { readonly setting: S } | null = null
  let resting: ReturnType<typeof setTimeout> | undefined
  effect(() => {
    const next = setting.value
    const before = last
    last = { setting: next }
    untracked(() => {
      if (before && isSame(before.setting, next)) return
      clearTimeout(resting)
      changed(next, before?.setting ?? null)
      if (isWanted(next)) resting = setTimeout(begin, milliseconds)
    })
  })
}

/** One piece of work at a time. */
export interface OneRun {
  /** Ends what is under way and begins anew: the signal says when this has ended in its turn. */
  begin(): AbortSignal
  end(): void
}

export function oneRun(): OneRun {
  let current: AbortController | null = null
  const end = (): void => {
    current?.abort()
    current = null
  }
  return {
    begin() {
      end()
      current = new AbortController()
      return current.signal
    },
    end,
  }
}
