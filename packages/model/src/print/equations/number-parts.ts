import { printNumber } from '../print-literal.ts'

/**
 * A finite number as mathematics writes it: digits, and the power of ten they are multiplied with; undefined where there is
 * none. Long round numbers have one: 2500000000 is 2.5 · 10⁹. The digits read back as the same number.
 */
export function numberParts(value: number): readonly [digits: string, exponent: string | undefined] {
  const plain = printNumber(value)
  const short = value.toExponential().replace('e+', 'e')
  const isRound = !plain.includes('e') && short.length + 2 < plain.length && Number.isInteger(value)
  const [digits = plain, exponent] = (isRound ? short : plain).split('e')
  return [digits, exponent]
}
