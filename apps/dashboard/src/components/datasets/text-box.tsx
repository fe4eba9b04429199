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
  const problemId = useId()
  const end = (input: HTMLInputElement): void => {
    if (input.value === value) refused.value = false
    else refused.value = !take(input.value)
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
        value={value}
        placeholder={placeholder}
        onBlur={({ currentTarget }) => end(currentTarget)}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') end(currentTarget)
          if (key === 'Escape') {
            currentTarget.value = value
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
