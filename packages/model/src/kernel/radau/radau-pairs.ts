/** Two numbers that lie side by side and are computed with together. */
export type Pair = readonly [number, number]

/** The stages of a step, two by two; the last stands alone and is in both places. */
export function stagePairs(stages: number): readonly Pair[] {
  return Array.from({ length: Math.ceil(stages / 2) }, (_, a) => [2 * a, Math.min(2 * a + 1, stages - 1)])
}

/**
 * The linear systems of a step, two by two: places in the transformed stages, which hold the real system at 0 and
 * the real and imaginary parts of complex system p at 1 + 2p and 2 + 2p.
 *
 * Where the number of complex systems is odd the real one goes with the last of them, with an imaginary part that stays 0
 * (place -1); else it is in both places of a pair of its own, without imaginary parts.
 */
export interface SystemPair {
  readonly re: Pair
  readonly im: Pair | undefined
}

export function systemPairs(complexSystems: number): readonly SystemPair[] {
  const pairs: SystemPair[] = []
  const re = (p: number) => (p < complexSystems ? 1 + 2 * p : 0)
  const im = (p: number) => (p < complexSystems ? 2 + 2 * p : -1)
  for (let p = 0; p < complexSystems; p += 2) pairs.push({ re: [re(p), re(p + 1)], im: [im(p), im(p + 1)] })
  if (complexSystems % 2 === 0) pairs.push({ re: [0, 0], im: undefined })
  return pairs
}
