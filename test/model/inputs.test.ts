import { parseModel } from '@cartkin/model'
import { describe, expect, it } from 'vitest'
import { errorsOf, instanceOf, modelOf, outputAt } from './compile-text.ts'

const inputsOf = (text: string) => modelOf(text).parameters.filter(({ kind }) => kind === 'covariate')
const warningsOf = (text: string) =>
  modelOf(text).warnings.map(({ span, message }) => `${span.line}:${span.column} ${message}`)

describe('a name that nobody gives', () => {
  it('is an input without a value, once, in order of appearance', () => {
    const inputs = inputsOf('d/dt(x) = -CL*(WT/70)^0.75*x\ny = x/V*WT')
    expect(inputs.map(({ name, value }) => [name, value])).toEqual([
      ['CL', Number.NaN],
      ['WT', Number.NaN],
      ['V', Number.NaN],
    ])
  })

  it.each([
    ['kdeath = 1\nd/dt(x) = -kdeth*x', '2:12 `kdeth` is assigned nowhere', 'Did you mean `kdeath`?'],
    ['Tumor = 1\ny = 2*tumor', '2:7 `tumor` is assigned nowhere', 'Did you mean `Tumor`?'],
    ['y = 2*z\nz = 2*y', '1:7 `z` is used before it is assigned at line 2, column 1', 'input until then'],
    ['d/dt(x) = exp*x', '1:11 `exp` is an input here; to call the function write exp(…).', ''],
  ])('%j looks like a slip and is warned of', (text, start, end) => {
    expect(warningsOf(text)).toEqual([expect.stringContaining(start)])
    expect(warningsOf(text)[0]).toContain(end)
  })

  it.each([
    ['like no other name', 'kdeath = 1\nd/dt(x) = -kdeath*WT*x'],
    ['more than a slip away, where most names are inputs', 'd/dt(x) = -V_tumor_max*x\nV_tumor_mm3 = 2*x'],
    ['the right side of its own assignment', 'CL_ADC <- CL_ADC/24\ny = CL_ADC'],
    [
      'described by the metadata',
      'm <- function() { covariateData <- list(tumor = "x")\nini({ Tumor <- 1 })\nmodel({ y = Tumor*tumor }) }',
    ],
  ])('is not suspected when it is %s', (_, text) => {
    expect(warningsOf(text)).toEqual([])
  })

  it('shows a reserved name as itself', () => {
    expect(modelOf('d/dt(x) = -x\ntad <- tad()\npodo <- podo()').outputs.map(({ name }) => name)).toEqual([
      'tad',
      'podo',
    ])
  })

  it('of ini that nothing uses is warned of', () => {
    const unused = warningsOf(
      'm <- function() {\n ini({ tv <- 1; e ~ 1; sd <- 1 })\n model({ y = 2 + WT; y ~ add(sd) })\n}',
    )
    expect(unused).toEqual([
      '2:8 `tv` of `ini` is used nowhere in the model.',
      '2:17 `e` of `ini` is used nowhere in the model.',
    ])
  })

  it('that is observed is an output even when it is a number', () => {
    const { outputs, parameters } = modelOf('y <- 3\ny ~ add(0.5)')
    expect([outputs.map(({ name }) => name), parameters]).toEqual([['y'], []])
  })

  it('may be changed by the text: the name is the input on the right, the new value below', () => {
    const instance = instanceOf('CL <- CL/24\ny <- 2*CL')
    expect(instance.model.parameters.map(({ name }) => name)).toEqual(['CL'])
    instance.setParameters(Float64Array.of(48))
    expect(outputAt(instance, 'y', 0)).toBe(4)
    expect(outputAt(instance, 'CL', 0)).toBe(2)
  })

  it('is a parameter where a line further down gives it a number', () => {
    const { parameters } = modelOf('d/dt(y) = mu*y\nmu = 3')
    expect(parameters.map(({ name, value, kind }) => [name, value, kind])).toEqual([['mu', 3, 'parameter']])
  })

  it.each(['newind', 'id', 'cmt', 'evid'])('is refused where it is %s of the run', (name) => {
    expect(errorsOf(`y = 2*${name}`)).toEqual([`1:7 \`${name}\` is not supported yet.`])
  })

  it.each(['t', 'time', 'pi', 'tad', 'podo', 'newind', 'id', 'cmt', 'evid'])('%s cannot be assigned', (name) => {
    expect(errorsOf(`${name} <- 2`)).toEqual([
      expect.stringContaining(`1:1 \`${name}\` is reserved and cannot be assigned`),
    ])
  })

  it.each(['T', 'R', 'E', 'D', 'c', 'F', 'd', 'dt'])('%s is free', (name) => {
    expect(outputAt(instanceOf(`${name} = 2\ny = 3*${name}`), 'y', 0)).toBe(6)
  })
})

