import { compileModel, type Model, parseModel } from '@cartkin/model'
import { describe, expect, it } from 'vitest'
import { derivativeAt, errorsOf, instanceOf, modelOf, outputAt, outputsAt } from './compile-text.ts'

const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name)

describe('what is a parameter', () => {
  it('is a number assigned once before the first d/dt, with unit and label of its comment', () => {
    const { parameters, outputs } = modelOf(`
      rho = 1.6   # [1/day] maximal CAR-T proliferation
      k <- -0.5   # a rate
      5L -> n
      big = Inf; other = .25 # [mL]
      derived = 2*rho
      d/dt(x) = rho*x
      late = 3`)
    expect(parameters.map(({ name, value, unit, label }) => [name, value, unit, label])).toEqual([
      ['rho', 1.6, '1/day', 'maximal CAR-T proliferation'],
      ['k', -0.5, '', 'a rate'],
      ['n', 5, '', ''],
      ['big', Number.POSITIVE_INFINITY, '', ''],
      ['other', 0.25, 'mL', ''],
    ])
    expect(names(outputs)).toEqual(['derived', 'late'])
  })

  it('is not a name that is assigned again, or inside if, or hidden', () => {
    const { parameters, outputs } = modelOf(`
      a = 1
      a = a + 1
      b ~ 2
      u = 3
      if (u > 2) { w = 4 } else { w = 5 }
      d/dt(x) = a*b*w*u`)
    expect(names(parameters)).toEqual(['u'])
    expect(names(outputs)).toEqual(['a', 'w'])
  })

  it('is an input where the text gives the name no value', () => {
    const { parameters } = modelOf('CL = 2\nd/dt(x) = -CL*(WT/70)*x')
    expect(parameters.map(({ name, kind }) => [name, kind])).toEqual([
      ['CL', 'parameter'],
      ['WT', 'covariate'],
    ])
    expect(parameters[1]?.value).toBeNaN()
  })

  it('has the place of its line', () => {
    expect(modelOf('# title\n  k = 1\nd/dt(x) = k').parameters[0]?.span).toEqual({
      offset: 10,
      length: 1,
      line: 2,
      column: 3,
    })
  })
})

describe('what is shown', () => {
  it('are names assigned with =, <- or ->, in order of their first line; ~ hides', () => {
    const { outputs } = modelOf('p = 1\nfA ~ 2*p\nb <- fA + 1 # [mg] second\nfA + b -> c\nd/dt(x) = c\na = x')
    expect(outputs.map(({ name, unit, label }) => [name, unit, label])).toEqual([
      ['b', 'mg', 'second'],
      ['c', '', ''],
      ['a', '', ''],
    ])
  })

  it('is the last value of a name', () => {
    const instance = instanceOf('x = 1\nx = x + 1\ny = x*10\nx = x + 1\nz = x')
    expect(outputsAt(instance, 0)).toEqual({ x: 3, y: 20, z: 3 })
  })
})

describe('states', () => {
  it('are known before their line, in order of their lines, with unit and label', () => {
    const { states } = modelOf(`
      total = B + A
      d/dt(A) = -A     # [mg] amount
      d/dt(B) = A - B
      B(0) = 3         # [ug] other`)
    expect(states.map(({ name, unit, label }) => [name, unit, label])).toEqual([
      ['A', 'mg', 'amount'],
      ['B', 'ug', 'other'],
    ])
  })

  it('take initial values and dosing properties from the text', () => {
    const instance = instanceOf(`
      F_inf = 0.1; dose = 1e6; WT = 70; Vb = 5
      d/dt(CI) = -CI
      d/dt(D) = 0
      CI(0) = 2*WT
      f(CI) = F_inf*dose*WT/(Vb*1e6)
      alag(CI) = 0.5
      dur(CI) = Vb
      rate(D) = 3`)
    const y = new Float64Array(2)
    instance.initialState(y)
    expect([...y]).toEqual([140, 0])
    expect([0, 1].map((i) => instance.bioavailability(i))).toEqual([(0.1 * 1e6 * 70) / (5 * 1e6), 1])
    expect([0, 1].map((i) => instance.lag(i))).toEqual([0.5, 0])
    expect([0, 1].map((i) => instance.duration(i))).toEqual([5, Number.NaN])
    expect([0, 1].map((i) => instance.rate(i))).toEqual([Number.NaN, 3])
    const gradient = new Float64Array(4)
    const sensitivities = instance.sensitivities([0, 1, 2, 3])
    sensitivities.bioavailability(0, gradient)
    expect(gradient[0]).toBeCloseTo(14, 12)
    sensitivities.lag(0, gradient)
    expect([...gradient]).toEqual([0, 0, 0, 0])
    sensitivities.duration(0, gradient)
    expect([...gradient]).toEqual([0, 0, 0, 1])
  })

  it('may have the names of functions and of R constants', () => {
    const instance = instanceOf(
      'T = 2; F = 3\nd/dt(E) = T*R\nd/dt(R) = F\nc ~ 4\ndt ~ 2\nd ~ 8\nd/dt(D) = c + d/dt(R) + d/dt\nexp = 5\nq = exp(0)*exp',
    )
    expect(derivativeAt(instance, 0, [1, 10, 1])).toEqual([20, 3, 11])
    expect(outputsAt(instance, 0, [1, 1, 1])).toEqual({ exp: 5, q: 5 })
  })
})

