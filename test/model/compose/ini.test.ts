import { describe, expect, it } from 'vitest'
import { modelOf } from '../compile-text.ts'
import { composed, pk } from './composed.ts'

const oral = `oral <- function() {
  description <- "Oral drug"
  reference <- "One"
  units <- list(time = "day", dosing = "mg", concentration = "mg/L")
  covariateData <- list(WT = list(units = "kg", description = "Body weight"))
  ini({
    tka <- c(-1, 0.5, 2) # [1/day] absorption
    label("ka")
    tv <- fixed(3)
    lcl <- log(2)
    backTransform("exp")
    eta.ka ~ 0.1
    eta.v + eta.cl ~ c(0.2, 0.01, 0.3)
    sd <- 0.3
    pr <- c(0, 0.1)
  })
  model({
    ka <- exp(tka + eta.ka)
    v <- exp(tv + eta.v) * (WT / 70)
    cl <- exp(lcl + eta.cl)
    if (SEX == "female") v <- v * 2
    linear(WT)
    d/dt(depot) <- -ka * depot
    d/dt(central) <- ka * depot - cl/v*central
    alag(depot) <- 0.1*ka
    cp <- central / v
    cp ~ add(sd) + prop(pr) | conc
    central ~ prop(pr)
  })
}
`
const turnover = `effect <- function() {
  reference <- "Two"
  units <- list(time = "d", dosing = "nmol")
  ini({
    kin <- c(0, 3, 10)
    emax <- fixed(0.8)
    eta.kin ~ 0.04
    psd <- 1
  })
  model({
    k <- kin*exp(eta.kin)*WT/70
    d/dt(R) <- k*(1 - emax*drug/(1 + drug)) - R
    R ~ add(psd)
  })
}
`

describe('parts with ini', () => {
  const { model, text, names, inputs } = composed(
    { id: 'drug', text: oral },
    { id: 'effect', text: turnover, prefix: 'e_', connect: { drug: 'cp' } },
  )
  const alone = [modelOf(oral), modelOf(turnover)]

  it('make one ini, with values, bounds, fixing, transforms and labels as they were', () => {
    expect(text.split('ini({')).toHaveLength(2)
    const facts = (of: typeof model) => new Map(of.parameters.map(({ span: _, ...facts }) => [facts.name, facts]))
    const own = facts(model)
    for (const [k, part] of alone.entries()) {
      for (const [name, known] of facts(part)) {
        if (name === 'drug') continue
        const next = names.get(['drug', 'effect'][k]!)!.get(name)!
        if (name !== 'WT') expect(own.get(next), name).toEqual({ ...known, name: next })
      }
    }
    expect(own.has('drug')).toBe(false)
    expect(own.has('e_drug')).toBe(false)
  })

  it('keep their random effects and residual errors', () => {
    expect(model.omega).toEqual([
      ...alone[0]!.omega,
      ...alone[1]!.omega.map((block) => ({ ...block, names: ['e_eta.kin'] })),
    ])
    expect(model.errorModels.slice(0, 2)).toEqual(alone[0]!.errorModels)
    expect(model.errorModels[2]).toMatchObject({ name: 'e_R', additive: { kind: 'parameter', name: 'e_psd' } })
  })

  it('share the inputs that are not connected, with what is known of them', () => {
    expect(inputs).toEqual([
      { name: 'WT', parts: ['drug', 'effect'] },
      { name: 'SEX', parts: ['drug'] },
    ])
    const weight = model.parameters.find(({ name }) => name === 'WT')
    expect(weight).toMatchObject({ kind: 'covariate', unit: 'kg', label: 'Body weight', interpolation: 'linear' })
  })

  it('say what they said of themselves, where they agree', () => {
    expect(model.metadata).toEqual({
      description: 'whole',
      reference: 'One; Two',
      units: new Map([
        ['time', 'day'],
        ['concentration', 'mg/L'],
      ]),
    })
  })

  it('give the names of dose functions and endpoints their prefix', () => {
    const { model: moved } = composed({ id: 'drug', text: oral, prefix: 'x_' })
    expect([...moved.lag.keys()].map((state) => moved.states[state]?.name)).toEqual(['x_depot'])
    expect(moved.errorModels.map(({ name, endpoint }) => [name, endpoint])).toEqual([
      ['x_cp', 'x_conc'],
      ['x_central', 'x_central'],
    ])
  })

  it('may be composed with bare text', () => {
    const { model: mixed } = composed({ id: 'effect', text: turnover, connect: { drug: 'C' } }, { id: 'pk', text: pk })
    expect(mixed.parameters.filter(({ inIni }) => inIni).map(({ name }) => name)).toEqual([
      'kin',
      'emax',
      'eta.kin',
      'psd',
    ])
    expect(mixed.parameters.find(({ name }) => name === 'CL')).toMatchObject({ kind: 'parameter', value: 3 })
  })
})

