import { libraryModels } from '@cartkin/cart-models'
import { parseModel } from '@cartkin/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelOf } from './compile-text.ts'

/** What a text is warned of, as "line message". */
function warningsOf(text: string): string[] {
  return modelOf(text).warnings.map(({ span, message }) => `${span.line} ${message}`)
}

const factor = (ratio: string) => `they differ by a factor of ${ratio}: convert one, or correct its unit.`
const different = 'these are different quantities: correct the equation or a unit.'

/** A model in mg, L and days, to which lines are added. */
const pharmacokinetics = `CL = 2 # [L/day]
V  = 10 # [L]
ka = 1 # [1/day]
kh = 0.05 # [1/h]
EC = 3 # [ng/mL]
h  = 6 # [h]
WT = 70 # [kg]
d/dt(depot) = -ka*depot # [mg]
d/dt(A) = ka*depot - CL/V*A # [mg]
`

describe('clashes of declared units', () => {
  it.each([
    ['x = CL/V + kh', `10 \`CL/V\` [1/day] and \`kh\` [1/h] are added; ${factor('24')}`],
    ['x = CL - V', `10 \`CL\` [L/day] and \`V\` [L] are subtracted; ${different}`],
    ['x = 2*(A + depot)/V - CL', `10 \`2*(A + depot)/V\` [mg/L] and \`CL\` [L/day] are subtracted; ${different}`],
    ['C = A/V # [ng/mL]', `10 \`C\` is in [ng/mL], but \`A/V\` in [mg/L]; ${factor('1000')}`],
    ['C ~ A/V # [ng]', `10 \`C\` is in [ng], but \`A/V\` in [mg/L]; ${different}`],
    ['C = A/V\nE = C/(EC + C)', `11 \`EC\` [ng/mL] and \`C\` [mg/L] are added; ${factor('1000')}`],
    ['d/dt(B) = -kh*B # [ug]', `10 \`d/dt(B)\` is in [ug/day], but \`-kh*B\` in [ug/h]; ${factor('24')}`],
    ['d/dt(B) = -CL*B # [ug]', `10 \`d/dt(B)\` is in [ug/day], but \`-CL*B\` in [L*ug/day]; ${different}`],
    ['A(0) = V', `10 \`A(0)\` is in [mg], but \`V\` in [L]; ${different}`],
    ['alag(depot) = h', `10 \`lag(depot)\` is in [day], but \`h\` in [h]; ${factor('24')}`],
    ['dur(depot) = h', `10 \`dur(depot)\` is in [day], but \`h\` in [h]; ${factor('24')}`],
    ['rate(depot) = CL', `10 \`rate(depot)\` is in [mg/day], but \`CL\` in [L/day]; ${different}`],
    ['mtime(late) = h', `10 \`mtime(late)\` is in [day], but \`h\` in [h]; ${factor('24')}`],
    [
      'x = exp(-A)',
      '10 The argument of exp, `-A` [mg], must be a plain number: divide it by a quantity of this unit, or correct a unit.',
    ],
    [
      'x = exp(-kh*t)',
      '10 The argument of exp, `-kh*t` [day/h], must be a plain number: convert by a factor of 24, or correct a unit.',
    ],
    [
      'x = 2^V',
      '10 The exponent, `V` [L], must be a plain number: divide it by a quantity of this unit, or correct a unit.',
    ],
    [
      'x = tanh(CL)',
      '10 The argument of tanh, `CL` [L/day], must be a plain number: divide it by a quantity of this unit, or correct a unit.',
    ],
    ['x = ifelse(A > V, 1, 2)', `10 \`A\` [mg] and \`V\` [L] are compared; ${different}`],
    ['if (t > h) x = 1 else x = 2', `10 \`t\` [day] and \`h\` [h] are compared; ${factor('24')}`],
    [
      'x = V\nif (t > 2) { if (t > 3) { x = A } else { x = depot } } else { x = 2*A }\ny = x + V',
      `12 \`x\` [mg] and \`V\` [L] are added; ${different}`,
    ],
    ['x = ifelse(t > 3, CL, V)', `10 \`CL\` [L/day] and \`V\` [L] are alternatives of one value; ${different}`],
    ['x = max(A, 0, V)', `10 \`A\` [mg] and \`V\` [L] are alternatives of one value; ${different}`],
    ['x = tad() + h', `10 \`tad()\` [day] and \`h\` [h] are added; ${factor('24')}`],
    ['x = sqrt(V^2) + A', `10 \`sqrt(V^2)\` [L] and \`A\` [mg] are added; ${different}`],
    ['x = exp(log(CL) - log(V)) + A', `10 \`exp(log(CL) - log(V))\` [1/day] and \`A\` [mg] are added; ${different}`],
  ])('%s', (lines, ...expected) => {
    expect(warningsOf(pharmacokinetics + lines)).toEqual(expected)
  })

  it('are found where d/dt lines disagree on the unit of time', () => {
    expect(warningsOf('a = 1 # [1/h]\nb = 1 # [1/day]\nd/dt(x) = -a*x # [mg]\nd/dt(y) = -b*y # [mg]')).toEqual([
      `4 \`d/dt(y)\` is in [mg/h], but \`-b*y\` in [mg/day]; ${factor('24')}`,
    ])
  })

  it('stand where they are', () => {
    const { warnings } = modelOf('a = 1 # [mg]\nb = 2 # [L]\nx = 1\nd/dt(y) = 0\nz = x*(a + b)')
    expect(warnings.map(({ severity, span }) => [severity, span])).toEqual([
      ['warning', { offset: 50, length: 5, line: 5, column: 8 }],
    ])
  })

  it('are reported once: what comes of a clash is unknown', () => {
    expect(warningsOf(`${pharmacokinetics}x = CL + V\ny = x + A\nz = y + x + WT`)).toHaveLength(1)
  })
})

