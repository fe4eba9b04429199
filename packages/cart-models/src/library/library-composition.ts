import type { CompositionPart } from '@cartkin/model'
import type { LibraryModel } from './library-model.ts'

/** A library model in a whole: how it is named and connected there, as in `CompositionPart`. */
export interface LibraryPart extends Omit<CompositionPart, 'id' | 'text'> {
  /** Names the part in headings of the composed text; the id of the model where absent. */
  readonly id?: string
  readonly model: LibraryModel
}

/**
 * A library model made of library models. Everything is written in names of the whole. Start, horizon and extinction are
 * those of the first part, unless said otherwise. Endpoints and observations are added to those of the parts; an endpoint
 * with the name of a part's takes its place. `population` (with `populationNote`) takes the place of those of the parts,
 * which are drawn together otherwise.
 */
export interface LibraryComposition
  extends Pick<
      LibraryModel,
      'id' | 'title' | 'summary' | 'reference' | 'citation' | 'limits' | 'regimen' | 'scenarios' | 'panels' | 'targets'
    >,
    Partial<Pick<LibraryModel, 'start' | 'horizon' | 'endpoints' | 'observations' | 'population' | 'populationNote'>> {
  readonly parts: readonly [LibraryPart, ...LibraryPart[]]
}