describe('a text in quotes', () => {
  const text = 'if (SEX == "female") { f1 <- 0.5 } else if ("male" == SEX) { f1 <- 2 } else { f1 <- 9 }'

  it('is a level of the name it is compared with', () => {
    const [sex] = inputsOf(text)
    expect(sex?.levels).toEqual(['female', 'male'])
    const instance = instanceOf(text)
    for (const [code, f1] of [
      [1, 0.5],
      [2, 2],
      [3, 9],
    ] as const) {
      instance.setParameters(Float64Array.of(code))
      expect(outputAt(instance, 'f1', 0)).toBe(f1)
    }
  })

  it('makes a condition a number, as in rxode2', () => {
    const instance = instanceOf('y = 3*(SEX == "F") + 5*(SEX != "F")')
    instance.setParameters(Float64Array.of(1))
    expect(outputAt(instance, 'y', 0)).toBe(3)
    instance.setParameters(Float64Array.of(2))
    expect(outputAt(instance, 'y', 0)).toBe(5)
  })

  it('may be the value of a name', () => {
    const instance = instanceOf('g <- "low"\nif (WT > 70) g <- "high"\ny = (g == "high")')
    instance.setParameters(Float64Array.of(80))
    expect(outputAt(instance, 'y', 0)).toBe(1)
    instance.setParameters(Float64Array.of(60))
    expect(outputAt(instance, 'y', 0)).toBe(0)
  })

  it('has the code of its place among declared levels, and must be one of them', () => {
    const declared = 'levels(SEX) <- c("male", "female")\n'
    expect(inputsOf(`${declared}y = (SEX == "female")`)[0]?.levels).toEqual(['male', 'female'])
    expect(errorsOf(`${declared}y = (SEX == "femal")`)).toEqual([
      '2:13 `femal` is none of the levels of `SEX`. Did you mean `female`?',
    ])
    expect(errorsOf('levels(S) <- c("a", "a")\ny = (S == "a")')).toEqual([expect.stringContaining('stands twice')])
  })

  it('is no number', () => {
    expect(errorsOf('y = 2 + "a"')).toEqual([expect.stringContaining('1:9 The text `a` is no number')])
    expect(errorsOf('y = (SEX < "a")')).toEqual([expect.stringContaining('The text `a` is no number')])
  })
})

describe('metadata', () => {
  const text = `
library(nlmixr2)
my.model <- function() {
  description <- paste("Two lines, one with \\"quotes\\"", 'and # no comment', sep = " ")
  reference <- paste("A. Author,", "doi:10.1/x")
  units <- list(time = "day", dosing = "mg", concentration = paste("mg", "L", sep = "/"))
  replicate_of <- NULL
  ddmore_id = "x}{"
  covariateData <- list(
    WT = list(description = "Body weight (kg)", units = "kg", type = "continuous", reference_category = NULL,
              notes = "a % of [b] @ \${c}", n = 231L, extra = NA_integer_),
    SEX = "1 = female"
  )
  population <- within(list(a = c(White = 90.6, \`Black or so\` = 5.8), f = function(x, ...) { x %>% sum() }), {
    b <- a[["White"]]$k - 1e999
  })
  if (FALSE) { stop("never run") }
  ini({ tcl <- log(2); label("Clearance") })
  model({
    d/dt(x) <- -exp(tcl)*WT*SEX*x
  })
}
attr(my.model, "message") <- "not run
  model({"
my.model
`

  it('may be any R; what is simple is read', () => {
    const model = modelOf(text)
    expect(model.title).toBe('Two lines, one with "quotes" and # no comment')
    expect(model.metadata.reference).toBe('A. Author, doi:10.1/x')
    expect([...model.metadata.units]).toEqual([
      ['time', 'day'],
      ['dosing', 'mg'],
      ['concentration', 'mg/L'],
    ])
    expect(model.timeUnit).toBe('day')
    expect(model.warnings.map(({ message }) => message)).toEqual(['What stands after the model is not run.'])
  })

  it('gives inputs their unit and label', () => {
    expect(inputsOf(text).map(({ name, unit, label }) => [name, unit, label])).toEqual([
      ['WT', 'kg', 'Body weight (kg)'],
      ['SEX', '', '1 = female'],
    ])
  })

  it.each([
    ['f <- function() { a <- list(1, 2\n model({ y = 1 + z }) }', '1:19 The brackets of this metadata are not closed'],
    ['f <- function() { a <- "b\n model({ y = 1 + z }) }', '1:24 The string that begins here is not closed'],
    ['f <- function(x) { model({ y = 1 + z }) }', '1:15 A model function takes no arguments'],
    [
      'a <- function() { model({ y = 1 + z }) }\nb <- function() { model({ y = 1 + z }) }',
      '2:1 The text goes on with another model',
    ],
    ['f <- function() { ini({ a <- 1 }) }', '1:35 There is no `model({…})`'],
  ])('%j is refused', (refused, message) => {
    expect(errorsOf(refused)[0]).toContain(message)
  })

  it('and a raw string is passed over whole', () => {
    const raw = 'f <- function() {\n  note <- r"---(a ") }} model({ )---"\n  model({ y = 2 + z })\n}'
    expect(modelOf(raw).outputs.map(({ name }) => name)).toEqual(['y'])
    expect(errorsOf('f <- function() { n <- r"(a" ; model({ y = 1 }) }')[0]).toContain('1:24 The raw string')
  })
})

describe('a model in a call', () => {
  const inner = 'k = 1 # [1/h]\nd/dt(x) = -k*x'

  it.each([`rxode2({${inner}\n})`, `m <- RxODE({${inner}\n})`, `m = rxode2::rxode2({${inner}\n})`])('%j', (text) => {
    expect(modelOf(text).states.map(({ name }) => name)).toEqual(['x'])
  })

  it('may be a string; places are those of the whole text', () => {
    expect(modelOf(`m <- rxode2("\n${inner}\n")`).parameters[0]).toMatchObject({
      name: 'k',
      unit: '1/h',
      span: { line: 2 },
    })
    expect(errorsOf('m <- rxode2("\nd/dt(x) = 1 +\n")')[0]).toContain('2:14 The text ends')
    expect(parseModel('m <- rxode2("y = \\"a\\"")')).toMatchObject({ ok: false })
    expect(modelOf(`m <- rxode2(r"--(\n${inner}\n)--")`).parameters[0]).toMatchObject({ name: 'k', span: { line: 2 } })
  })
})
