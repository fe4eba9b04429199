import { escaped } from './figure-svg.ts'

/** What a report shows, all of it as texts. */
export interface PageReport {
  readonly title: string
  /** Model, time and the like, one line each. */
  readonly facts: readonly (readonly [name: string, value: string])[]
  /** SVG documents, with what they are called. */
  readonly figures: readonly { readonly title: string; readonly svg: string }[]
  readonly tables: readonly ReportTable[]
}

export interface ReportTable {
  readonly title: string
  readonly columns: readonly string[]
  /** The first cell of a row is its name. */
  readonly rows: readonly (readonly string[])[]
}

/** No script, no file but this one: nothing is fetched when it is opened. */
const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"

const style = `
body { font: 14px/1.45 system-ui, sans-serif; max-width: 1000px; margin: 24px auto; padding: 0 16px; color: #1b1f24; background: #fff }
h1 { font-size: 28px; line-height: 1.2 } h2 { font-size: 20px; margin-top: 32px }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px } dt { color: #57606a } dd { margin: 0; overflow-wrap: anywhere }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(420px, 1fr)); gap: 16px } figure { margin: 0; break-inside: avoid } img { max-width: 100% }
table { border-collapse: collapse; font-variant-numeric: tabular-nums } th, td { padding: 3px 16px 3px 0; border-top: 1px solid #d0d7de; text-align: left; vertical-align: top }
thead th { border-top: 0; color: #57606a; font-weight: 400 }
@page { size: A4; margin: 16mm }`

/** A report as one HTML file. */
export function htmlReport({ title, facts, figures, tables }: PageReport): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    `<h1>${escaped(title)}</h1>`,
    '<dl>',
    ...facts.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`),
    '</dl>',
    '<h2>Courses</h2>',
    '<div class="figures">',
    ...figures.map(
      ({ title: name, svg }) =>
        `<figure><img alt="${escaped(name)}" src="data:image/svg+xml;base64,${base64(svg)}"></figure>`,
    ),
    '</div>',
    ...tables.flatMap(tableLines),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function tableLines({ title, columns, rows }: ReportTable): readonly string[] {
  return [
    `<h2>${escaped(title)}</h2>`,
    '<table>',
    `<thead><tr>${columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map(
      ([name = '', ...cells]) =>
        `<tr><th scope="row">${escaped(name)}</th>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
    ),
    '</tbody>',
    '</table>',
  ]
}

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))
}
