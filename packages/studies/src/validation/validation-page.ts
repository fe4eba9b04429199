import { formatValue, targetChart } from '@cartkin/charts'
import {
  htmlReport,
  licenceNote,
  provenanceTable,
  type ReportBlock,
  type ReportSection,
  renderSvg,
  targetTable,
} from '@cartkin/reports'
import type { Manifest } from '@cartkin/tables'
import { licensedObservations } from '../steps/licensed-observations.ts'
import type { Validation, ValidationGroup, ValidationRow } from './validation.ts'
import { groupFigures, rangePicture } from './validation-figures.ts'

/** The validation as one HTML file that stands alone: every target with its picture, and the courses behind. */
export async function validationPage(
  validation: Validation,
  provenance: Omit<Manifest, 'files' | 'self' | 'format'>,
): Promise<string> {
  const { rows, groups, subjects } = validation
  const met = (some: readonly ValidationRow[]) => `${some.filter(({ pass }) => pass).length} of ${some.length}`
  const untuned = rows.filter(({ tuned }) => !tuned)
  const tuned = rows.filter((row) => row.tuned)
  const count = (standing: ValidationRow['standing']) => rows.filter((row) => row.standing === standing).length
  const sections: ReportSection[] = [readingSection(validation)]
  const misses = rows.filter(({ standing }) => standing !== 'met')
  if (misses.length > 0) sections.push(missedSection(misses))
  for (const group of groups) if (group.rows.length > 0) sections.push(await groupSection(group, subjects))
  const { cartkin = '' } = provenance.versions
  return htmlReport({
    title: 'Validation of the model library',
    subtitle: 'Every published value that the models of the library are held against, computed anew.',
    highlights: [
      { label: 'Within the published range', value: met(rows) },
      { label: 'Not tuned to', value: met(untuned), detail: 'nothing was chosen to meet them' },
      { label: 'Tuned to', value: met(tuned), detail: 'a fit, not a validation' },
      {
        label: 'Missed',
        value: String(count('known miss') + count('newly missed')),
        detail: count('newly missed') === 0 ? 'known' : `${count('newly missed')} not known before`,
      },
    ],
    sections: [...sections, { heading: 'Provenance', blocks: [provenanceTable(provenance)] }],
    footer: `cartkin ${cartkin}`.trim(),
  })
}

function readingSection({ rows, subjects, seed }: Validation): ReportSection {
  const series = [...new Set(rows.map(({ id }) => id.slice(0, 1)))]
  return {
    heading: 'How to read this page',
    blocks: [
      {
        kind: 'paragraph',
        text: 'Each row holds a published value with the range in which the value of the model should lie. In its picture the bracket is the range, the stroke across it the published value, the mark ours: a circle within, a diamond outside, a triangle far outside. The tag beside a published value says how far it can be trusted.',
      },
      {
        kind: 'table',
        caption: 'Series of targets, and what of a model was chosen with them in view.',
        columns: [
          { header: 'Series' },
          { header: 'Rows', kind: 'number' },
          { header: 'Within', kind: 'number' },
          { header: 'Used for tuning' },
          { header: 'Why' },
        ],
        rows: series.map((letter) => {
          const own = rows.filter(({ id }) => id.startsWith(letter))
          return [
            letter,
            String(own.length),
            String(own.filter(({ pass }) => pass).length),
            tuningWords(own),
            commonReason(own) ?? 'Said row by row, below the rows.',
          ]
        }),
      },
      {
        kind: 'paragraph',
        text: `The virtual population has ${subjects} patients drawn with the seed ${seed}.`,
      },
    ],
  }
}

/** Why rows count as tuned to or not, where one sentence says it of all. */
function commonReason(rows: readonly ValidationRow[]): string | undefined {
  const [reason, ...others] = new Set(rows.map(({ tuningReason }) => tuningReason))
  return others.length === 0 ? reason : undefined
}

/** Why each row counts as tuned to or not. */
function reasonTable(rows: readonly ValidationRow[]): ReportBlock {
  return {
    kind: 'table',
    caption: 'What was chosen with a row in view, and why it is a validation or not.',
    columns: [{ header: 'Target' }, { header: 'Used for tuning' }, { header: 'Why' }],
    rows: rows.map(({ id, tuning, tuningReason }) => [id, tuning === 'none' ? 'no' : `yes, ${tuning}`, tuningReason]),
  }
}

/** 'no', 'yes, parameters', '2 of 7, parameters'. */
function tuningWords(rows: readonly ValidationRow[]): string {
  const tuned = rows.filter((row) => row.tuned)
  if (tuned.length === 0) return 'no'
  const what = [...new Set(tuned.map(({ tuning }) => tuning))].join(' and ')
  return tuned.length === rows.length ? `yes, ${what}` : `${tuned.length} of ${rows.length}, ${what}`
}

function missedSection(rows: readonly ValidationRow[]): ReportSection {
  const words = { met: '', 'known miss': 'known miss', 'newly missed': 'MISSED', 'newly met': 'met now' } as const
  return {
    heading: 'Missed',
    blocks: [
      {
        kind: 'table',
        caption: 'Rows outside their range, and rows that changed since the last accepted validation.',
        columns: [
          { header: 'Target' },
          { header: 'Quantity' },
          { header: 'Range', kind: 'number' },
          { header: 'Ours', kind: 'number' },
          { header: 'Unit' },
          { header: 'Standing' },
          { header: 'What is known' },
        ],
        rows: rows.map(({ id, quantity, lo, hi, ours, unit, pass, standing, reason }) => [
          id,
          quantity,
          `${formatValue(lo)} to ${formatValue(hi)}`,
          formatValue(ours),
          unit,
          { text: words[standing], tone: pass ? 'ok' : 'error' },
          reason,
        ]),
      },
    ],
  }
}

async function groupSection(group: ValidationGroup, subjects: number): Promise<ReportSection> {
  const { source, rows, runs } = group
  const populations = [...new Set(rows.map(({ population }) => population))]
  const title = source.library?.title ?? source.id
  const passed = rows.filter(({ pass }) => pass).length
  const labelled = rows.map((row) => ({
    ...row,
    quantity: populations.length > 1 ? `${row.quantity}, ${row.population}` : row.quantity,
    known: row.standing === 'known miss',
  }))
  const drawn = await Promise.all(labelled.map(async (row) => ({ ...row, picture: await rangePicture(row) })))
  const reason = commonReason(rows)
  const blocks: ReportBlock[] = [
    { kind: 'paragraph', text: `${source.id}. Population: ${populations.join('; ')}. ${reason ?? ''}`.trim() },
    {
      kind: 'figure',
      svg: await renderSvg(
        targetChart({
          rows: labelled.map(({ id, quantity: label, unit, lo, hi, ours, pass }) => ({
            id,
            label,
            unit,
            lo,
            hi,
            ours,
            pass,
          })),
        }),
      ),
      caption: `Our values within the published ranges, each range drawn at the same length: ${passed} of ${rows.length} lie within.`,
    },
    targetTable(drawn),
    ...(reason === undefined ? [reasonTable(rows)] : []),
    { kind: 'figures', figures: await groupFigures(group) },
    ...licensedObservations(source).map(licenceNote),
  ]
  return { heading: runs.kind === 'population' ? `${title}: ${subjects} virtual patients` : title, blocks }
}
