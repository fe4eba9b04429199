import {
  extinctionText,
  type LibraryModel,
  type LibraryPart,
  type Scenario,
  taggedText,
  trustTags,
} from '@cartkin/cart-models'
import { formatValue } from '@cartkin/charts'
import { type Model, modelMathematics } from '@cartkin/model'
import {
  endpointTable,
  htmlReport,
  licenceNote,
  parameterTable,
  type ReportBlock,
  type ReportCell,
  type ReportSection,
  type ReportTable,
  targetTable,
} from '@cartkin/reports'
import type { ExtinctionRule } from '@cartkin/simulation'
import { courseFigure } from '../report/course-figure.ts'
import { givenSentence } from '../report/figure-rows.ts'
import { licensedObservations } from '../steps/licensed-observations.ts'
import type { ValidationRow } from '../validation/validation.ts'
import { rangePicture } from '../validation/validation-figures.ts'
import { firstDays, isLong, type ModelRuns } from './model-runs.ts'

/** Courses side by side in a table of endpoints. */
const mostColumns = 5

/** A model of the library on one page that stands alone: what it is, its typical run, equations, parameters, targets. */
export async function modelPage(runs: ModelRuns, targets: readonly ValidationRow[], version: string): Promise<string> {
  const { library, source } = runs
  const { states, parameters } = source.model
  const met = targets.filter(({ pass }) => pass).length
  return htmlReport({
    title: library.title,
    subtitle: library.summary,
    up: { text: 'All models', page: 'index.html' },
    highlights: [
      { label: 'Name', value: library.id },
      { label: 'States', value: String(states.length) },
      { label: 'Parameters', value: String(parameters.length), detail: trustCounts(library) },
      targets.length === 0
        ? { label: 'Targets', value: 'none' }
        : { label: 'Targets met', value: `${met} of ${targets.length}` },
    ],
    sections: [
      aboutSection(library),
      ...(library.parts ? [partsSection(library.id, library.parts)] : []),
      await runSection(runs),
      ...(runs.scenarios.length > 0 ? [scenarioSection(runs)] : []),
      equationsSection(runs),
      parameterSection(runs),
      ...(library.population ? [populationSection(runs)] : []),
      ...(library.extinction ? [extinctionSection(library.extinction)] : []),
      ...(targets.length > 0 ? [await targetSection(targets)] : []),
      {
        heading: 'Model text',
        blocks: [{ kind: 'source', summary: 'rxode2 text of the model', text: taggedText(library) }],
      },
    ],
    footer: `cartkin ${version}`.trim(),
  })
}

/** `12 found, 3 assumption`: how far the values can be trusted, at a glance. */
function trustCounts({ parameters }: LibraryModel): string {
  const counts = new Map<string, number>()
  for (const { trust } of Object.values(parameters)) counts.set(trust, (counts.get(trust) ?? 0) + 1)
  return [...counts].map(([trust, count]) => `${count} ${trust.replace('-', ', ')}`).join('; ')
}

function partsSection(id: string, parts: readonly LibraryPart[]): ReportSection {
  return {
    heading: 'Made of',
    blocks: [
      {
        kind: 'table',
        caption: 'Models in one: what each reads of the others, and what is left out of it.',
        columns: [{ header: 'Model' }, { header: 'Prefix' }, { header: 'Connected' }, { header: 'Left out' }],
        rows: parts.map(({ model, prefix = '', connect = {}, drop = [] }) => [
          `${model.title} (${model.id})`,
          prefix,
          Object.entries(connect)
            .map(([own, whole]) => (own === whole ? own : `${own} = ${whole}`))
            .join(', '),
          drop.join(', '),
        ]),
      },
      { kind: 'paragraph', text: `cartkin convert ${id} --to compose writes this as a file to be changed.` },
    ],
  }
}

function aboutSection(library: LibraryModel): ReportSection {
  const { citation, reference, limits } = library
  return {
    heading: 'What to cite, and known limits',
    blocks: [
      { kind: 'paragraph', text: `Cite: ${citation}. ${reference}.` },
      { kind: 'list', items: limits },
    ],
  }
}

