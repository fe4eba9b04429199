import { escapeHtml } from './escape-html.ts'
import { pageLink } from './page-link.ts'
import type { ReportCell, ReportTable, Trust } from './report.ts'
import { scopeSvgIds } from './scope-svg-ids.ts'
import { svgProblem } from './svg-problem.ts'
import { trustTags } from './trust-tag.ts'

/** @param place of the cell among the file's, for names within its picture. */
function cellHtml(cell: ReportCell, place: string): string {
  if (typeof cell === 'string') return escapeHtml(cell)
  if ('picture' in cell) {
    const problem = svgProblem(cell.picture)
    if (problem !== null)
      throw new Error(`a cell's picture cannot stand in a report: ${problem}; make it with renderSvg`)
    return scopeSvgIds(cell.picture, place)
  }
  if ('page' in cell) return pageLink(cell)
  const text =
    cell.tone === undefined ? escapeHtml(cell.text) : `<span class="${cell.tone}">${escapeHtml(cell.text)}</span>`
  const below = cell.detail === undefined ? '' : `<span class="detail">${escapeHtml(cell.detail)}</span>`
  if (cell.trust === undefined) return text + below
  const { letter, meaning } = trustTags[cell.trust]
  return `${text}<span class="tag" title="${escapeHtml(meaning)}">${escapeHtml(letter)}</span>${below}`
}

/** Longest head of a row that needs no room of its own: an identifier. */
const SHORT = 14

function isShort({ rows }: ReportTable): boolean {
  return rows.every(([head]) => {
    const text = typeof head === 'string' ? head : head !== undefined && 'text' in head ? head.text : ''
    return text.length <= SHORT
  })
}

function usedTags(table: ReportTable): readonly Trust[] {
  const used = new Set<Trust>()
  for (const cell of table.rows.flat())
    if (typeof cell !== 'string' && 'trust' in cell && cell.trust !== undefined) used.add(cell.trust)
  const known: readonly Trust[] = ['found', 'found-secondary', 'memory', 'derived', 'assumption', 'fitted']
  return known.filter((trust) => used.has(trust))
}

/**
 * A table with caption, headers with units, and a key of the trust tags it uses.
 *
 * @param label what it is counted as: `Table 2`.
 * @throws RangeError when a row is not as long as the header.
 */
export function reportTableHtml(table: ReportTable, label: string): string {
  const { columns, rows } = table
  for (const [index, row] of rows.entries())
    if (row.length !== columns.length)
      throw new RangeError(`${label}: row ${index + 1} has ${row.length} cells but there are ${columns.length} columns`)
  const attribute = (i: number) => (columns[i]?.kind === 'number' ? ' class="number"' : '')
  const heads = columns.map(({ header, unit }, i) => {
    const of = unit === undefined || unit === '' || unit === '1' ? '' : `<span class="unit">${escapeHtml(unit)}</span>`
    return `<th scope="col"${attribute(i)}>${escapeHtml(header)}${of}</th>`
  })
  const mark = label.toLowerCase().replaceAll(' ', '')
  const body = rows.map((row, r) => {
    const cells = row.map((cell, i) => {
      const html = cellHtml(cell, `${mark}-${r}-${i}-`)
      return i === 0 ? `<th scope="row"${attribute(i)}>${html}</th>` : `<td${attribute(i)}>${html}</td>`
    })
    return `<tr>${cells.join('')}</tr>`
  })
  const key = usedTags(table).map((trust) => `${trustTags[trust].letter}: ${trustTags[trust].meaning}`)
  const notes = [...(table.notes ?? []), ...(key.length > 0 ? [`${key.join('; ')}.`] : [])]
  const caption = `<strong>${escapeHtml(label)}.</strong> ${escapeHtml(table.caption)}`
  return [
    `<div class="scroll" role="region" tabindex="0" aria-label="${escapeHtml(`${label}: ${table.caption}`)}">`,
    `<table class="${isShort(table) ? 'short' : 'long'}"><caption>${caption}</caption><thead><tr>${heads.join('')}</tr></thead>`,
    `<tbody>${body.join('\n')}</tbody></table>`,
    ...notes.map((note) => `<p class="notes">${escapeHtml(note)}</p>`),
    '</div>',
  ].join('\n')
}
