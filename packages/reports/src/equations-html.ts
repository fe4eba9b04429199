import { escapeHtml } from './escape-html.ts'
import { mathHtml } from './math-html.ts'
import type { ReportEquations } from './report.ts'

/** Equations one below the other, their signs in line, with what each is about. */
export function equationsHtml({ caption, rows }: ReportEquations): string {
  const lines = rows.map(({ left, lines, note }) => {
    const right = lines.map((line) => `<div>${mathHtml(line)}</div>`).join('')
    return `<tr><td>${mathHtml(left)}</td><td>${right}</td><td class="about">${escapeHtml(note)}</td></tr>`
  })
  const label = escapeHtml(caption)
  return [
    `<div class="scroll" role="region" tabindex="0" aria-label="${label}">`,
    `<table class="equations"><caption>${label}</caption><tbody>${lines.join('\n')}</tbody></table>`,
    '</div>',
  ].join('\n')
}
