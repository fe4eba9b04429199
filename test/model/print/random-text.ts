import fc from 'fast-check'

const operators = ['+', '-', '*', '/', '%%', '^', '**', '<', '<=', '>', '>=', '==', '!=', '&', '&&', '|', '||']

/** Expressions of the language as text, all operators beside and inside each other, with blanks and brackets at will. */
export function expressionText(names: readonly string[]): fc.Arbitrary<string> {
  const number = fc.oneof(
    fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map(String),
    fc.constantFrom('1', '.5', '2.', '1e6', '1E-3', '5L', 'Inf', 'TRUE', 'pi'),
  )
  const leaf = fc.oneof({ arbitrary: fc.constantFrom(...names), weight: 3 }, { arbitrary: number, weight: 1 })
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 5, depthSize: 'medium' },
      leaf,
      fc
        .tuple(tie('expression'), fc.constantFrom(...operators), fc.constantFrom('', ' '), tie('expression'))
        .map(([a, operator, gap, b]) => `(${a})${gap}${operator}${gap === '' && operator === '<' ? ' ' : gap}(${b})`),
      fc.tuple(fc.constantFrom('-', '+', '!'), tie('expression')).map(([sign, a]) => `${sign}(${a})`),
      fc.tuple(fc.constantFrom('exp', 'log', 'sqrt', 'abs'), tie('expression')).map(([f, a]) => `${f}( ${a})`),
      fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([a, b, c]) => `ifelse(${a},${b},${c})`),
    ),
  }))
  return expression
}

const blank = fc.constantFrom('', ' ', '  ', '\t')
const comment = fc.constantFrom('', ' # [1/day] rate', '#label', '  # [] [x] y', ' ## [copies/ug]')

/** Model texts of some parameters, states, hidden and shown variables, branches and dosing properties. */
export function modelText(): fc.Arbitrary<string> {
  const inputs = ['ka', 'V', '`k e0`', 'eta.cl']
  const names = [...inputs, 'depot', 'central', 't']
  const inBody = expressionText(names)
  const inParameters = expressionText(inputs)
  const line = (target: string, sign: string, value: string, gap: string, note: string) =>
    `${gap}${target}${gap}${sign} ${value}${note}`
  const local = fc.tuple(fc.constantFrom('=', '<-', '~'), inBody, blank, comment).map(
    ([sign, value, gap, note]) =>
      (index: number) =>
        line(`x${index}`, sign, value, gap, note),
  )
  const branch = fc.tuple(inBody, inBody, inBody, inBody).map(
    ([condition, a, b, c]) =>
      (index: number) =>
        `if (${condition}) { x${index} = ${a} } else if (${c}) x${index} = ${b}\nelse {\n x${index} <- ${c}; y${index} ~ 1 }`,
  )
  const arrow = inBody.map((value) => (index: number) => `(${value}) -> x${index}`)
  const body = fc
    .array(fc.oneof(local, branch, arrow), { maxLength: 5 })
    .map((makers) => makers.map((make, index) => make(index)).join('\n'))
  const properties = fc
    .tuple(inParameters, inParameters, inParameters, comment)
    .map(
      ([initial, f, lag, note]) =>
        `central(0) = ${initial}${note}\nf(depot)=${f}; alag(depot) <- ${lag}\ndur(depot) = V`,
    )
  const states = fc
    .tuple(inBody, inBody, blank, comment)
    .map(([a, b, gap, note]) => `d/dt(depot)${gap}=${gap}${a}${note}\nd / dt(central) <- ${b}`)
  const ini = fc.constantFrom(
    'ka = 1.5 #[1/h] absorption\nV <- c(0, 70, Inf)\n`k e0` <- fixed(log(2))\nlabel("one \\"two\\"")\neta.cl ~ 0.09',
    'ka <- 1; V <- 2\n`k e0` + eta.cl ~ c(1,\n .5, 1) # [1] between patients',
  )
  const bare = 'ka = 1.5 # [1/h] absorption\nV <- -70\n`k e0`=1e-21;eta.cl=0'
  return fc
    .tuple(ini, body, states, properties, fc.boolean(), fc.constantFrom('', '# A title\n\n'))
    .map(([block, statements, equations, doses, isBare, title]) =>
      isBare
        ? `${title}${bare}\n${statements}\n${equations}\n${doses}\n`
        : `${title}ini({\n${block}\n})\nmodel({\n${statements}\n${equations}\n${doses}\ncentral ~ add(ka) + prop(V)\n})\n`,
    )
}
