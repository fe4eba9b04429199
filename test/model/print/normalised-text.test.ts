import { libraryModels } from '@cartkin/cart-models'
import { canonicalBytes, type Model, normalisedText, parseModel } from '@cartkin/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../compile-text.ts'
import { modelText } from './random-text.ts'

function laws(model: Model): void {
  const text = normalisedText(model)
  const again = modelOf(text)
  expect(canonicalBytes(again)).toEqual(canonicalBytes(model))
  expect(normalisedText(again)).toBe(text)
  for (const part of ['states', 'parameters', 'outputs'] as const) {
    const facts = (of: Model) => of[part].map(({ name, unit, label }) => ({ name, unit, label }))
    expect(facts(again)).toEqual(facts(model))
  }
  expect(again.title).toBe(model.title)
}

describe('the normalised text', () => {
  it.each(libraryModels.map(({ id, text }) => ({ id, text })))(
    'of $id computes the same, and is a fixed point',
    ({ text }) => {
      laws(modelOf(text))
    },
  )

  it('of any model computes the same, and is a fixed point', () => {
    fc.assert(
      fc.property(modelText(), (text) => {
        const parsed = parseModel(text)
        // a property that depends on time, or an expression beyond all numbers, is no model
        fc.pre(parsed.ok)
        laws(parsed.model)
      }),
      { numRuns: 400 },
    )
  })

  it('has one form for what may be written in several', () => {
    const text = [
      "#'  Oral dosing ",
      'k=  1.50   #[1/day]   loss',
      '# a comment of its own',
      '`V`<-70;CL = 1e+21',
      'r <- ((k)*(V**2))/(-CL)^-(2)',
      '(r > 1) && !(k == V) || TRUE -> high',
      'if(high)lost~r else {',
      ' lost ~ -r }',
      'd/dt(A)=(-k*A)-(lost-(r+1)); A(0)=5L',
      'F(A)=.5; alag(A)=k',
    ].join('\n')
    expect(normalisedText(modelOf(text))).toBe(
      [
        '# Oral dosing',
        'k = 1.5 # [1/day] loss',
        'V = 70',
        'CL = 1e21',
        'r = k*V^2/(-CL)^-2',
        'high = r > 1 & !k == V | TRUE',
        'if (high) {',
        '  lost ~ r',
        '} else {',
        '  lost ~ -r',
        '}',
        'd/dt(A) = -k*A - (lost - (r + 1))',
        'A(0) = 5',
        'f(A) = 0.5',
        'lag(A) = k',
        '',
      ].join('\n'),
    )
  })

  it('keeps ini and model, labels and strings', () => {
    const text =
      'ini({ tka<-c(0,log(2)) ; label(\'a "b" \\\\c\'); eta.ka ~ .09 #[1] spread\n})\nmodel({ka<-exp(tka+eta.ka);d/dt(a)=-ka*a\n a~add(tka)})'
    expect(normalisedText(modelOf(text))).toBe(
      [
        'published <- function() {',
        '  ini({',
        '    tka <- c(0, log(2))',
        '    label("a \\"b\\" \\\\c")',
        '    eta.ka ~ 0.09 # [1] spread',
        '  })',
        '  model({',
        '    ka = exp(tka + eta.ka)',
        '    d/dt(a) = -ka*a',
        '    a ~ add(tka)',
        '  })',
        '}',
        '',
      ].join('\n'),
    )
  })

  it('keeps declarations and metadata, and writes declared units into comments', () => {
    const text = `m <- function() { description <- 'A "drug"'; units <- list(time = "day", c(1, b = 2)); x <- y + 1
      ini({ k <- 1; eta ~ 0.1 | occ; tv <- 2; backTransform("exp") })
      model({ cmt(x); d/dt(w) = -k*w; d/dt(x) = k*w %% 2 - eta; unit(x) <- "mg/L"; mtime(t1) <- tv
      levels(SEX) <- c('f', "m"); y = SEX == 'm'; df(x)/dy(w) = 1; y ~ add(k) + boxCox(tv) | blood; dvid(1, 2) }) }`
    const model = modelOf(text)
    laws(model)
    expect(normalisedText(model)).toBe(
      [
        'm <- function() {',
        '  description <- "A \\"drug\\""',
        '  units <- list(time = "day", list(1, b = 2))',
        '  ini({',
        '    k <- 1',
        '    eta ~ 0.1 | occ',
        '    tv <- 2',
        '    backTransform("exp")',
        '  })',
        '  model({',
        '    cmt(x)',
        '    d/dt(w) = -k*w',
        '    d/dt(x) = k*w %% 2 - eta # [mg/L]',
        '    mtime(t1) = tv',
        '    levels(SEX) <- c("f", "m")',
        '    y = SEX == "m"',
        '    y ~ add(k) + boxCox(tv) | blood',
        '    dvid(1, 2)',
        '  })',
        '}',
        '',
      ].join('\n'),
    )
  })

  it('takes time in proportion to the text', () => {
    const text = `k = 1\ny = ${Array.from({ length: 100_000 }, () => 'k').join('+')}\n`
    expect(normalisedText(modelOf(text)).length).toBe(text.length + 2 * 99_999)
  })
})
