import { type Desk, firstDesk } from '../document/desk.ts'
import { ownModel, type ProjectDocument, withDesk } from '../document/project-document.ts'
import { carriedOver } from './carried-over.ts'
import type { ModelShelf } from './model-shelf.ts'
import type { OpenedModel } from './opened-model.ts'

/** A text of the person's own, and what stands in the editor where that is something else. */
export interface OwnText {
  readonly text: string
  readonly draft: string | null
}

/**
 * The document with a text without errors as the person's own model in use. An edited library model has become a copy of
 * it. What was chosen for the text before goes over to it, as far as its names are still there.
 */
export function ownDocument(
  document: ProjectDocument,
  { text, draft }: OwnText,
  shelf: ModelShelf,
  opened: OpenedModel,
  desk: Desk,
): ProjectDocument {
  const isOwn = document.open === ownModel
  if (isOwn && document.ownText === text) return document.draft === draft ? document : { ...document, draft }
  const next = { ...document, open: ownModel, ownText: text, ownBase: isOwn ? document.ownBase : document.open, draft }
  const mine = shelf.peek(next)
  if (!mine) return document
  return withDesk(next, ownModel, deskFor(mine))

  function deskFor(model: OpenedModel): Desk {
    if (isOwn || model.origin === opened.origin) return carriedDesk(opened, desk, model)
    const left = document.desks[ownModel]
    const before = document.ownText === null ? null : shelf.peek({ ...document, open: ownModel })
    return left && before ? carriedDesk(before, left, model) : firstDesk(model)
  }
}

function carriedDesk(before: OpenedModel, desk: Desk, next: OpenedModel): Desk {
  const isLeft = (name: string): boolean => next.parameters.has(name)
  return {
    ...desk,
    scenarios: desk.scenarios.map((scenario) => carriedOver(before, scenario, next)),
    bounds: Object.fromEntries(Object.entries(desk.bounds).filter(([name]) => isLeft(name))),
    fixed: desk.fixed.filter(isLeft),
  }
}
