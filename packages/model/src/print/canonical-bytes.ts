import type { NodeId } from '../graph/graph.ts'
import type { Model, Parameter } from '../model.ts'
import { ByteWriter } from './byte-writer.ts'
import { canonicalError } from './canonical-errors.ts'
import { CanonicalGraph } from './canonical-graph.ts'

/**
 * What a model computes, as bytes: two texts that compute the same by the same operations have equal bytes, so their
 * SHA-256 is the hash of the model.
 *
 * In it: states in their order (doses address them by number), parameters with value, bounds, fixing and kind, the
 * covariance of random effects, residual errors, the equations, dosing properties, outputs, switches and dose inputs.
 * Not in it, since no result depends on them: spacing, comments, units, labels, titles, the order of parameters and
 * outputs, and the order of the operands of + and *.
 */
export function canonicalBytes(model: Model): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter()
  writer.text('cartkin model 1')
  const parameters = inOrder(model.parameters)
  writeList(writer, model.states, ({ name }) => writer.text(name))
  writeList(writer, parameters, (parameter) => writeParameter(writer, parameter))
  writeList(writer, model.omega, ({ names, lower, level }) => {
    writeList(writer, names, (name) => writer.text(name))
    writeList(writer, lower, (value) => writer.number(value))
    writer.text(level)
  })
  writeList(writer, model.errorModels, (errorModel) =>
    writeList(writer, canonicalError(errorModel), (word) => {
      writer.byte(typeof word === 'number' ? 1 : 0)
      if (typeof word === 'number') writer.number(word)
      else writer.text(word)
    }),
  )
  writeList(writer, model.dvid, (endpoint) => writer.count(endpoint))
  writeEquations(writer, model, parameters)
  return writer.finish()
}

function writeEquations(writer: ByteWriter, model: Model, parameters: readonly Parameter[]): void {
  const graph = new CanonicalGraph(model, parameters, writer)
  const outputs = inOrder(model.outputs.map(({ name }, index) => ({ name, root: model.outputRoots[index] })))
  const properties = [model.bioavailability, model.lag, model.duration, model.rate]
  const roots: NodeId[] = [...model.derivatives, ...model.initial]
  for (const { root } of outputs) if (root !== undefined) roots.push(root)
  for (const property of properties) {
    for (const state of model.states.keys()) {
      const root = property.get(state)
      if (root !== undefined) roots.push(root)
    }
  }
  // a switch that no equation uses still ends a step
  const switches = graph.orderedSwitches()
  const numbers = graph.write([...roots, ...switches.map(({ time }) => time)])
  writeList(writer, numbers, (number) => writer.count(number))
  writeList(writer, outputs, ({ name }) => writer.text(name))
  for (const property of properties) {
    const given = [...model.states.keys()].filter((state) => property.has(state))
    writeList(writer, given, (state) => writer.count(state))
  }
  writeList(writer, switches, ({ holds, atTime }) => {
    writer.text(holds)
    writer.byte(atTime ? 1 : 0)
  })
}

function inOrder<T extends { readonly name: string }>(named: readonly T[]): T[] {
  return named.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

function writeList<T>(writer: ByteWriter, list: readonly T[], write: (item: T) => void): void {
  writer.count(list.length)
  for (const item of list) write(item)
}

function writeParameter(writer: ByteWriter, parameter: Parameter): void {
  writer.text(parameter.name)
  writer.text(parameter.kind)
  writer.number(parameter.value)
  writer.number(parameter.lower)
  writer.number(parameter.upper)
  writer.byte((parameter.fixed ? 1 : 0) + (parameter.inIni ? 2 : 0))
  writeList(writer, parameter.levels, (level) => writer.text(level))
  if (parameter.interpolation !== undefined) writer.text(parameter.interpolation)
}
