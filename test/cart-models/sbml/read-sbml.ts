import { type Formula, type FunctionDefinition, readMath } from './read-math.ts'
import { child, elements, readXml, textOf, type XmlElement } from './read-xml.ts'

/** A species that reactions or a rate rule change, or a parameter or species that is fixed or follows from others. */
export interface SbmlModel {
  readonly name: string
  /** Values of compartments, parameters and species at time 0, assignments of the start and rules not yet applied. */
  readonly values: ReadonlyMap<string, number>
  readonly initialAssignments: ReadonlyMap<string, Formula>
  readonly assignmentRules: ReadonlyMap<string, Formula>
  readonly rateRules: ReadonlyMap<string, Formula>
  /** Compartments of the species that are concentrations. */
  readonly concentrations: ReadonlyMap<string, string>
  readonly reactions: readonly SbmlReaction[]
  readonly events: readonly SbmlEvent[]
}

export interface SbmlReaction {
  readonly id: string
  /** Net stoichiometry of the species that the reaction changes. */
  readonly changes: readonly (readonly [species: string, amount: number])[]
  readonly law: Formula
}

/** Assignments at a time. */
export interface SbmlEvent {
  readonly id: string
  readonly time: Formula
  readonly assignments: readonly (readonly [variable: string, formula: Formula])[]
}

const listOf = (model: XmlElement, list: string): readonly XmlElement[] => {
  const found = child(model, list)
  return found === undefined ? [] : elements(found)
}

function attribute({ name, attributes }: XmlElement, wanted: string): string {
  const value = attributes[wanted]
  if (value === undefined) throw new SyntaxError(`${name} ${attributes['id'] ?? ''} has no ${wanted}`)
  return value
}

/** What is a number, or absent. */
function numberAttribute({ attributes }: XmlElement, name: string): number | undefined {
  const value = attributes[name]
  return value === undefined ? undefined : Number(value)
}

/**
 * Reads a model in SBML, level 2 or 3: functions, compartments of constant size, species, parameters, assignments of the
 * start, assignment and rate rules, reactions, and events at known times. Throws a SyntaxError for a document that needs
 * more than that.
 */
export function readSbml(text: string): SbmlModel {
  const model = child(readXml(text), 'model')
  if (model === undefined) throw new SyntaxError('no model')
  const functions = new Map<string, FunctionDefinition>()
  for (const one of listOf(model, 'listOfFunctionDefinitions'))
    functions.set(attribute(one, 'id'), definition(one, functions))
  const mathOf = (one: XmlElement): Formula => {
    const math = child(one, 'math')
    if (math === undefined) throw new SyntaxError(`${one.name} without a formula`)
    return readMath(math, functions)
  }
  const rules = listOf(model, 'listOfRules')
  for (const { name } of rules) {
    if (!['assignmentRule', 'rateRule'].includes(name)) throw new SyntaxError(`${name} is not read`)
  }
  const rulesOf = (name: string) =>
    new Map(rules.filter((one) => one.name === name).map((one) => [attribute(one, 'variable'), mathOf(one)]))
  const species = listOf(model, 'listOfSpecies')
  const fixed = species.filter(
    (one) => one.attributes['boundaryCondition'] === 'true' || one.attributes['constant'] === 'true',
  )
  const held = new Set(fixed.map((one) => attribute(one, 'id')))
  return {
    name: attribute(model, 'name'),
    values: new Map([
      ...listOf(model, 'listOfCompartments').map(compartment),
      ...listOf(model, 'listOfParameters').map(
        (one) => [attribute(one, 'id'), numberAttribute(one, 'value') ?? Number.NaN] as const,
      ),
      ...species.map((one) => [attribute(one, 'id'), startOf(one, model)] as const),
    ]),
    initialAssignments: new Map(
      listOf(model, 'listOfInitialAssignments').map((one) => [attribute(one, 'symbol'), mathOf(one)]),
    ),
    assignmentRules: rulesOf('assignmentRule'),
    rateRules: rulesOf('rateRule'),
    concentrations: new Map(
      species
        .filter((one) => one.attributes['hasOnlySubstanceUnits'] !== 'true')
        .map((one) => [attribute(one, 'id'), attribute(one, 'compartment')]),
    ),
    reactions: listOf(model, 'listOfReactions').map((one) => reaction(one, mathOf, held)),
    events: listOf(model, 'listOfEvents').map((one) => event(one, mathOf)),
  }
}

