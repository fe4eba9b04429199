import { type LibraryModel, libraryModels, type Observation, trustTags } from '@cartkin/cart-models'
import { expect, it } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

interface Marks {
  readonly observations: readonly Observation[]
  readonly doses: readonly never[]
  readonly timeUnit: string
}

interface Scales {
  readonly x: (time: number) => number
  readonly y: (value: number) => number
}

const {
  hoverItem,
}: {
  hoverItem(
    marks: Marks,
    scales: Scales,
    x: number,
    y: number,
    format: (value: number) => string,
  ): { readonly source: string } | null
} = await loadDashboard('plot/hover-item.ts')
const {
  observationRows,
}: {
  observationRows(
    observations: readonly Observation[],
    quantities: readonly string[],
    period: { readonly low: number; readonly high: number },
  ): readonly { readonly source: string }[]
} = await loadDashboard('plot/panel-rows.ts')
const {
  openLibraryModel,
}: {
  openLibraryModel(library: LibraryModel): {
    readonly parameters: ReadonlyMap<string, { readonly evidence: { readonly trust: string | null } | null }>
  }
} = await loadDashboard('state/open-library-model.ts')

const scales = { x: (time: number) => time, y: (value: number) => value }
const all = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }

it.each(libraryModels.map((library) => [library.id, library] as const))(
  'published values and parameters of %s carry the tag of their trust',
  (_, library) => {
    for (const observation of library.observations) {
      const tag = `[${trustTags[observation.trust].letter}]`
      const marks = { observations: [observation], doses: [], timeUnit: 'day' }
      const shown = hoverItem(marks, scales, observation.time, observation.value, String)
      expect(shown?.source).toContain(`${observation.source} ${tag}`)
      expect(observationRows([observation], [observation.quantity], all)[0]?.source).toContain(tag)
    }
    const { parameters } = openLibraryModel(library)
    for (const [name, { evidence }] of parameters) expect(evidence?.trust, name).toBe(library.parameters[name]?.trust)
  },
)