describe('if and else', () => {
  const text = `
    p = 1
    if (p > 2) { a = 10; b ~ 1 }
    else if (p > 0) {
      a = 20
      b ~ 2
    }
    else { a = 30; b ~ 3 }
    u = 7
    if (p == 1) u = 8
    d/dt(x) = a + b
    if (x > 5) v = 1 else v = 2`

  it('choose the value of each name', () => {
    const instance = instanceOf(text)
    const at = (p: number, x = 0) => {
      instance.setParameters(Float64Array.of(p))
      return [...derivativeAt(instance, 0, [x]), ...Object.values(outputsAt(instance, 0, [x]))]
    }
    expect(at(3)).toEqual([11, 10, 7, 2])
    expect(at(1)).toEqual([22, 20, 8, 2])
    expect(at(-1)).toEqual([33, 30, 7, 2])
    expect(at(1, 6)).toEqual([22, 20, 8, 1])
  })

  it('choose derivatives and properties too', () => {
    const instance = instanceOf(`
      k = 2
      if (k > 1) { d/dt(x) = 1; f(x) = 3 } else { d/dt(x) = -1 }`)
    expect([derivativeAt(instance, 0, [0])[0], instance.bioavailability(0)]).toEqual([1, 3])
    instance.setParameters(Float64Array.of(0))
    expect([derivativeAt(instance, 0, [0])[0], instance.bioavailability(0)]).toEqual([-1, 1])
  })

  it('nest', () => {
    const instance = instanceOf('p = 1\nq = 5\na = 0\nif (p > 0) { if (q > 3) { a = 1 } else { a = 2 } }')
    expect(outputsAt(instance, 0)).toEqual({ a: 1 })
  })

  it('give NaN to what no branch taken gives, with a warning', () => {
    const instance = instanceOf('if (WT > 0) { tmp = 2*WT; y = tmp } else { y = 0 }')
    instance.setParameters(Float64Array.of(3))
    expect(outputsAt(instance, 0)).toEqual({ tmp: 6, y: 6 })
    instance.setParameters(Float64Array.of(-3))
    expect(outputsAt(instance, 0)).toEqual({ tmp: Number.NaN, y: 0 })
    expect(instance.model.warnings.map(({ message }) => message)).toEqual([
      '`tmp` has a value only in some branches of the `if` at line 1, elsewhere it is NaN; assign it before the `if`, or in every branch.',
    ])
  })

  it('may be two that complete each other, as in published models', () => {
    const instance = instanceOf('if (SEX == 1) F1 <- 0.8\nif (SEX == 0) F1 <- 1.2\ny <- 2*F1')
    expect(instance.model.warnings).toEqual([])
    for (const [sex, y] of [
      [1, 1.6],
      [0, 2.4],
      [2, Number.NaN],
    ] as const) {
      instance.setParameters(Float64Array.of(sex))
      expect(outputAt(instance, 'y', 0)).toBe(y)
    }
  })
})

describe('lines', () => {
  it('go on while a bracket or an operator is open', () => {
    const instance = instanceOf('a = 1 +\n  2\nb = (3\n  + 4)\nz = min(5,\n # with a comment\n 6)\nw =\n  7 # [x] y\n')
    expect(outputsAt(instance, 0)).toEqual({ a: 3, b: 7, z: 5 })
    expect(instance.model.parameters.map(({ name, unit }) => [name, unit])).toEqual([['w', 'x']])
  })

  it.each(['\n', '\r\n', '\r'])('end with %j', (end) => {
    const { title, states, parameters } = modelOf(['# A title', 'k = 1 # [1/h]', 'd/dt(x) = k'].join(end))
    expect([title, names(states), parameters[0]?.unit]).toEqual(['A title', ['x'], '1/h'])
  })

  it('may begin with a byte order mark', () => {
    expect(names(modelOf('\ufeffk = 1\nd/dt(x) = k').states)).toEqual(['x'])
  })
})

describe('names', () => {
  it('have dots, underscores and backticks', () => {
    const { parameters } = modelOf('eta.cl = 1\n.x = 2\n_y = 3\n`a name` = 4\nz = eta.cl + .x + _y + `a name`')
    expect(names(parameters)).toEqual(['eta.cl', '.x', '_y', 'a name'])
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype', 'then'])(
    '%s is an ordinary name',
    (name) => {
      const before = Object.getOwnPropertyNames(Object.prototype).join()
      const instance = instanceOf(`${name} = 2\nd/dt(x) = ${name}*x\ny = ${name}`)
      expect(derivativeAt(instance, 0, [3])).toEqual([6])
      expect(names(modelOf(`d/dt(${name}) = -${name}`).states)).toEqual([name])
      expect(modelOf(`y = 1 + ${name}`).parameters.map((input) => [input.name, input.kind])).toEqual([
        [name, 'covariate'],
      ])
      expect(errorsOf(`y = ${name}(1)`)).toEqual([`1:5 There is no function \`${name}\`.`])
      expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before)
    },
  )
})