function definition(one: XmlElement, functions: ReadonlyMap<string, FunctionDefinition>): FunctionDefinition {
  const lambda = child(child(one, 'math') ?? one, 'lambda')
  const body = lambda === undefined ? undefined : elements(lambda).at(-1)
  if (lambda === undefined || body === undefined) throw new SyntaxError(`function ${one.attributes['id']} has no body`)
  const names = elements(lambda, 'bvar').map((bound) => textOf(elements(bound)[0]!))
  return { names, body: readMath(body, functions) }
}

function compartment(one: XmlElement): readonly [string, number] {
  if (one.attributes['constant'] === 'false')
    throw new SyntaxError(`compartment ${one.attributes['id']} changes its size`)
  return [attribute(one, 'id'), numberAttribute(one, 'size') ?? 1]
}

/** Concentration, or amount where a species is one. */
function startOf(one: XmlElement, model: XmlElement): number {
  const concentration = numberAttribute(one, 'initialConcentration')
  const amount = numberAttribute(one, 'initialAmount')
  const home = listOf(model, 'listOfCompartments').find(
    (where) => where.attributes['id'] === one.attributes['compartment'],
  )
  const size = home === undefined ? 1 : compartment(home)[1]
  if (one.attributes['hasOnlySubstanceUnits'] === 'true') return amount ?? (concentration ?? Number.NaN) * size
  return concentration ?? (amount ?? Number.NaN) / size
}

function reaction(one: XmlElement, mathOf: (of: XmlElement) => Formula, held: ReadonlySet<string>): SbmlReaction {
  const id = attribute(one, 'id')
  const law = child(one, 'kineticLaw')
  if (law === undefined) throw new SyntaxError(`reaction ${id} has no rate`)
  if (one.attributes['fast'] === 'true') throw new SyntaxError(`reaction ${id} is fast`)
  if ([...listOf(law, 'listOfParameters'), ...listOf(law, 'listOfLocalParameters')].length > 0) {
    throw new SyntaxError(`reaction ${id} has parameters of its own`)
  }
  const side = (list: string, sign: number) =>
    listOf(one, list).map((reference): readonly [string, number] => {
      if (elements(reference, 'stoichiometryMath').length > 0) throw new SyntaxError(`${id}: stoichiometry by formula`)
      return [attribute(reference, 'species'), sign * (numberAttribute(reference, 'stoichiometry') ?? 1)]
    })
  const changes = [...side('listOfReactants', -1), ...side('listOfProducts', 1)].filter(
    ([species]) => !held.has(species),
  )
  return { id, changes, law: mathOf(law) }
}

function event(one: XmlElement, mathOf: (of: XmlElement) => Formula): SbmlEvent {
  const id = one.attributes['id'] ?? one.attributes['name'] ?? 'event'
  const trigger = child(one, 'trigger')
  if (trigger === undefined) throw new SyntaxError(`${id} has no trigger`)
  const { switches } = mathOf(trigger)
  const relation = elements(elements(child(trigger, 'math')!)[0]!)[0]?.name
  if (switches.length !== 1 || relation !== 'geq') throw new SyntaxError(`${id} is not of the form: time ≥ a number`)
  const delay = child(one, 'delay')
  if (delay !== undefined && mathOf(delay).evaluate({ time: 0, phase: 0, value: () => Number.NaN }) !== 0) {
    throw new SyntaxError(`${id} is delayed`)
  }
  return {
    id,
    time: switches[0]!,
    assignments: listOf(one, 'listOfEventAssignments').map((assignment) => [
      attribute(assignment, 'variable'),
      mathOf(assignment),
    ]),
  }
}
