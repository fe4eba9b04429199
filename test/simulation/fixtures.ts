import { type CompiledModel, compileModel, type Model, parseModel } from '@cartkin/model'

/** Parses a text that must be right. */
export function modelOf(text: string): Model {
  const parsed = parseModel(text)
  if (!parsed.ok)
    throw new Error(parsed.diagnostics.map(({ message, span }) => `${span.line}:${span.column} ${message}`).join('\n'))
  return parsed.model
}

export const compiled = (text: string): CompiledModel => compileModel(modelOf(text))

export const oneCompartment = `
k = 0.3   # [1/h] elimination
V = 10    # [L] volume
F1 = 0.8  # [1] bioavailability
tl = 0.5  # [h] lag
d/dt(A) = -k*A
f(A) = F1
lag(A) = tl
C = A/V   # [mg/L] concentration
`

export const twoCompartments = `
ka = 1.1
ke = 0.3
d/dt(depot) = -ka*depot
d/dt(central) = ka*depot - ke*central
`
