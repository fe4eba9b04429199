import { describe, expect, it } from 'vitest'
import { readSbml } from './read-sbml.ts'
import { readXml } from './read-xml.ts'
import { runSbml } from './run-sbml.ts'

const mathml = 'xmlns="http://www.w3.org/1998/Math/MathML"'
const time = '<csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/time"> t </csymbol>'
const document = (model: string) =>
  `<?xml version="1.0"?><!-- < --><sbml level="2"><model name="test">${model}</model></sbml>`
const species = (id: string, attributes: string) => `<species id="${id}" compartment="v" ${attributes}/>`
const home = '<listOfCompartments><compartment id="v" size="4"/></listOfCompartments>'
const apply = (...parts: readonly string[]) => `<apply>${parts.join('')}</apply>`
const ci = (name: string) => `<ci> ${name} </ci>`
const math = (formula: string) => `<math ${mathml}>${formula}</math>`
const decay = `<listOfReactions><reaction id="loss"><listOfReactants><speciesReference species="x"/></listOfReactants>
  <kineticLaw>${math(apply('<times/>', ci('v'), ci('k'), ci('x')))}</kineticLaw></reaction></listOfReactions>`
const parameters = '<listOfParameters><parameter id="k" value="0.5"/></listOfParameters>'

function course(model: string, times: readonly number[], name: string): readonly number[] {
  const column = runSbml(readSbml(document(model)), Float64Array.from(times)).get(name)
  if (column === undefined) throw new Error(`no ${name}`)
  return [...column]
}

function near(values: readonly number[], exact: readonly number[]): void {
  expect(values).toHaveLength(exact.length)
  for (const [k, value] of values.entries()) expect(value).toBeCloseTo(exact[k]!, 9)
}

describe('an SBML model', () => {
  it('loses an amount per compartment: a concentration falls by rate over size', () => {
    const begin = `<listOfSpecies>${species('x', 'initialAmount="12"')}</listOfSpecies>`
    near(course(home + begin + parameters + decay, [0, 1, 3], 'x'), [3, 3 * Math.exp(-0.5), 3 * Math.exp(-1.5)])
  })

  it('keeps amounts as they are, and species that are given', () => {
    const amounts = `<listOfSpecies>${species('x', 'initialAmount="12" hasOnlySubstanceUnits="true"')}</listOfSpecies>`
    near(course(home + amounts + parameters + decay, [1], 'x'), [12 * Math.exp(-4 * 0.5)])
    const given = `<listOfSpecies>${species('x', 'initialConcentration="3" boundaryCondition="true"')}</listOfSpecies>`
    expect(() => course(home + given + parameters + decay, [1], 'x')).toThrow('at least one state')
  })

  it('follows rate rules that switch at a time, assignments of the start and rules, in any order', () => {
    const growth = `<piecewise><piece><cn>2</cn>${apply('<leq/>', time, ci('k'))}</piece><otherwise><cn>-1</cn></otherwise></piecewise>`
    const model = `<listOfParameters><parameter id="k" value="9"/><parameter id="y" value="7"/><parameter id="z"/><parameter id="h" value="0.25"/></listOfParameters>
      <listOfInitialAssignments><initialAssignment symbol="k">${math(apply('<times/>', ci('h'), '<cn type="rational"> 12 <sep/> 2 </cn>'))}</initialAssignment></listOfInitialAssignments>
      <listOfRules><assignmentRule variable="z">${math(apply('<power/>', ci('y'), '<cn type="e-notation"> 20 <sep/> -1 </cn>'))}</assignmentRule>
      <rateRule variable="y">${math(growth)}</rateRule></listOfRules>`
    near(course(model, [0, 1, 1.5, 2], 'y'), [7, 9, 10, 9.5])
    near(course(model, [0, 1], 'z'), [49, 81])
  })

  it('calls functions, takes logarithms, and changes values at events', () => {
    const f = `<listOfFunctionDefinitions><functionDefinition id="f">${math(
      `<lambda><bvar>${ci('a')}</bvar><bvar>${ci('b')}</bvar>${apply('<divide/>', ci('a'), apply('<log/>', ci('b')))}</lambda>`,
    )}</functionDefinition></listOfFunctionDefinitions>`
    const event = `<listOfEvents><event id="dose"><trigger>${math(apply('<geq/>', time, '<cn> 2 </cn>'))}</trigger><listOfEventAssignments>
      <eventAssignment variable="y">${math(apply('<plus/>', ci('y'), '<cn> 10 </cn>'))}</eventAssignment></listOfEventAssignments></event></listOfEvents>`
    const model = `${f}<listOfParameters><parameter id="y" value="1"/></listOfParameters>
      <listOfRules><rateRule variable="y">${math(apply(ci('f'), '<cn>6</cn>', '<cn>100</cn>'))}</rateRule></listOfRules>${event}`
    near(course(model, [0, 1, 2, 3], 'y'), [1, 4, 17, 20])
  })

  it.each([
    ['an algebraic rule', '<listOfRules><algebraicRule/></listOfRules>'],
    [
      'an unknown operator',
      `<listOfRules><rateRule variable="y">${math(apply('<sin/>', ci('y')))}</rateRule></listOfRules>`,
    ],
    ['a compartment that grows', '<listOfCompartments><compartment id="v" constant="false"/></listOfCompartments>'],
  ])('is refused with %s', (_, model) => {
    expect(() => readSbml(document(model))).toThrow(SyntaxError)
  })
})

it('XML that is not well formed is refused', () => {
  for (const text of ['<a>', '<a></b>', '<a/><b/>', '<a>&nothing;</a>', '<a x="1</a>']) {
    expect(() => readXml(text), text).toThrow(SyntaxError)
  }
  expect(readXml('<p:a q:x=\'1 > "0"\'>1 &lt; &#50;<![CDATA[ <3]]></p:a>')).toEqual({
    name: 'a',
    attributes: { x: '1 > "0"' },
    content: ['1 < 2', ' <3'],
  })
})
