// Draws the bars of a Sobol analysis: node scripts/sobol-picture.ts results/sobol docs/sobol-lupus.svg
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { libraryModel } from '@cartkin/cart-models'
import { importanceChart } from '@cartkin/charts'
import type { SobolResult } from '@cartkin/fitting'
import { parseModel } from '@cartkin/model'
import { renderSvg } from '@cartkin/reports'
import { importanceRows } from '@cartkin/studies'

/** Inputs drawn for each output. */
const MOST = 8
/** Between two charts, px. */
const GAP = 16
/** Room for labels and for bars, px. */
const LABELS = 360
const PLOT = 360

const [folder, file] = process.argv.slice(2)
if (folder === undefined || file === undefined)
  throw new Error('name the folder of a result of `cartkin sensitivity` and the SVG file to write')
const result: SobolResult & { readonly model: string; readonly logarithms: readonly string[] } = JSON.parse(
  readFileSync(join(folder, 'sensitivity.json'), 'utf8'),
)
const { endpoints, text } = libraryModel(result.model)
const parsed = parseModel(text)
const labels = new Map(parsed.ok ? parsed.model.parameters.map(({ name, label }) => [name, label]) : [])
const charts = await Promise.all(
  result.outputs.map(({ name }, k) => {
    const label = endpoints.find((endpoint) => endpoint.name === name)?.label ?? name
    const isLogarithmic = result.logarithms.includes(name)
    const rows = importanceRows({ found: { method: 'sobol', result } }, k, MOST)
    return renderSvg(
      importanceChart({
        title: label,
        ...(isLogarithmic && { subtitle: 'of its logarithm' }),
        rows: rows.map((row) => ({ ...row, input: named(row.input) })),
        output: label,
        x: { title: 'Share of the variance', unit: '', scale: 'linear', domain: [0, 0.8] },
        width: PLOT,
      }),
    )
  }),
)

/** An input with what it is, as the library says. */
function named(input: string): string {
  const label = labels.get(input)
  return label ? `${label} (${input})` : input
}

// one below the other, their axes in line; Vega leaves more room for labels than they need
let y = 0
const placed = charts.map((svg) => {
  const at = y
  y += numberIn(svg, / height="([0-9.]+)"/) + GAP
  return svg.replace('<svg ', `<svg x="${LABELS - numberIn(svg, /translate\(([0-9.]+),/)}" y="${at}" `)
})
const width = LABELS + PLOT + GAP
const height = y - GAP
const title = 'Shares of the variance by Sobol analysis'
writeFileSync(
  file,
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">\n<title>${title}</title>\n${placed.join('\n')}\n</svg>\n`,
)

function numberIn(svg: string, pattern: RegExp): number {
  return Number(pattern.exec(svg)?.[1] ?? Number.NaN)
}
