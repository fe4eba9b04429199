import { type Composition, type CompositionPart, type CompositionResult, composeModels } from '@cartkin/model'

/** The result of a composition that must be right. */
export function composed(...parts: readonly CompositionPart[]): Extract<CompositionResult, { ok: true }> {
  return composedOf({ name: 'whole', parts })
}

export function composedOf(composition: Composition): Extract<CompositionResult, { ok: true }> {
  const result = composeModels(composition)
  if (result.ok) return result
  throw new Error(result.problems.map(({ part, message }) => `${part}: ${message}`).join('\n'))
}

/** The errors of a composition, as "part line:column message"; without a place, as "part message". */
export function problemsOf(...parts: readonly CompositionPart[]): readonly string[] {
  const result = composeModels({ name: 'whole', parts })
  if (result.ok) return []
  return result.problems.map(({ part, message, place }) =>
    place === undefined ? `${part} ${message}` : `${part} ${place.span.line}:${place.span.column} ${message}`,
  )
}

/** One compartment, oral. */
export const pk = `# One compartment
ka = 1.2 # [1/day] Absorption
CL = 3   # [L/day] Clearance
V  = 20  # [L] Volume
d/dt(depot) = -ka*depot         # [mg] Drug to be absorbed
d/dt(central) = ka*depot - CL/V*central # [mg] Drug
f(depot) = 0.8
C = central/V # [mg/L] Concentration
`

/** Indirect response: production inhibited by an input. */
export const response = `kin  = 10  # [1/day] Production
kout = 0.5 # [1/day] Loss
IC50 = 0.3 # [mg/L] Drug for half of the inhibition
unit(Cp) <- "mg/L"
I ~ Cp/(IC50 + Cp)
d/dt(R) = kin*(1 - I) - kout*R # [1] Response
R(0) = kin/kout
`

/** Friberg's chain of neutrophils, with the drug effect as an input. */
export const neutrophils = `MTT = 4.35 # [day] Maturation time
base = 5   # [10^9/L] Neutrophils at rest
gam = 0.17 # [1] Feedback
ktr ~ 4/MTT
d/dt(P) = ktr*P*((1 - E)*(base/N)^gam - 1)
d/dt(T1) = ktr*(P - T1)
d/dt(T2) = ktr*(T1 - T2)
d/dt(T3) = ktr*(T2 - T3)
d/dt(N) = ktr*(T3 - N)
P(0) = base
T1(0) = base
T2(0) = base
T3(0) = base
N(0) = base
ANC = 1000*N # [cells/uL] Neutrophils
`
