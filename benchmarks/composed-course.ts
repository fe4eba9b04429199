import { composeLibraryModels, type LibraryModel, libraryModel } from '@cartkin/cart-models'

/**
 * The lupus model with lymphodepletion by concentration, neutrophils and tocilizumab as parts of their own, over a year: of
 * what is composed in the library, what a modeller would begin with.
 */
export function composedCourse(): LibraryModel {
  const withDrugs = libraryModel('lupus-flu-cy')
  const [lupus, ...others] = withDrugs.parts ?? []
  if (lupus === undefined) throw new Error('lupus-flu-cy is made of nothing')
  const connect = { ...lupus.connect, occ: 'toc_occ' }
  return composeLibraryModels({
    id: 'lupus-flu-cy-tocilizumab',
    title: 'Lupus, lymphodepletion, neutrophils and tocilizumab',
    summary: withDrugs.summary,
    parts: [
      { ...lupus, connect, drop: [...(lupus.drop ?? []), 'TC1', 'TC2'] },
      ...others,
      { model: libraryModel('tocilizumab'), prefix: 'toc_', connect: { WT: 'WT' } },
    ],
    regimen: withDrugs.regimen,
    horizon: year,
    reference: withDrugs.reference,
    citation: withDrugs.citation,
    limits: [],
    targets: [],
  })
}

/** Last day of a course. */
export const year = 365
