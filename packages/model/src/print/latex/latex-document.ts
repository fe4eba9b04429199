import type { Model, Parameter } from '../../model.ts'
import { latexValue } from './latex-expression.ts'
import { LatexNames } from './latex-names.ts'
import { latexSections, nameOrder } from './latex-sections.ts'
import { latexText, latexUnit } from './latex-text.ts'

/**
 * A model as a LaTeX document that pdflatex compiles: its parameters with unit and value, random effects, equations in
 * the order of the text, initial values, dosing properties and residual errors. Needs `amsmath` and `longtable` alone.
 */
export function latexDocument(model: Model): string {
  const names = new LatexNames()
  for (const name of nameOrder(model)) names.of(name)
  return [
    '\\documentclass{article}',
    '\\usepackage[utf8]{inputenc}',
    '\\usepackage{amsmath}',
    '\\usepackage{longtable}',
    '\\allowdisplaybreaks',
    '\\begin{document}',
    ...(model.title === '' ? [] : [`\\section*{${latexText(model.title)}}`]),
    ...parameterTable(
      'Parameters',
      model.parameters.filter(({ kind }) => kind === 'parameter'),
      names,
    ),
    ...parameterTable(
      'Inputs',
      model.parameters.filter(({ kind }) => kind === 'covariate'),
      names,
    ),
    ...latexSections(model, names).flatMap(({ title, latex }) => [`\\section*{${title}}`, latex]),
    '\\end{document}',
    '',
  ].join('\n')
}

function parameterTable(title: string, parameters: readonly Parameter[], names: LatexNames): readonly string[] {
  if (parameters.length === 0) return []
  const isBounded = parameters.some(
    ({ lower, upper }) => lower > Number.NEGATIVE_INFINITY || upper < Number.POSITIVE_INFINITY,
  )
  const isInput = parameters.every(({ kind }) => kind === 'covariate')
  const columns = ['Name', ...(isInput ? [] : ['Value']), ...(isBounded ? ['Bounds'] : []), 'Unit', 'Meaning']
  const rows = parameters.map((parameter) => {
    const { name, value, lower, upper, fixed, unit, label, levels } = parameter
    const meaning = [label, ...(fixed ? ['fixed'] : []), ...levels.map((level, k) => `${k + 1} = ${level}`)]
    return [
      `$${names.of(name)}$`,
      ...(isInput ? [] : [`$${latexValue(shortened(value))}$`]),
      ...(isBounded ? [latexBounds(lower, upper)] : []),
      latexUnit(unit),
      latexText(meaning.filter((word) => word !== '').join(', ')),
    ]
  })
  return [
    `\\section*{${title}}`,
    `\\begin{longtable}{${'l'.repeat(columns.length - 1)}p{0.4\\textwidth}}`,
    ...[columns, ...rows].map((row) => `${row.join(' & ')} \\\\`),
    '\\end{longtable}',
  ]
}

function latexBounds(lower: number, upper: number): string {
  if (lower === Number.NEGATIVE_INFINITY && upper === Number.POSITIVE_INFINITY) return ''
  return `$[${latexValue(shortened(lower))}, ${latexValue(shortened(upper))}]$`
}

/** A number with many digits, such as log(0.16), to six of them. */
function shortened(value: number): number {
  return String(value).length > 9 ? Number(value.toPrecision(6)) : value
}
