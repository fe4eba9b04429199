import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { libraryModels } from '@cartkin/cart-models'
import { latexDocument, parseModel } from '@cartkin/model'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { modelOf } from '../compile-text.ts'
import { modelText } from './random-text.ts'

/** What is wrong with the brackets, environments, fences and special letters of a LaTeX text; undefined where nothing is. */
function fault(latex: string): string | undefined {
  const open: string[] = []
  const close = (expected: string) => {
    const last = open.pop()
    return last === expected ? undefined : `${expected} closes ${last ?? 'nothing'}`
  }
  for (let i = 0; i < latex.length; i++) {
    const character = latex.charAt(i)
    let wrong: string | undefined
    if (character === '\\') {
      let end = i + 1
      while (/[a-zA-Z]/.test(latex.charAt(end))) end++
      const name = latex.slice(i + 1, Math.max(end, i + 2))
      const argument = latex.slice(end + 1, latex.indexOf('}', end))
      if (name === 'begin') open.push(argument)
      else if (name === 'end') wrong = close(argument)
      else if (name === 'left') open.push('fence')
      else if (name === 'right') wrong = close('fence')
      i = Math.max(end - 1, i + 1)
    } else if (character === '{') open.push('{')
    else if (character === '}') wrong = close('{')
    else if (character === '$') {
      if (open.at(-1) === '$') open.pop()
      else open.push('$')
    } else if ('%#~'.includes(character)) wrong = `${character} is not escaped`
    else if ('_^'.includes(character) && !open.some((one) => one === '$' || one === 'align*'))
      wrong = `${character} outside mathematics`
    if (wrong !== undefined) return `${wrong} at ${latex.slice(Math.max(0, i - 60), i + 20)}`
  }
  return open.length === 0 ? undefined : `${open.at(-1)} is not closed`
}

/** One row of the document, from the model of a text. */
function rows(text: string): string[] {
  return latexDocument(modelOf(text))
    .split('\n')
    .map((row) => (row.endsWith(' \\\\') ? row.slice(0, -3) : row))
}

describe('the LaTeX document', () => {
  it.each(libraryModels.map(({ id, text }) => ({ id, text })))('of $id is well formed', ({ text }) => {
    expect(fault(latexDocument(modelOf(text)))).toBeUndefined()
  })

  it('of any model is well formed', () => {
    fc.assert(
      fc.property(modelText(), (text) => {
        const parsed = parseModel(text)
        fc.pre(parsed.ok)
        expect(fault(latexDocument(parsed.model))).toBeUndefined()
      }),
      { numRuns: 200 },
    )
  })

  const text = `# 100% of {A} & B_1 # ~ \\ ^ $ µ α
k_e0 = 1e-7 # [10^9/L] 5% & more
k.e0 = 2
alpha = 0.5 # [mg*h/L]
V1 = 3
CL = 4
E = 0
if (t < alpha) { E = 1 } else if (CL > 2) { E = 2 }
y = 1
if (E > 1) { y = y + 1; z = y } else z = 3
d/dt(A) = -k_e0*A/V1 + (CL - alpha)^2 - (A - k.e0)*-A + abs(A) + pow(A, V1)
A(0) = sqrt(CL)*exp(-alpha)^2
f(A) = ifelse(CL >= 1 & !(alpha == 2), 1, 0.5)
`
  it('has Greek letters, subscripts, fractions, powers, choices and derivatives', () => {
    const found = rows(text)
    for (const row of [
      '\\section*{100\\% of \\{A\\} \\& B\\_1 \\# \\textasciitilde{} \\textbackslash{} \\textasciicircum{} \\$ \\ensuremath{\\mu} \\ensuremath{\\alpha}}',
      '$k_{e0}$ & $10^{-7}$ & 10\\textsuperscript{9}/L & 5\\% \\& more',
      '$\\mathtt{k.e0}$ & $2$ &  & ',
      '$\\alpha$ & $0.5$ & mg\\ensuremath{\\cdot}h/L & ',
      'E &= \\begin{cases} 1 & \\text{if } t < \\alpha \\\\ 2 & \\text{if } \\mathit{CL} > 2 \\\\ 0 & \\text{otherwise} \\end{cases}',
      '&\\text{if } E > 1\\text{:}',
      '&\\quad y = y + 1',
      'A(0) &= \\sqrt{\\mathit{CL}} \\cdot {\\left(\\exp\\left(-\\alpha\\right)\\right)}^{2}',
      'F\\left(A\\right) &= \\begin{cases} 1 & \\text{if } \\mathit{CL} \\ge 1 \\land \\lnot \\left(\\alpha = 2\\right) \\\\ 0.5 & \\text{otherwise} \\end{cases}',
    ])
      expect(found).toContain(row)
    expect(found.join(' ').replaceAll(' &\\quad', '')).toContain(
      '\\frac{d A}{dt} &= \\frac{-k_{e0} \\cdot A}{V_{1}} + {\\left(\\mathit{CL} - \\alpha\\right)}^{2} - \\left(A - \\mathtt{k.e0}\\right) \\cdot \\left(-A\\right) + \\left|A\\right| + {\\left(A\\right)}^{V_{1}}',
    )
  })

  it('has random effects, bounds and residual errors', () => {
    const found = rows(`ini({
      tcl <- c(0, 1, 5)
      eta.cl + eta.v ~ c(0.1, 0.01, 0.2)
      sd <- 0.5
      cv <- fixed(0.2)
    })
    model({
      cl = exp(tcl + eta.cl)
      d/dt(C) = -cl*C*exp(eta.v)
      C ~ add(sd) + prop(cv)
    })`)
    for (const row of [
      '$\\mathit{tcl}$ & $1$ & $[0, 5]$ &  & ',
      '$\\mathit{cv}$ & $0.2$ &  &  & fixed',
      '\\left(\\begin{array}{c} \\eta_{cl} \\\\ \\eta_{v} \\end{array}\\right) &\\sim \\mathcal{N}\\left(0, \\left(\\begin{array}{cc} 0.1 & 0.01 \\\\ 0.01 & 0.2 \\end{array}\\right)\\right)',
      'C^{\\text{obs}} &= C + \\sqrt{{\\left(\\mathit{sd}\\right)^{2} + \\left(\\mathit{cv} \\cdot C\\right)^{2}}} \\cdot \\varepsilon, \\quad \\varepsilon \\sim \\mathcal{N}\\left(0, 1\\right)',
    ])
      expect(found).toContain(row)
  })

  it.skipIf(!existsSync('/usr/bin/pdflatex'))('is taken by pdflatex', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cartkin-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    for (const [name, source] of [
      ['a', text] as const,
      ...libraryModels.map((model) => [model.id, model.text] as const),
    ]) {
      writeFileSync(join(folder, `${name}.tex`), latexDocument(modelOf(source)))
      execFileSync('/usr/bin/pdflatex', ['-interaction=nonstopmode', '-halt-on-error', `${name}.tex`], {
        cwd: folder,
        stdio: 'ignore',
      })
    }
  })
})