describe('silence', () => {
  it.each([
    // a quantity without a unit silences what is around it
    'q = 3\nx = CL*q + V',
    'q = 3\nC = A/q # [h]',
    'q = 3 # [widgets]\nx = CL*q + V',
    // so does a number in a sum, and one that may have a unit in a product
    'x = 1 + CL',
    'x = 36.7 + A/V\ny = x + V',
    'x = CL*(WT/70)^0.75 # [L/day]\ny = x + CL',
    'x = CL*(1 + 0.3*(WT - 70))\ny = x + V',
    'C = 1000*A/V # [ng/mL]\nx = C/(C + EC)',
    'C = A/V/0.3 # [nmol/L]',
    'x = kh*24 # [1/day]\ny = x + ka',
    'E = 1 - max(0, 0.2*A)\ny = V*E # [L]',
    'd/dt(R) = 0.1*(2 - R) # [score]',
    // a power needs a number
    'g = 2 # [1]\nx = A^g + V',
    // what has no unit of its own takes that of the other
    'x = max(A, 1e-30) + A',
    'x = ifelse(t > 2, 0, CL) + CL',
    'x = 0\nx = x + CL\ny = x + V',
    // logarithms are those of a unit
    'x = log(A/V) # [log(mg/L)]',
    'x = log(A/V) # [mg/L]',
    'x = log(CL) - log(V) + log(2)',
    'x = exp(-t)',
    'x = exp(-CL/V*t)',
    // f(x) converts
    'f(depot) = 1/V',
    'f(depot) = 1/V\nrate(depot) = CL',
    // counts without a word
    'n = 4 # [10^9/L]\nm = 3 # [cells/uL]\nx = n + m',
    // branches that disagree say nothing
    'if (t > 2) { x = A } else { x = V }\ny = x + CL',
    'x = A\nif (t > 2) { x = V }\ny = x + CL',
  ])('%s', (lines) => {
    expect(warningsOf(pharmacokinetics + lines)).toEqual([])
  })

  it('follows parameters on a logarithmic scale', () => {
    const text = (unit: string) => `function() {
      ini({
        tcl <- log(2) # [L/h] clearance
        tv <- log(10) # [L] volume
        eta.cl ~ 0.1
      })
      model({
        cl <- exp(tcl + eta.cl)
        v <- exp(tv)
        k <- cl/v # [${unit}]
        d/dt(A) <- -k*A # [mg]
      })
    }`
    expect(warningsOf(text('1/h'))).toEqual([])
    expect(warningsOf(text('1/day'))).toEqual([`10 \`k\` is in [1/day], but \`cl/v\` in [1/h]; ${factor('24')}`])
  })

  it('is kept where names lose their units one by one', () => {
    // a text that clashes: taking units away never makes another clash
    const lines = ['a = 1', 'b = 2', 'c = 3', 'd/dt(x) = a*x - b/c', 'y = a + b*exp(c*t)', 'z = min(x, c) + a/b']
    const units = ['1/h', 'mg', 'L', 'mg', 'ng', 'day']
    const warned = (kept: readonly boolean[]) =>
      warningsOf(lines.map((line, k) => (kept[k] ? `${line} # [${units[k]}]` : line)).join('\n'))
    const all = warned(units.map(() => true))
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), (kept) => {
        for (const warning of warned(kept)) {
          const line = warning.slice(0, 1)
          expect(all.some((other) => other.startsWith(line))).toBe(true)
        }
      }),
    )
    expect(all.length).toBeGreaterThan(2)
    expect(warned(units.map(() => false))).toEqual([])
  })
})

