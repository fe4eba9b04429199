import { libraryShelves } from '@cartkin/cart-models'
import { htmlReport, type ReportCell } from '@cartkin/reports'
import type { ValidationRow } from '../validation/validation.ts'
import type { ModelRuns } from './model-runs.ts'

interface ListedModel {
  readonly runs: ModelRuns
  readonly targets: readonly ValidationRow[]
}

/** The page that leads to those of the models. */
export function indexPage(models: readonly ListedModel[], version: string): string {
  const shelves = libraryShelves.map((shelf) => ({
    title: shelf.title,
    listed: shelf.models.flatMap(({ id }) => models.find(({ runs }) => runs.library.id === id) ?? []),
  }))
  return htmlReport({
    title: 'Models of the library',
    subtitle: 'Equations, parameters with their sources, typical runs, limits, and what to cite.',
    sections: shelves
      .filter(({ listed }) => listed.length > 0)
      .map(({ title, listed }) => ({
        heading: title,
        blocks: [
          {
            kind: 'table',
            caption: 'Each name leads to the page of its model.',
            columns: [
              { header: 'Model' },
              { header: 'Name' },
              { header: 'What it is' },
              { header: 'States', kind: 'number' },
              { header: 'Parameters', kind: 'number' },
              { header: 'Targets met', kind: 'number' },
              { header: 'Reference' },
            ],
            rows: listed.map(rowOf),
          },
        ],
      })),
    footer: `cartkin ${version}`.trim(),
  })
}

function rowOf({ runs: { library, source }, targets }: ListedModel): readonly ReportCell[] {
  const { states, parameters } = source.model
  const met = targets.filter(({ pass }) => pass).length
  return [
    { text: library.title, page: `${library.id}.html` },
    library.id,
    library.summary,
    String(states.length),
    String(parameters.length),
    targets.length === 0 ? '' : `${met} of ${targets.length}`,
    { text: library.reference, tone: 'muted' },
  ]
}
