import type { LibraryModel, LibraryPart } from './library-model.ts'

type Optional =
  | 'start'
  | 'horizon'
  | 'regimen'
  | 'scenarios'
  | 'panels'
  | 'endpoints'
  | 'observations'
  | 'population'
  | 'populationNote'

/**
 * A library model made of library models. Everything is written in names of the whole. Start, horizon, regimen and panels
 * are those of the first part, as far as they still apply, unless said otherwise: doses into what is gone are left out.
 * Endpoints and observations are added to those of the parts; an endpoint with the name of a part's takes its place.
 * `population` (with `populationNote`) takes the place of those of the parts, which are drawn together otherwise.
 */
export interface LibraryComposition
  extends Pick<LibraryModel, 'id' | 'title' | 'summary' | 'reference' | 'citation' | 'limits' | 'targets'>,
    Partial<Pick<LibraryModel, Optional>> {
  readonly parts: readonly [LibraryPart, ...LibraryPart[]]
}
