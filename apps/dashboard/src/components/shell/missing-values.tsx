import type { MissingInput } from '@cartkin/simulation'

interface MissingValuesProps {
  readonly inputs: readonly MissingInput[]
  /** Brings the boxes of inputs into view. */
  readonly show: () => void
}

/** Stands where the curves will be: the inputs that have no value yet, each a way to its box. */
export function MissingValues({ inputs, show }: MissingValuesProps) {
  return (
    <section class="waiting" aria-label="Inputs without a value">
      <p class="waiting-title" role="status">
        {inputs.length === 1 ? '1 input needs a value' : `${inputs.length} inputs need a value`}
      </p>
      <p class="caption">
        The text uses these names and gives them no value. Curves appear as soon as each of them has one.
      </p>
      <ul>
        {inputs.map(({ name, nearest, span }) => (
          <li key={name}>
            <button
              type="button"
              class="button small"
              onClick={() => {
                show()
                requestAnimationFrame(() => goToInput(name))
              }}
            >
              <code>{name}</code>
            </button>
            <span class="muted">line {span.line}</span>
            {nearest !== undefined && (
              <span>
                Did you mean <code>{nearest}</code>?
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Brings the box of an input into view and into focus, once its region is shown. */
export function goToInput(name: string): void {
  const box = document.getElementById(`input-${name}`)
  box?.closest('details')?.setAttribute('open', '')
  box?.focus()
}
