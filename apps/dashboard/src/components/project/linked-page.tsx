import { useSignal } from '@preact/signals'
import type { ProjectDocument } from '../../document/project-document.ts'
import { ownModel } from '../../document/project-document.ts'
import { contentsText } from './project-contents.ts'

interface LinkedPageProps {
  readonly document: ProjectDocument
  /** Title of a model by its id. */
  readonly titleOf: (id: string) => string
  /** Opens it, or goes on without it. */
  readonly decide: (run: boolean) => void
}

/** What a link holds, before anything of it is run. */
export function LinkedPage({ document, titleOf, decide }: LinkedPageProps) {
  const inspecting = useSignal(false)
  return (
    <main class="linked" aria-labelledby="linked-title">
      <h1 id="linked-title">{document.name || titleOf(document.open)}</h1>
      <div class="notice-bar" role="status">
        <p>
          Opened from a link: {contentsText(document)}. Nothing of it has been run, and your own project is as you left
          it.
        </p>
        <button type="button" class="button small primary" onClick={() => decide(true)}>
          Run
        </button>
        <button
          type="button"
          class="button small"
          aria-expanded={inspecting.value}
          onClick={() => {
            inspecting.value = !inspecting.value
          }}
        >
          Inspect
        </button>
        <button type="button" class="button small" onClick={() => decide(false)}>
          Discard
        </button>
      </div>
      {inspecting.value && <Contents document={document} titleOf={titleOf} />}
    </main>
  )
}

function Contents({ document, titleOf }: Pick<LinkedPageProps, 'document' | 'titleOf'>) {
  return (
    <div class="linked-contents">
      {Object.entries(document.desks).map(([model, desk]) => (
        <section key={model} class="card">
          <h2>
            {titleOf(model)} {model === document.open && <span class="muted">in use</span>}
          </h2>
          <table>
            <thead>
              <tr>
                <th scope="col">Scenario</th>
                <th scope="col">Given</th>
                <th scope="col" class="number">
                  Runs until
                </th>
                <th scope="col">Changed parameters and inputs</th>
              </tr>
            </thead>
            <tbody>
              {desk.scenarios.map(({ id, name, regimen, horizon, parameters, inputs }) => (
                <tr key={id}>
                  <th scope="row">{name}</th>
                  <td>
                    {regimen.name} ({regimen.doses.length})
                  </td>
                  <td class="number">{horizon}</td>
                  <td>
                    {Object.entries({ ...inputs, ...parameters })
                      .map(([parameter, value]) => `${parameter} = ${value}`)
                      .join(', ') || 'none'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
      {document.ownText !== null && <TextOf title={titleOf(ownModel)} text={document.ownText} />}
      {document.draft !== null && <TextOf title="Text in the editor" text={document.draft} />}
    </div>
  )
}

function TextOf({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <section class="card">
      <h2>{title}</h2>
      <textarea readOnly aria-label={title} wrap="off" value={text} />
    </section>
  )
}
