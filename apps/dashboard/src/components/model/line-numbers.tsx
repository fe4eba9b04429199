import type { Ref } from 'preact'
import { useMemo } from 'preact/hooks'

interface LineNumbersProps {
  readonly ref: Ref<HTMLPreElement>
  readonly text: string
}

/** The numbers beside the lines of an editor, which scrolls them. */
export function LineNumbers({ ref, text }: LineNumbersProps) {
  const numbers = useMemo(() => {
    const count = text.split('\n').length
    return Array.from({ length: count }, (_, k) => k + 1).join('\n')
  }, [text])
  return (
    <pre ref={ref} class="line-numbers" aria-hidden="true">
      {numbers}
    </pre>
  )
}
