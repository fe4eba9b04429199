import fc from 'fast-check'

/**
 * Property tests draw the same cases in every run, so that a red run is red again. CARTKIN_SEED=random or a whole number
 * draws others; a failure names the seed that brings it back.
 */
function seedOf(given: string): number {
  if (given === 'random') return Math.floor(performance.timeOrigin)
  const seed = Number(given)
  if (!Number.isInteger(seed)) throw new Error(`CARTKIN_SEED must be 'random' or a whole number, got '${given}'`)
  return seed
}

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: seedOf(process.env['CARTKIN_SEED'] ?? '20261122') })
