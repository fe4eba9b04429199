import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'

interface TextBoxProps {
  readonly id?: string
  /** For those who cannot see what stands beside it. */
  readonly name: string
  readonly value: string
  readonly placeholder?: string
  readonly numeric?: boolean
  /** What is said of a text that is not taken. */
  readonly problem?: string
  /** False refuses the text. */
  readonly take: (text: string) => boolean
}

/** A box whose text is taken by Enter or on leaving it; Escape brings back what was there. */
export function TextBox({ id, name, value, placeholder = '', numeric, problem = '', take }: TextBoxProps) {
  const refused = useSignal(false)
  /** What is typed and not taken; null when the box shows the value. */
  const draft = useSignal<string | null>(null)
  const problemId = useId()
  const end = ({ value: typed }: HTMLInputElement): void => {
    refused.value = typed !== value && !take(typed)
    if (!refused.value) draft.value = null
  }
  return (
    <>
      <input
        {...(id !== undefined && { id })}
        class="text-box"
        type="text"
        aria-label={name}
        aria-invalid={refused.value}
        {...(refused.value && { 'aria-describedby': problemId })}
        inputMode={numeric ? 'decimal' : 'text'}
        spellcheck={false}
        autocomplete="off"
        value={draft.value ?? value}
        placeholder={placeholder}
        onInput={({ currentTarget }) => {
          draft.value = currentTarget.value
        }}
        onBlur={({ currentTarget }) => end(currentTarget)}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') end(currentTarget)
          if (key === 'Escape') {
            draft.value = null
            refused.value = false
          }
        }}
      />
      {refused.value && (
        <span id={problemId} class="problem box-problem" role="alert">
          {problem}
        </span>
      )}
    </>
  )
}
