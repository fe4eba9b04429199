import { parse, type Spec } from 'vega'
import type { Plugin } from 'vite'
import { diagnosticTemplate } from '../src/plot/diagnostic-spec.ts'
import { panelTemplate } from '../src/plot/panel-template.ts'
import { writtenModule } from './written-module.ts'

interface Named {
  readonly name: string
  readonly specification: Spec
}

interface Dataflow {
  readonly operators: readonly unknown[]
}

export const panelTemplates = dataflowModule('virtual:panel-templates', () => [
  { name: 'linear', specification: panelTemplate('linear') },
  { name: 'log', specification: panelTemplate('log') },
])

export const diagnosticTemplates = dataflowModule('virtual:diagnostic-templates', () => [
  { name: 'linearLinear', specification: diagnosticTemplate('linear', 'linear') },
  { name: 'linearLog', specification: diagnosticTemplate('linear', 'log') },
  { name: 'logLinear', specification: diagnosticTemplate('log', 'linear') },
  { name: 'logLog', specification: diagnosticTemplate('log', 'log') },
])

/**
 * Specifications become Vega's dataflows here, expressions and all, so that the page carries neither compiler nor parser. Those
 * of a module differ in few operators: the first is written whole, of the others what is theirs.
 */
function dataflowModule(name: string, specifications: () => readonly [first: Named, ...others: Named[]]): Plugin {
  return writtenModule(name, () => {
    const [first, ...others] = specifications()
    const { operators, ...rest } = dataflow(first)
    const own = others.map((other) => {
      const { operators: theirs, ...same } = dataflow(other)
      if (JSON.stringify(same) !== JSON.stringify(rest) || theirs.length !== operators.length)
        throw new Error(`${name}: ${other.name} differs from ${first.name} in more than operators`)
      const changed = theirs.flatMap((operator, k) =>
        JSON.stringify(operator) === JSON.stringify(operators[k]) ? [] : [[k, operator] as const],
      )
      return `export const ${other.name} = withOperators(${JSON.stringify(Object.fromEntries(changed))})`
    })
    return [
      `export const ${first.name} = ${JSON.stringify({ ...rest, operators })}`,
      `const withOperators = (changed) => ({ ...${first.name}, operators: ${first.name}.operators.map((operator, k) => changed[k] ?? operator) })`,
      ...own,
    ].join('\n')
  })
}

function dataflow({ specification }: Named): Dataflow {
  return JSON.parse(JSON.stringify(parse(specification, undefined, { ast: true })))
}
