import { useSignal } from '@preact/signals'
import { useEffect, useId } from 'preact/hooks'

interface StepFieldProps {
  /** What it is of, in full: "Day of fludarabine, dose 1". */
  readonly name: string
  readonly text: string
  /** Takes what was typed; says why not where it cannot, else an empty text. */
  readonly commit: (text: string) => string
  /** Moves it by one step up or down; absent: it is typed alone. */
  readonly move?: (sign: 1 | -1) => void
  /** "to an earlier day", "to a later day": what the buttons do, before the name. */
  readonly moves?: readonly [string, string]
  readonly wide?: boolean
  /** What an empty box stands for, or how it is written. */
  readonly hint?: string
}

/** A box for what is typed, with a button on either side that moves it, and its refusal below. */
export function StepField({ name, text, commit, move, moves = ['Decrease', 'Increase'], wide, hint }: StepFieldProps) {
  const id = useId()
  const draft = useSignal<string | null>(null)
  const problem = useSignal('')
  useEffect(() => {
    draft.value = null
    problem.value = ''
  }, [text, draft, problem])
  const step = (sign: 1 | -1) =>
    move && (
      <button
        type="button"
        class="icon-button"
        aria-label={`${moves[sign > 0 ? 1 : 0]}: ${name}`}
        onClick={() => move(sign)}
      >
        {sign > 0 ? '+' : '−'}
      </button>
    )
  return (
    <div class={wide ? 'step-field wide' : 'step-field'}>
      <div class={move ? 'stepper' : ''}>
        {step(-1)}
        <input
          class="number-box"
          type="text"
          autoComplete="off"
          spellcheck={false}
          placeholder={hint}
          aria-label={name}
          aria-invalid={problem.value !== ''}
          aria-describedby={problem.value ? id : undefined}
          value={draft.value ?? text}
          onInput={(event) => {
            draft.value = event.currentTarget.value
            problem.value = ''
          }}
          onChange={(event) => {
            const typed = event.currentTarget.value
            problem.value = commit(typed)
            draft.value = problem.value === '' ? null : typed
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            draft.value = null
            problem.value = ''
          }}
        />
        {step(1)}
      </div>
      {problem.value && (
        <p class="problem" id={id} role="alert">
          {problem.value}
        </p>
      )}
    </div>
  )
}