async function runSection({ library, source, typical }: ModelRuns): Promise<ReportSection> {
  const { panels, regimen, horizon, endpoints } = library
  const figures = (to: number) =>
    Promise.all(
      panels.map((panel) =>
        courseFigure(panel, { source, courses: [{ name: '', table: typical.table }], regimen, to }),
      ),
    )
  const pictures: readonly ReportBlock[] = isLong(library)
    ? [
        { kind: 'paragraph', text: `The first ${firstDays} days:` },
        { kind: 'figures', figures: await figures(firstDays) },
        { kind: 'paragraph', text: `The whole run to day ${horizon}:` },
        { kind: 'figures', figures: await figures(horizon) },
      ]
    : [{ kind: 'figures', figures: await figures(horizon) }]
  const values = endpoints.map(({ label, unit }, k) => ({
    label,
    unit,
    values: [typical.endpoints[k]?.value ?? Number.NaN],
    note: typical.endpoints[k]?.note ?? '',
  }))
  return {
    heading: 'The typical run',
    blocks: [
      { kind: 'paragraph', text: givenSentence(regimen) },
      ...pictures,
      ...(values.length === 0 ? [] : [endpointTable(values, ['Value'], 'Endpoints, read off the continuous course.')]),
      ...(library.observations.length === 0 ? [] : [observationTable(library)]),
      ...licensedObservations(source).map(licenceNote),
    ],
  }
}

function observationTable({ observations }: LibraryModel): ReportTable {
  return {
    kind: 'table',
    caption: 'Published values drawn behind the curves.',
    columns: [
      { header: 'Published value' },
      { header: 'Quantity' },
      { header: 'Day', kind: 'number' },
      { header: 'Value', kind: 'number' },
      { header: 'Range', kind: 'number' },
      { header: 'Source' },
    ],
    rows: observations.map(({ label, quantity, time, value, lower, upper, range, source, trust }) => [
      label,
      quantity,
      formatValue(time),
      { text: formatValue(value), trust },
      lower === undefined || upper === undefined
        ? ''
        : `${formatValue(lower)} to ${formatValue(upper)}${range === undefined ? '' : ` (${range})`}`,
      { text: source, tone: 'muted' },
    ]),
  }
}

function scenarioSection({ library, typical, scenarios }: ModelRuns): ReportSection {
  const differs = ({ parameters, notes = {} }: Scenario) =>
    Object.entries(parameters)
      .map(([name, value]) => {
        const note = notes[name]
        return `${name} = ${formatValue(value, 4)}${note === undefined ? '' : ` [${trustTags[note.trust].letter}]`}`
      })
      .join(', ')
  const sources = new Set(
    scenarios.flatMap(({ scenario }) =>
      Object.entries(scenario.notes ?? {}).map(([name, { source }]) => `${name}: ${source}.`),
    ),
  )
  const blocks: ReportBlock[] = [
    {
      kind: 'table',
      caption: 'Courses to compare the typical run with.',
      columns: [{ header: 'Scenario' }, { header: 'What it is' }, { header: 'Given' }, { header: 'Parameters' }],
      rows: scenarios.map(({ scenario }): readonly ReportCell[] => [
        scenario.id,
        scenario.title,
        scenario.regimen.name,
        differs(scenario),
      ]),
      ...(sources.size > 0 ? { notes: [...sources] } : {}),
    },
  ]
  for (let from = 0; from < scenarios.length; from += mostColumns) {
    const shown = scenarios.slice(from, from + mostColumns)
    const rows = library.endpoints.map(({ label, unit }, k) => ({
      label,
      unit,
      values: [typical, ...shown.map(({ answer }) => answer)].map(({ endpoints }) => endpoints[k]?.value ?? Number.NaN),
      note: '',
    }))
    blocks.push(
      endpointTable(rows, ['typical', ...shown.map(({ scenario }) => scenario.id)], 'Endpoints of scenarios.'),
    )
  }
  return { heading: 'Scenarios', blocks }
}

function equationsSection({ source: { model } }: ModelRuns): ReportSection {
  const known = new Map([...model.states, ...model.outputs].map(({ name, label, unit }) => [name, { label, unit }]))
  const about = (name: string, of: string): string => {
    const { label = '', unit = '' } = known.get(name) ?? {}
    if (of === 'initial') return ''
    return [label, ...(unit === '' || unit === '1' || of !== 'derivative' ? [] : [unit])]
      .filter((w) => w !== '')
      .join(', ')
  }
  return {
    heading: 'Equations',
    blocks: modelMathematics(model).flatMap(({ title, rows, latex }): readonly ReportBlock[] => [
      {
        kind: 'equations',
        caption: `${title}.`,
        rows: rows.map(({ left, lines, name, of }) => ({ left, lines, note: about(name, of) })),
      },
      { kind: 'source', summary: `LaTeX: ${title.toLowerCase()}`, text: latex },
    ]),
  }
}

