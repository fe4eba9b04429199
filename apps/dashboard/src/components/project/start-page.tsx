import { render } from 'preact'
import type { Workers } from '../../compute/workers.ts'
import { ownModel, type ProjectDocument } from '../../document/project-document.ts'
import type { ModelShelf } from '../../state/model-shelf.ts'
import { type StartedProject, startProject } from '../../storage/start-project.ts'

interface StartPageOptions {
  readonly shelf: ModelShelf
  /** The model of a new project. */
  readonly firstModel: string
  readonly workers: () => Workers
}

/** Begins with the project of the address, once the person wants it, or with that of this browser. */
export async function startPage(
  root: HTMLElement,
  { shelf, firstModel, workers }: StartPageOptions,
): Promise<StartedProject> {
  // a link that is opened in this page is opened as in a new one; what is here is saved before
  addEventListener('hashchange', () => {
    if (isLink()) location.reload()
  })
  const { linked, notice } = isLink() ? await askAboutLink(root, shelf) : { linked: null, notice: '' }
  return startProject({ shelf, firstModel, workers: workers(), linked, notice })
}

function isLink(): boolean {
  return location.hash.startsWith('#project=')
}

interface Decision {
  readonly linked: ProjectDocument | null
  readonly notice: string
}

async function askAboutLink(root: HTMLElement, { index }: ModelShelf): Promise<Decision> {
  const { readLink } = await import('../../storage/project-link.ts')
  const { LinkedPage } = await import('./linked-page.tsx')
  const read = await readLink(location.hash)
  const forget = (): void => history.replaceState(null, '', location.pathname + location.search)
  if (read.kind !== 'project') {
    forget()
    return { linked: null, notice: read.kind === 'refused' ? `The link cannot be opened: ${read.problem}.` : '' }
  }
  const { document: linked } = read
  const titleOf = (id: string): string =>
    id === ownModel
      ? 'Your text'
      : (index.flatMap(({ models }) => models).find((model) => model.id === id)?.title ?? id)
  const run = await new Promise<boolean>((decide) => {
    render(<LinkedPage document={linked} titleOf={titleOf} decide={decide} />, root)
  })
  forget()
  render(null, root)
  return { linked: run ? linked : null, notice: '' }
}
