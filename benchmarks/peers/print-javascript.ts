import type { Model } from '@cartkin/model'
import type { Dialect } from './code-graph.ts'
import { modelCode } from './model-code.ts'

const dialect: Dialect = { declare: 'const', call: (name) => `Math.${name}`, hoisted: (index) => `q${index}` }

/** A model as a JavaScript module: `derivative(p)` gives `(t, y) => dydt` over plain arrays. */
export function printJavaScript(model: Model): string {
  const { graph, derivatives } = modelCode(model)
  const hoisted = graph.hoist(derivatives)
  const prepare = graph.print([...hoisted.keys()], dialect, new Map())
  const body = graph.print(derivatives, dialect, hoisted)
  return [
    'export const derivative = (p) => {',
    ...prepare.lines.map((line) => `  ${line}`),
    ...prepare.roots.map((text, k) => `  const q${k} = ${text};`),
    '  return (t, y) => {',
    ...body.lines.map((line) => `    ${line}`),
    `    return [${body.roots.join(', ')}];`,
    '  };',
    '};',
    '',
  ].join('\n')
}
