import { useEffect, useRef } from 'preact/hooks'

interface ScenarioNameProps {
  readonly name: string
  /** Told the name as typed, or null where it stays. */
  readonly done: (name: string | null) => void
}

/** The name of a scenario while it is typed: Enter takes it, Escape leaves it. */
export function ScenarioName({ name, done }: ScenarioNameProps) {
  const box = useRef<HTMLInputElement>(null)
  const isDone = useRef(false)
  useEffect(() => box.current?.select(), [])
  const end = (typed: string | null): void => {
    if (isDone.current) return
    isDone.current = true
    done(typed)
  }
  return (
    <input
      ref={box}
      class="scenario-name-box"
      aria-label={`New name of ${name}`}
      autoComplete="off"
      maxLength={200}
      defaultValue={name}
      onKeyDown={(event) => {
        if (event.key === 'Enter') end(event.currentTarget.value)
        if (event.key === 'Escape') end(null)
      }}
      onBlur={(event) => end(event.currentTarget.value)}
    />
  )
}