describe('nlmixr2 functions', () => {
  const text = `one.cmt <- function() {
  description <- "One compartment"
  reference = "somebody, 2020"
  units <- list(time = "hour",
    dosing = "mg")
  ini({
    tka <- 0.45 # [log(1/h)] Log Ka
    tcl <- log(2.7) ; label("Log Cl")
    tv <- c(0, 3.45, Inf)
    prop.err <- fixed(0.1)
    add.err = c(0, 0.7)
    kfix <- fix(log(2))
    eta.ka ~ 0.6
    eta.cl + eta.v ~ c(0.3,
                       0.005, 0.1)
  })
  model({
    ka <- exp(tka + eta.ka)
    cl <- exp(tcl + eta.cl)
    v <- exp(tv + eta.v)
    d/dt(depot) = -ka*depot
    d/dt(center) = ka*depot - cl/v*center*kfix
    cp = center/v # [mg/L] concentration
    cp ~ add(add.err) + prop(prop.err)
  })
}
`

  it('give parameters, bounds, random effects, residual error and title', () => {
    const model: Model = modelOf(text)
    expect(model.title).toBe('One compartment')
    expect(names(model.states)).toEqual(['depot', 'center'])
    expect(names(model.outputs)).toEqual(['ka', 'cl', 'v', 'cp'])
    const parameters = model.parameters.map(({ name, value, lower, upper, fixed, kind, label }) => ({
      ...{ name, value, lower, upper, fixed, kind, label },
    }))
    const free = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY, fixed: false, label: '' }
    expect(parameters).toEqual([
      { ...free, name: 'tka', value: 0.45, kind: 'parameter', label: 'Log Ka' },
      { ...free, name: 'tcl', value: expect.closeTo(Math.log(2.7), 15), kind: 'parameter', label: 'Log Cl' },
      { ...free, name: 'tv', value: 3.45, lower: 0, kind: 'parameter' },
      { ...free, name: 'prop.err', value: 0.1, fixed: true, kind: 'parameter' },
      { ...free, name: 'add.err', value: 0.7, lower: 0, kind: 'parameter' },
      { ...free, name: 'kfix', value: expect.closeTo(Math.LN2, 15), fixed: true, kind: 'parameter' },
      { ...free, name: 'eta.ka', value: 0, kind: 'eta' },
      { ...free, name: 'eta.cl', value: 0, kind: 'eta' },
      { ...free, name: 'eta.v', value: 0, kind: 'eta' },
    ])
    expect(model.parameters[0]?.unit).toBe('log(1/h)')
    expect(model.omega).toEqual([
      { names: ['eta.ka'], lower: [0.6], level: 'id' },
      { names: ['eta.cl', 'eta.v'], lower: [0.3, 0.005, 0.1], level: 'id' },
    ])
    expect(model.errorModels).toEqual([
      {
        kind: 'continuous',
        name: 'cp',
        endpoint: 'cp',
        transform: { kind: 'identity' },
        additive: { kind: 'parameter', name: 'add.err' },
        proportional: { coefficient: { kind: 'parameter', name: 'prop.err' }, exponent: { kind: 'number', value: 1 } },
        combination: 'variance',
        distribution: { kind: 'normal' },
      },
    ])
  })

  it('run', () => {
    const instance = instanceOf(text)
    const [depot = 0] = derivativeAt(instance, 0, [100, 0])
    expect(depot).toBeCloseTo(-100 * Math.exp(0.45), 10)
  })

  it('may be without name, and a wrapper of bare text is one too', () => {
    expect(names(modelOf('function() { model({ d/dt(x) = -x }) }').states)).toEqual(['x'])
    expect(names(modelOf('m <- rxode2({\n k = 1\n d/dt(x) = -k*x\n})').parameters)).toEqual(['k'])
    expect(names(modelOf('ini({ a <- 1 })\nmodel({ d/dt(x) = -a*x; x ~ lnorm(a) })').parameters)).toEqual(['a'])
  })
})

describe('a model', () => {
  it('survives structuredClone', () => {
    const model = modelOf('k = 2\nT0 = 3\nd/dt(x) = ifelse(t < T0, k, exp(-k))*x\nf(x) = k')
    const run = (m: Model) => derivativeAt(compileModel(m).instantiate(), 0, [5])
    expect(run(structuredClone(model))).toEqual(run(model))
  })

  it('may be without states', () => {
    expect(outputAt(instanceOf('a = 2\nk = 0.1\ny = a*exp(-k*t)'), 'y', 10)).toBeCloseTo(2 * Math.exp(-1), 14)
  })

  it('keeps its text', () => {
    const text = 'k = 1\nd/dt(x) = k'
    const result = parseModel(text)
    expect(result.ok && result.model.text).toBe(text)
  })
})
