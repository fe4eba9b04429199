import { normalQuantile } from './normal-quantile.ts'
import { philox } from './philox.ts'

/** What a random number belongs to. Equal keys give equal numbers, whoever asks, in whatever order, on whatever thread. */
export interface RandomKey {
  /** Seed of the whole run, a safe integer, also negative. */
  readonly seed: number
  /** The study, or the purpose within it: an integer in [0, 2^31), or a name that is hashed (FNV-1a) into [2^31, 2^32). Defaults to 0. */
  readonly study?: number | string
  /** Index of the subject, an integer in [0, 2^32). Defaults to 0. */
  readonly subject?: number
  /** Index of the occasion of that subject, an integer in [0, 2^32). Defaults to 0. */
  readonly occasion?: number
}

/** Random numbers of one key, as functions of the draw's index, an integer in [0, 2^32): nothing advances. */
export interface RandomStream {
  /** Uniform deviate in the open interval (0, 1): an odd multiple of 2^-53, so symmetric about 1/2 and never 0 or 1. */
  readonly uniform: (draw: number) => number
  /** Standard normal deviate: normalQuantile(uniform(draw)), within ±8.2. */
  readonly normal: (draw: number) => number
}

const two32 = 4294967296

/**
 * The random numbers of one key.
 *
 * Philox4x32-10 with the seed as its 64-bit key (two's complement, low word first) and the counter
 * (draw, occasion, subject, study): distinct (seed, study, subject, occasion, draw) are distinct inputs of one bijection per seed.
 * A subject's numbers therefore depend neither on how many subjects there are nor on who is simulated first.
 * `uniform(draw)` and `normal(draw)` of the same draw are the same random bits: use different draws for what should be independent.
 *
 * @throws RangeError naming the part of the key that is no integer or out of range.
 */
export function randomStream(key: RandomKey): RandomStream {
  const { seed, study = 0, subject = 0, occasion = 0 } = key
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(`random stream: seed must be a safe integer (±${Number.MAX_SAFE_INTEGER}), got ${seed}`)
  }
  const studyWord = typeof study === 'string' ? hashName(study) : index('study', study, two32 / 2)
  const subjectWord = index('subject', subject, two32)
  const occasionWord = index('occasion', occasion, two32)
  const seedHigh = Math.floor(seed / two32)
  const key0 = (seed - seedHigh * two32) | 0
  const key1 = seedHigh | 0
  const words = new Uint32Array(4)

  const uniform = (draw: number): number => {
    words[0] = index('draw', draw, two32)
    words[1] = occasionWord
    words[2] = subjectWord
    words[3] = studyWord
    philox(words, key0, key1)
    return ((words[0]! >>> 6) * 67108864 + (words[1]! >>> 6) + 0.5) * 2.220446049250313e-16
  }
  return { uniform, normal: (draw) => normalQuantile(uniform(draw)) }
}

function index(name: string, value: number, limit: number): number {
  if (!(Number.isInteger(value) && value >= 0 && value < limit)) {
    throw new RangeError(`random stream: ${name} must be an integer in [0, ${limit}), got ${value}`)
  }
  return value
}

/** FNV-1a of the UTF-16 code units, low byte first, with the top bit set to keep clear of studies given by number. */
function hashName(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) {
    const unit = name.charCodeAt(i)
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193)
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193)
  }
  return (hash | 0x80000000) >>> 0
}
