import { equationsHtml } from './equations-html.ts'
import { escapeHtml } from './escape-html.ts'
import { pageLink } from './page-link.ts'
import type { Report, ReportBlock, ReportFigure, ReportSection } from './report.ts'
import { reportStyle } from './report-style.ts'
import { reportTableHtml } from './report-table-html.ts'
import { scopeSvgIds } from './scope-svg-ids.ts'
import { svgProblem } from './svg-problem.ts'

/** Counts figures and tables through a report. */
interface Numbering {
  figures: number
  tables: number
}

/** Figures wider than this, px, are of small panels, which a phone must not shrink as far as others. */
const WIDE = 715

function isWide(svg: string): boolean {
  const at = svg.indexOf(' width="')
  return at >= 0 && Number.parseFloat(svg.slice(at + 8, at + 20)) > WIDE
}

function figureHtml({ svg, caption }: ReportFigure, numbering: Numbering): string {
  numbering.figures++
  const problem = svgProblem(svg)
  if (problem !== null)
    throw new Error(`figure ${numbering.figures} cannot stand in a report: ${problem}; make it with renderSvg`)
  const label = `<strong>Figure ${numbering.figures}.</strong> ${escapeHtml(caption)}`
  const scoped = scopeSvgIds(svg, `f${numbering.figures}-`)
  const plate = `<div class="plate${isWide(svg) ? ' wide' : ''}" role="group" tabindex="0" aria-label="Figure ${numbering.figures}">${scoped}</div>`
  return `<figure>${plate}<figcaption>${label}</figcaption></figure>`
}

function blockHtml(block: ReportBlock, numbering: Numbering): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${escapeHtml(block.text)}</p>`
    case 'note':
      return `<p class="note${block.tone === 'warning' ? ' warning' : ''}" role="note">${escapeHtml(block.text)}</p>`
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`
    case 'equations':
      return equationsHtml(block)
    case 'source':
      return `<details><summary>${escapeHtml(block.summary)}</summary><pre tabindex="0">${escapeHtml(block.text)}</pre></details>`
    case 'folded': {
      const blocks = block.blocks.map((one) => blockHtml(one, numbering))
      return `<details class="folded"><summary>${escapeHtml(block.summary)}</summary><div>${blocks.join('\n')}</div></details>`
    }
    case 'table':
      numbering.tables++
      return reportTableHtml(block, `Table ${numbering.tables}`)
    case 'figure':
      return figureHtml(block, numbering)
    case 'figures':
      return `<div class="figures">\n${block.figures.map((figure) => figureHtml(figure, numbering)).join('\n')}\n</div>`
  }
}

function sectionHtml(section: ReportSection, index: number, numbering: Numbering): string {
  const blocks = section.blocks.map((block) => blockHtml(block, numbering))
  return [`<section>`, `<h2 id="s${index + 1}">${escapeHtml(section.heading)}</h2>`, ...blocks, '</section>'].join('\n')
}

function highlightsHtml(highlights: NonNullable<Report['highlights']>): string {
  const items = highlights.map(({ label, value, detail }) => {
    const more = detail === undefined ? '' : `<dd class="detail">${escapeHtml(detail)}</dd>`
    return `<div><dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>${more}</div>`
  })
  return `<dl class="highlights">${items.join('')}</dl>`
}

/** Forbids everything but the style in the file itself. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/**
 * A report as one HTML file that stands alone: no scripts, no references to anything outside, style within; readable on screen
 * (light or dark), in print on A4, and by screen readers. Every text is escaped; figures come from `renderSvg`.
 *
 * @throws RangeError when a table's row is not as long as its header.
 */
export function htmlReport(report: Report): string {
  const { title, subtitle, up, highlights = [], sections, footer } = report
  const numbering: Numbering = { figures: 0, tables: 0 }
  const links = sections.map(({ heading }, i) => `<li><a href="#s${i + 1}">${escapeHtml(heading)}</a></li>`)
  const contents = sections.length > 1 ? `<nav aria-label="Contents"><ol>${links.join('')}</ol></nav>` : ''
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${reportStyle}</style>`,
    '</head>',
    '<body>',
    '<header>',
    ...(up === undefined ? [] : [`<p class="up">${pageLink(up)}</p>`]),
    `<h1>${escapeHtml(title)}</h1>`,
    ...(subtitle === undefined ? [] : [`<p class="subtitle">${escapeHtml(subtitle)}</p>`]),
    contents,
    '</header>',
    '<main>',
    ...(highlights.length > 0 ? [highlightsHtml(highlights)] : []),
    ...sections.map((section, i) => sectionHtml(section, i, numbering)),
    '</main>',
    ...(footer === undefined ? [] : [`<footer>${escapeHtml(footer)}</footer>`]),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}
