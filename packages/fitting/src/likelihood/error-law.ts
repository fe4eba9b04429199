import { log, pow } from '@cartkin/numerics'

/** How the residuals of an endpoint spread, with the numbers of the moment. */
export type ErrorLaw =
  | { readonly kind: 'given'; readonly sd: number }
  | { readonly kind: 'additive'; readonly a: number }
  | { readonly kind: 'proportional'; readonly b: number }
  | { readonly kind: 'power'; readonly b: number; readonly c: number }
  /** The exponent `c` of the part that grows with the prediction is 1 where absent. */
  | { readonly kind: 'combined1' | 'combined2'; readonly a: number; readonly b: number; readonly c?: number }

/** σ and its derivatives with respect to the prediction f and the parameters of the law. */
export interface Spread {
  readonly sigma: number
  readonly df: number
  readonly da: number
  readonly db: number
  readonly dc: number
}

/**
 * σ of a law at a prediction: `sd`, a, b|f|, b|f|^c, a + b|f|^c or √(a² + b²|f|^2c). At f = 0 the derivative with respect to
 * f is that from above, or 0 where it is infinite there (combined, c below 1).
 */
export function spreadOf(law: ErrorLaw, f: number): Spread {
  switch (law.kind) {
    case 'given':
      return { sigma: law.sd, df: 0, da: 0, db: 0, dc: 0 }
    case 'additive':
      return { sigma: law.a, df: 0, da: 1, db: 0, dc: 0 }
    case 'proportional': {
      const { size, slope } = growth(f, 1)
      return { sigma: law.b * size, df: law.b * slope, da: 0, db: size, dc: 0 }
    }
    case 'power': {
      const { size, slope, exponent } = growth(f, law.c)
      return { sigma: law.b * size, df: law.b * slope, da: 0, db: size, dc: law.b * exponent }
    }
    case 'combined1': {
      const { size, slope, exponent } = growth(f, law.c ?? 1)
      return { sigma: law.a + law.b * size, df: law.b * slope, da: 1, db: size, dc: law.b * exponent }
    }
    case 'combined2': {
      const { size, slope, exponent } = growth(f, law.c ?? 1)
      const sigma = Math.sqrt(law.a * law.a + law.b * law.b * size * size)
      const share = (law.b * size) / sigma
      return { sigma, df: share * law.b * slope, da: law.a / sigma, db: share * size, dc: share * law.b * exponent }
    }
  }
}

/** |f|^c and its derivatives with respect to f and c. */
function growth(f: number, c: number): { readonly size: number; readonly slope: number; readonly exponent: number } {
  const magnitude = Math.abs(f)
  const sign = f < 0 ? -1 : 1
  if (c === 1) return { size: magnitude, slope: sign, exponent: magnitude > 0 ? magnitude * log(magnitude) : 0 }
  if (magnitude === 0) return { size: c > 0 ? 0 : c === 0 ? 1 : Infinity, slope: 0, exponent: 0 }
  const size = pow(magnitude, c)
  return { size, slope: (sign * c * size) / magnitude, exponent: size * log(magnitude) }
}
