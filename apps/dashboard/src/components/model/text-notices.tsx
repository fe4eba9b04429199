import type { Dashboard } from '../../state/dashboard.ts'
import type { ModelText } from '../../state/model-text.ts'
import { goToInput } from '../shell/missing-values.tsx'
import type { Regions } from '../shell/regions.ts'

interface TextNoticesProps {
  readonly dashboard: Dashboard
  readonly modelText: ModelText
  readonly regions: Regions
}

/**
 * Over the foot of the plots, which keep their place: that the curves are of an earlier text, and why; or that the text has
 * warnings. Each leads to its line.
 */
export function TextNotices({ dashboard, modelText, regions }: TextNoticesProps) {
  const problem = modelText.problem.value
  const status = dashboard.status.value
  const { isOwn, model } = dashboard.opened.value
  const show = (): void => {
    regions.left.value = 'model'
    const first = problem ?? model.warnings[0]
    if (first) modelText.wanted.value = first.span
  }
  if (problem) {
    const { line, column } = problem.span
    return (
      <p class="stale notice" role="status">
        <span>
          Out of date: the model text has an error. Line {line}, column {column}: {problem.message}
        </span>
        <button type="button" class="button small" onClick={show}>
          Show
        </button>
      </p>
    )
  }
  if (status.kind === 'waiting' && dashboard.course.value) {
    return (
      <p class="stale notice" role="status">
        <span>Out of date: the model text leaves open</span>
        {status.inputs.map(({ name, nearest, span }) => (
          <span key={name} class="row">
            <button
              type="button"
              class="button small"
              onClick={() => {
                regions.left.value = 'parameters'
                requestAnimationFrame(() => goToInput(name))
              }}
            >
              <code>{name}</code>
            </button>
            <span>
              (line {span.line}){nearest !== undefined && `, did you mean ${nearest}?`}
            </span>
          </span>
        ))}
      </p>
    )
  }
  const { length: count } = isOwn ? model.warnings : []
  if (count === 0 || regions.left.value === 'model') return null
  return (
    <p class="stale notice">
      {count === 1 ? '1 warning' : `${count} warnings`} about the model text.
      <button type="button" class="button small" onClick={show}>
        Show
      </button>
    </p>
  )
}
