import { transformsOf } from '../check/transforms.ts'
import { readUnitComment } from '../check/unit-comment.ts'
import type { Model, Parameter, Transform } from '../model.ts'
import type { Statement, SyntaxTree } from '../syntax/syntax.ts'
import { isConversion, type Measure, measureOf, unknown } from './measure.ts'
import { readUnit } from './read-unit.ts'
import { isDimensionless } from './unit.ts'

/** What a model must have been read into before its units are looked at. */
export type NamedUnits = Pick<Model, 'parameters' | 'states' | 'metadata'>

/** The units that a text declares, by name; a unit that cannot be read is unknown. */
export interface UnitDeclarations {
  readonly parameters: ReadonlyMap<string, Measure>
  readonly states: ReadonlyMap<string, Measure>
  /** From `unit(x) <- "mg/L"`. */
  readonly statements: ReadonlyMap<string, Measure>
  /** The unit that a comment names. */
  readonly ofComment: (comment: string) => Measure
}

/** Reads every declared unit once. */
export function unitDeclarations(tree: SyntaxTree, { parameters, states }: NamedUnits): UnitDeclarations {
  const transforms = transformsOf(tree.body, new Set(parameters.map(({ name }) => name)))
  const known = new Map<string, Measure>()
  const read = (text: string): Measure => {
    const measure = known.get(text) ?? declaredMeasure(text)
    known.set(text, measure)
    return measure
  }
  const statements = new Map<string, Measure>()
  addStatements(tree.body, statements)
  return {
    statements,
    parameters: new Map(
      parameters.map((parameter) => [
        parameter.name,
        parameterMeasure(parameter, read(parameter.unit), transforms.get(parameter.name)?.kind),
      ]),
    ),
    states: new Map(states.map(({ name, unit }) => [name, read(unit)])),
    ofComment: (comment) => {
      const { unit } = readUnitComment(comment)
      return unit === '' ? unknown : read(unit)
    },
  }
}

/** The measure of a unit as it stands in the text. */
function declaredMeasure(text: string): Measure {
  const read = readUnit(text)
  if (read === undefined) return unknown
  if (read.logarithm === undefined) return measureOf(read.unit)
  return read.logarithm === 'e' ? { kind: 'logarithm', unit: read.unit, open: false } : unknown
}

/**
 * A parameter that the text uses as a logarithm is declared in the unit of what it is the logarithm of:
 * `tcl <- log(2) # [L/h]`.
 */
function parameterMeasure(
  { kind, value }: Parameter,
  measure: Measure,
  scale: Transform['kind'] = 'identity',
): Measure {
  if (kind === 'eta') return { kind: 'effect' }
  if (measure.kind !== 'unit') return measure
  // a number without dimension such as 1000 may be there to convert
  if (isDimensionless(measure.unit)) return isConversion(Math.abs(value)) ? { ...measure, open: true } : measure
  if (scale === 'identity') return measure
  return scale === 'log' ? { kind: 'logarithm', unit: measure.unit, open: false } : unknown
}

// nesting is bounded by the parser's budget
function addStatements(body: readonly Statement[], found: Map<string, Measure>): void {
  for (const statement of body) {
    if (statement.kind === 'unit') found.set(statement.name, declaredMeasure(statement.unit))
    else if (statement.kind === 'conditional') {
      for (const branch of statement.branches) addStatements(branch.body, found)
      addStatements(statement.otherwise, found)
    }
  }
}
