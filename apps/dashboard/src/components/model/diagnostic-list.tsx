import type { Diagnostic } from '@cartkin/model'

interface DiagnosticListProps {
  readonly diagnostics: readonly Diagnostic[]
  readonly goTo: (diagnostic: Diagnostic) => void
}

/** What is wrong with a text; each entry leads to its place. */
export function DiagnosticList({ diagnostics, goTo }: DiagnosticListProps) {
  if (diagnostics.length === 0) return null
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  return (
    <section class="diagnostics" aria-label="Errors and warnings">
      <p role="alert">
        {[counted(errors, 'error'), counted(diagnostics.length - errors, 'warning')].filter(Boolean).join(', ')}
      </p>
      <ul>
        {diagnostics.map((diagnostic) => {
          const { severity, message, span } = diagnostic
          return (
            <li key={`${span.offset} ${message}`}>
              <button type="button" class={`diagnostic ${severity}`} onClick={() => goTo(diagnostic)}>
                <strong>{severity === 'error' ? 'Error' : 'Warning'}</strong>
                <span class="number">
                  line {span.line}, column {span.column}
                </span>
                <span>{message}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function counted(count: number, word: string): string {
  return count === 0 ? '' : `${count} ${word}${count === 1 ? '' : 's'}`
}
