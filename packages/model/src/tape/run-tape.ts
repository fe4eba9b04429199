import {
  acos,
  asin,
  atan,
  cos,
  cosh,
  exp,
  expit,
  expm1,
  log,
  log1p,
  log2,
  log10,
  logit,
  pow,
  sin,
  sinh,
  tan,
  tanh,
} from '@cartkin/numerics'
import { specialFunction } from '../graph/special-functions.ts'
import type { Tape } from './tape.ts'

/**
 * Runs a tape over the register file `r`.
 *
 * The case labels are the codes of `Operation` as numerals, since only those become a jump table; a test holds the two
 * together.
 */
export function runTape(tape: Tape, r: Float64Array): void {
  const { code } = tape
  const end = code.length
  for (let i = 0; i < end; ) {
    const d = code[i + 1]!
    switch (code[i]) {
      case 5: // add
        r[d] = r[code[i + 2]!]! + r[code[i + 3]!]!
        i += 4
        break
      case 6: // subtract
        r[d] = r[code[i + 2]!]! - r[code[i + 3]!]!
        i += 4
        break
      case 7: // multiply
        r[d] = r[code[i + 2]!]! * r[code[i + 3]!]!
        i += 4
        break
      case 8: // divide
        r[d] = r[code[i + 2]!]! / r[code[i + 3]!]!
        i += 4
        break
      case 9: // negate
        r[d] = -r[code[i + 2]!]!
        i += 3
        break
      case 10: // power
        r[d] = pow(r[code[i + 2]!]!, r[code[i + 3]!]!)
        i += 4
        break
      case 11: // exp
        r[d] = exp(r[code[i + 2]!]!)
        i += 3
        break
      case 12: // log
        r[d] = log(r[code[i + 2]!]!)
        i += 3
        break
      case 13: // sqrt
        r[d] = Math.sqrt(r[code[i + 2]!]!)
        i += 3
        break
      case 14: // abs
        r[d] = Math.abs(r[code[i + 2]!]!)
        i += 3
        break
      case 15: // min
        r[d] = Math.min(r[code[i + 2]!]!, r[code[i + 3]!]!)
        i += 4
        break
      case 16: // max
        r[d] = Math.max(r[code[i + 2]!]!, r[code[i + 3]!]!)
        i += 4
        break
      case 17: // floor
        r[d] = Math.floor(r[code[i + 2]!]!)
        i += 3
        break
      case 18: // ceil
        r[d] = Math.ceil(r[code[i + 2]!]!)
        i += 3
        break
      case 19: // trunc
        r[d] = Math.trunc(r[code[i + 2]!]!)
        i += 3
        break
      case 20: // less
        r[d] = r[code[i + 2]!]! < r[code[i + 3]!]! ? 1 : 0
        i += 4
        break
      case 21: // lessEqual
        r[d] = r[code[i + 2]!]! <= r[code[i + 3]!]! ? 1 : 0
        i += 4
        break
      case 22: // equal
        r[d] = r[code[i + 2]!]! === r[code[i + 3]!]! ? 1 : 0
        i += 4
        break
      case 23: // notEqual
        r[d] = r[code[i + 2]!]! !== r[code[i + 3]!]! ? 1 : 0
        i += 4
        break
      case 24: // and
        r[d] = r[code[i + 2]!]! !== 0 && r[code[i + 3]!]! !== 0 ? 1 : 0
        i += 4
        break
      case 25: // or
        r[d] = r[code[i + 2]!]! !== 0 || r[code[i + 3]!]! !== 0 ? 1 : 0
        i += 4
        break
      case 26: // not
        r[d] = r[code[i + 2]!]! === 0 ? 1 : 0
        i += 3
        break
      case 27: // select
        r[d] = r[code[i + 2]!]! !== 0 ? r[code[i + 3]!]! : r[code[i + 4]!]!
        i += 5
        break
      case 28: // log10
        r[d] = log10(r[code[i + 2]!]!)
        i += 3
        break
      case 29: // log2
        r[d] = log2(r[code[i + 2]!]!)
        i += 3
        break
      case 30: // log1p
        r[d] = log1p(r[code[i + 2]!]!)
        i += 3
        break
      case 31: // expm1
        r[d] = expm1(r[code[i + 2]!]!)
        i += 3
        break
      case 32: // sin
        r[d] = sin(r[code[i + 2]!]!)
        i += 3
        break
      case 33: // cos
        r[d] = cos(r[code[i + 2]!]!)
        i += 3
        break
      case 34: // tan
        r[d] = tan(r[code[i + 2]!]!)
        i += 3
        break
      case 35: // sinh
        r[d] = sinh(r[code[i + 2]!]!)
        i += 3
        break
      case 36: // cosh
        r[d] = cosh(r[code[i + 2]!]!)
        i += 3
        break
      case 37: // tanh
        r[d] = tanh(r[code[i + 2]!]!)
        i += 3
        break
      case 38: // asin
        r[d] = asin(r[code[i + 2]!]!)
        i += 3
        break
      case 39: // acos
        r[d] = acos(r[code[i + 2]!]!)
        i += 3
        break
      case 40: // atan
        r[d] = atan(r[code[i + 2]!]!)
        i += 3
        break
      case 41: // expit
        r[d] = expit(r[code[i + 2]!]!)
        i += 3
        break
      case 42: // logit
        r[d] = logit(r[code[i + 2]!]!)
        i += 3
        break
      default:
        i = runSpecial(code, i, r)
    }
  }
}

/** Runs the special function at place `i`; returns the place after it. */
function runSpecial(code: Int32Array, i: number, r: Float64Array): number {
  const special = specialFunction(code[i]!)
  if (special === undefined) throw new Error(`the tape holds no operation ${code[i]} at ${i}`)
  const { arity, value } = special
  const a = r[code[i + 2]!]!
  const b = arity > 1 ? r[code[i + 3]!]! : 0
  r[code[i + 1]!] = value(a, b, arity > 2 ? r[code[i + 4]!]! : 0)
  return i + 2 + arity
}
