import type { EventRecord } from '@cartkin/simulation'
import { limitToken } from '../cells/limit-token.ts'
import { isMissing } from '../cells/missing-value.ts'
import { numberHint } from '../cells/number-column.ts'
import { parseNumber } from '../cells/parse-number.ts'

/** The cells of a row that say what was measured. */
export interface MeasuredCells {
  readonly dv: string
  /** Undefined where the row does not say. */
  readonly cens: -1 | 0 | 1 | undefined
  readonly limit: number | null
  readonly lloq: number | null
  readonly uloq: number | null
  readonly decimalSeparator: '.' | ','
  /** Whether values are natural logarithms. */
  readonly logarithmic: boolean
}

/** What a row says was measured, on the scale of the cells. */
export type Measured = Pick<EventRecord, 'dv' | 'cens' | 'limit' | 'lloq'> & {
  /** What was done to get here, to be counted and shown. */
  readonly by?: 'token' | 'lower limit' | 'upper limit'
}

/** Why a row makes no sense, and where. */
export interface Unmeasured {
  readonly column: 'DV' | 'CENS' | 'LIMIT' | 'LLOQ' | 'ULOQ'
  readonly problem: string
  readonly expected: string
}

export function isUnmeasured(found: Measured | Unmeasured | null): found is Unmeasured {
  return found !== null && 'problem' in found
}

/**
 * The measured value of a row. A value below LLOQ, `<0.1` and BLQ are censored at the limit; so is a missing value with CENS 1
 * beside a limit.
 *
 * @returns null where the row has no value.
 */
export function measuredValue(cells: MeasuredCells): Measured | Unmeasured | null {
  const { lloq, uloq } = cells
  if (lloq !== null && uloq !== null && lloq > uloq)
    return { column: 'LLOQ', problem: `is above ULOQ ${uloq}`, expected: 'the lower limit lies below the upper one' }
  const found = isMissing(cells.dv) ? fromLimit(cells) : fromText(cells)
  if (found === null || isUnmeasured(found)) return found
  const { dv = 0, cens } = found
  const { limit } = cells
  if (limit === null || cens === undefined) return found
  if ((cens === 1 && limit > dv) || (cens === -1 && limit < dv))
    return {
      column: 'LIMIT',
      problem: `does not lie beyond DV = ${dv}`,
      expected: 'LIMIT is the other end of the interval: below DV for CENS 1, above for CENS -1',
    }
  return { ...found, limit }
}

function fromLimit({ cens, lloq, uloq }: MeasuredCells): Measured | Unmeasured | null {
  if (cens === 1 && lloq !== null) return { dv: lloq, cens, by: 'lower limit' }
  if (cens === -1 && uloq !== null) return { dv: uloq, cens, by: 'upper limit' }
  if (cens === undefined || cens === 0) return null
  return {
    column: 'DV',
    problem: `is no value, but CENS is ${cens}`,
    expected: `give the limit, here or in a column ${cens === 1 ? 'LLOQ' : 'ULOQ'}`,
  }
}

function fromText(cells: MeasuredCells): Measured | Unmeasured {
  const { dv: text, decimalSeparator, lloq, uloq, cens } = cells
  if (limitToken(text) !== null) return fromToken(cells)
  const value = parseNumber(text, decimalSeparator)
  if (value === null) return { column: 'DV', problem: 'is not a number', expected: numberHint(text, decimalSeparator) }
  const below = lloq !== null && value < lloq
  const above = uloq !== null && value > uloq
  if (cens === 0 && (below || above))
    return {
      column: 'CENS',
      problem: `says that the value ${text} is no limit, but it lies ${below ? `below LLOQ ${lloq}` : `above ULOQ ${uloq}`}`,
      expected: 'leave CENS empty or give 1 (-1 above), or take the limit away',
    }
  if (cens === 1 && lloq !== null && value > lloq) return otherLimit('LLOQ', 'below', text)
  if (cens === -1 && uloq !== null && value < uloq) return otherLimit('ULOQ', 'above', text)
  if (below && cens !== -1) return { dv: lloq, cens: 1, by: 'lower limit' }
  if (above && cens !== 1) return { dv: uloq, cens: -1, by: 'upper limit' }
  if (cens === undefined || cens === 0) return { dv: value, ...(lloq === null ? {} : { lloq }) }
  return { dv: value, cens }
}

function otherLimit(column: 'LLOQ' | 'ULOQ', side: string, text: string): Unmeasured {
  return {
    column,
    problem: `is another limit than DV, which with CENS says that the value lies ${side} ${text}`,
    expected: 'give one limit',
  }
}

function fromToken({
  dv: text,
  cens,
  lloq,
  uloq,
  decimalSeparator,
  logarithmic,
}: MeasuredCells): Measured | Unmeasured {
  const token = limitToken(text)
  const side = token?.side === 'above' ? -1 : 1
  const known = side === 1 ? lloq : uloq
  const name = side === 1 ? 'LLOQ' : 'ULOQ'
  if (cens !== undefined && cens !== side)
    return { column: 'CENS', problem: `contradicts DV = ${text}`, expected: `leave CENS empty, or give ${side}` }
  if (token === null || token.limit === null) {
    if (known !== null) return { dv: known, cens: side, by: 'token' }
    return {
      column: 'DV',
      problem: 'does not say its limit',
      expected: `give the limit of the assay in a column ${name}, or write ${side === 1 ? '<' : '>'} and the limit`,
    }
  }
  if (logarithmic)
    return {
      column: 'DV',
      problem: 'is a limit among logarithms',
      expected: 'give the logarithm of the limit as the value, and 1 in the column CENS (-1 above)',
    }
  const limit = parseNumber(token.limit, decimalSeparator)
  if (limit === null)
    return { column: 'DV', problem: 'holds no number', expected: `a limit such as <0${decimalSeparator}1 is needed` }
  if (known !== null && known !== limit)
    return { column: name, problem: `is another limit than DV = ${text}`, expected: 'give one limit' }
  return { dv: limit, cens: side, by: 'token' }
}