describe('what is connected in ini', () => {
  it('goes from it, with its label and what only served it', () => {
    const { model, text, warnings } = composed({ id: 'drug', text: oral, connect: { ka: '2', lcl: '0.7' } })
    expect(text).not.toContain('label')
    expect(text).not.toContain('backTransform')
    expect(model.parameters.map(({ name }) => name)).toEqual(['tv', 'eta.v', 'eta.cl', 'sd', 'pr', 'WT', 'SEX'])
    expect(warnings).toEqual([])
    expect(model.outputs.map(({ name }) => name)).toContain('ka')
  })

  it('is shown where a residual error is made of it', () => {
    const { model } = composed({ id: 'drug', text: oral, prefix: 'x_', connect: { sd: '0.1*x_cl' } })
    expect(model.outputs.map(({ name }) => name)).toContain('x_sd')
    expect(model.errorModels[0]).toMatchObject({ additive: { kind: 'output', name: 'x_sd' } })
  })

  it('may be a whole block of random effects', () => {
    const { model } = composed({ id: 'drug', text: oral, connect: { 'eta.v': '0', 'eta.cl': '0' } })
    expect(model.omega.map(({ names }) => names)).toEqual([['eta.ka']])
  })
})

describe('what is dropped', () => {
  it('goes where nothing needs it, with its residual error, and is hidden where something does', () => {
    const text = 'a = 2\nonly = 3\nd/dt(x) = -a*x\ny = 2*x\nz = 3*y\nw = only*x\nw ~ add(a)'
    const { text: made, model } = composed({ id: 'p', text, drop: ['y', 'w'] })
    expect(model.outputs.map(({ name }) => name)).toEqual(['z'])
    expect(made).toContain('y ~ 2*x')
    expect(made).not.toContain('w ')
    expect(model.parameters.map(({ name }) => name)).toEqual(['a'])
    expect(model.errorModels).toEqual([])
  })

  it('is hidden in branches, too, and never read as a residual error', () => {
    const text = 'd/dt(x) = -x\ny = pow(x, 2)\nif (x > 1) { y = 3 }\nz = 3*y'
    const { model } = composed({ id: 'p', text, drop: ['y'] })
    expect(model.outputs.map(({ name }) => name)).toEqual(['z'])
    expect(model.errorModels).toEqual([])
  })
})

it('a constant below the equations stays an output when another part needs it', () => {
  const { model } = composed(
    { id: 'a', text: 'd/dt(x) = -u*x', prefix: 'a_', connect: { u: 'b_scale' } },
    { id: 'b', text: 'd/dt(x) = -x\nscale = 1000\ny = x/scale', prefix: 'b_' },
  )
  expect(model.parameters).toEqual([])
  expect(model.outputs.map(({ name }) => name)).toEqual(['b_scale', 'b_y'])
  expect(model.states.map(({ name }) => name)).toEqual(['a_x', 'b_x'])
})

it('an output that is connected to a number stays an output', () => {
  const { model } = composed({ id: 'a', text: 'k = 1\ny = 2*k\nd/dt(x) = -y*x', connect: { y: '3' } })
  expect([model.parameters.map(({ name }) => name), model.outputs.map(({ name }) => name)]).toEqual([[], ['y']])
})