describe('the unit of time', () => {
  it.each([
    ['k = 1 # [1/day]\nd/dt(x) = -k*x', 'day'],
    ['k = 1 # [1/day]\nd/dt(x) = -k*x # [mg]', 'day'],
    ['CL = 1 # [L/h]\nV = 2 # [L]\nd/dt(x) = -CL/V*x', 'h'],
    ['kin = 1 # [mg/L/hour]\nkout = 2\nd/dt(x) = kin - kout*x # [mg/L]', 'h'],
    ['k = 1 # [1/day]\nq = 2\nd/dt(x) = q - k*x*(1 - q)\nd/dt(y) = k*x - k*y', 'day'],
    // terms that disagree, terms that are no rate, nothing at all
    ['k = 1 # [1/day]\nm = 1 # [1/h]\nd/dt(x) = -k*x\nd/dt(y) = -m*y', ''],
    ['k = 1 # [mg]\nd/dt(x) = -k*x', ''],
    ['k = 1\nd/dt(x) = -k*x', ''],
    ['k = 1 # [1/h]\nd/dt(x) = -24*k*x', ''],
    ['m <- function() {\nunits <- list(time = "week")\nmodel({\nk <- 1\nd/dt(x) <- -k*x\n})\n}', 'week'],
  ])('of %j is %j', (text, expected) => {
    expect(modelOf(text).timeUnit).toBe(expected)
  })
})

it('units are read from statements too, which win over comments', () => {
  const text = `CL = 2 # [mg]
V = 3
unit(CL) <- "L/h"
units(V) = "L"
unit(A) <- "mg"
unit(WT) <- "kg"
unit(C) <- "ng/mL"
d/dt(A) = -CL/V*A
C ~ A/V
x = C + A
y = WT + V`
  expect(warningsOf(text)).toEqual([
    `9 \`C\` is in [ng/mL], but \`A/V\` in [mg/L]; ${factor('1000')}`,
    `10 \`C\` [ng/mL] and \`A\` [mg] are added; ${different}`,
    `11 \`WT\` [kg] and \`V\` [L] are added; ${different}`,
  ])
  const { timeUnit, parameters, states } = modelOf(text)
  expect(timeUnit).toBe('h')
  expect([...parameters, ...states].map(({ name, unit }) => `${name} ${unit}`)).toEqual([
    'CL L/h',
    'V L',
    'WT kg',
    'A mg',
  ])
})

it.each(libraryModels.filter(({ text }) => text.includes('[1/day]')))(
  'the library model $id has no clash and runs in days; an hour among its rates is found',
  ({ text }) => {
    expect(warningsOf(text)).toEqual([])
    expect(modelOf(text).timeUnit).toBe('day')
    // one rate alone may be in anything
    if (text.split('/day]').length === 2) return
    // a rate beside a unit that was given up says nothing
    const parts = text.split('[1/day]')
    const found = parts.slice(1).filter((_, k) => {
      const wrong = `${parts.slice(0, k + 1).join('[1/day]')}[1/h]${parts.slice(k + 1).join('[1/day]')}`
      return warningsOf(wrong).length > 0
    })
    expect(found.length).toBeGreaterThan(0)
  },
)

it('units that mean nothing do no harm', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (unit) => {
      const line = unit.replaceAll('\n', ' ').replaceAll('\r', ' ')
      parseModel(`a = 1 # [${line}]\nb = 2 # [${line}]\nd/dt(x) = a - b*x # [${line}]\ny = exp(a) + b`)
    }),
  )
})
