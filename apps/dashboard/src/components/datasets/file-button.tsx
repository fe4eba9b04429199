import { useRef } from 'preact/hooks'

interface FileButtonProps {
  readonly title: string
  readonly primary?: boolean
  readonly take: (file: File) => void
}

/** A button that asks for a data file. */
export function FileButton({ title, primary, take }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" class={primary ? 'button primary' : 'button small'} onClick={() => input.current?.click()}>
        {title}
      </button>
      <input
        ref={input}
        type="file"
        class="visually-hidden"
        tabIndex={-1}
        aria-hidden="true"
        data-testid="data-file"
        accept=".csv,.tsv,.txt,.dat,text/csv,text/plain"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          currentTarget.value = ''
          if (file) take(file)
        }}
      />
    </>
  )
}