function parameterSection({ library, source: { model } }: ModelRuns): ReportSection {
  const groups = new Map<string, Parameters<typeof parameterTable>[0][number][]>()
  for (const { name, label, unit, value, kind } of model.parameters) {
    if (kind === 'eta') continue
    const note = library.parameters[name]
    if (note === undefined) throw new Error(`parameter ${name} of ${library.id} has no note`)
    const rows = groups.get(note.group) ?? []
    rows.push({ name, label, unit, value, trust: note.trust, source: note.source })
    groups.set(note.group, rows)
  }
  const effects = effectTable(library, model)
  const blocks = [...groups].map(([group, rows]) => parameterTable(rows, `${group}.`))
  return { heading: 'Parameters', blocks: effects === null ? blocks : [...blocks, effects] }
}

/** Variances of the random effects; null where there are none. */
function effectTable({ parameters }: LibraryModel, { omega, parameters: all }: Model): ReportTable | null {
  if (omega.length === 0) return null
  const labels = new Map(all.map(({ name, label }) => [name, label]))
  return {
    kind: 'table',
    caption: 'Random effects.',
    columns: [
      { header: 'Effect' },
      { header: 'Meaning' },
      { header: 'Variance', kind: 'number' },
      { header: 'For each' },
      { header: 'Source' },
    ],
    rows: omega.flatMap(({ names, lower, level }) =>
      names.map((name, k): readonly ReportCell[] => {
        const note = parameters[name]
        const variance = formatValue(lower[(k * (k + 1)) / 2 + k] ?? Number.NaN, 4)
        return [
          name,
          labels.get(name) ?? '',
          note === undefined ? variance : { text: variance, trust: note.trust },
          level === 'id' ? 'patient' : level,
          { text: note?.source ?? '', tone: 'muted' },
        ]
      }),
    ),
  }
}

function populationSection({ library: { population, populationNote }, source: { model } }: ModelRuns): ReportSection {
  const values = new Map(model.parameters.map(({ name, value }) => [name, value]))
  const rows = (population?.parameters ?? []).map(
    ({ parameter, median, sd, factors = {}, limits }): readonly ReportCell[] => [
      parameter,
      formatValue(median ?? values.get(parameter) ?? Number.NaN, 4),
      populationNote === undefined ? formatValue(sd) : { text: formatValue(sd), trust: populationNote.trust },
      Object.entries(factors)
        .map(([name, power]) => (power === 1 ? name : `${name} to the power ${formatValue(power)}`))
        .join(', '),
      limits === undefined ? '' : `${formatValue(limits[0])} to ${formatValue(limits[1])}`,
    ],
  )
  const factors = (population?.factors ?? []).map(({ name, sd }) => `${name} (${formatValue(sd)})`)
  const ties = Object.entries(population?.ties ?? {}).map(([name, of]) => `${name} = ${of}`)
  return {
    heading: 'Virtual patients',
    blocks: [
      {
        kind: 'table',
        caption: 'Variability between patients: log-normal around the median.',
        columns: [
          { header: 'Parameter' },
          { header: 'Median', kind: 'number' },
          { header: 'SD of the logarithm', kind: 'number' },
          { header: 'Common factors' },
          { header: 'Clipped to' },
        ],
        rows,
        notes: [
          ...(populationNote === undefined ? [] : [`Variability: ${populationNote.source}.`]),
          ...(factors.length > 0 ? [`Common factors, with the SD of their logarithm: ${factors.join(', ')}.`] : []),
          ...(ties.length > 0 ? [`Tied: ${ties.join(', ')}.`] : []),
        ],
      },
    ],
  }
}

function extinctionSection(rule: ExtinctionRule): ReportSection {
  return { heading: 'Cure by chance', blocks: [{ kind: 'paragraph', text: extinctionText(rule, formatValue) }] }
}

async function targetSection(rows: readonly ValidationRow[]): Promise<ReportSection> {
  const drawn = await Promise.all(
    rows.map(async (row) => ({
      ...row,
      quantity: `${row.quantity}, ${row.population}`,
      known: row.standing === 'known miss',
      picture: await rangePicture(row),
    })),
  )
  const reasons = rows.flatMap(({ id, reason }) => (reason === '' ? [] : [`${id}: ${reason}`]))
  return {
    heading: 'Targets',
    blocks: [targetTable(drawn), ...(reasons.length > 0 ? [{ kind: 'list' as const, items: reasons }] : [])],
  }
}
