/** A decimal number: digits · 10^exponent. */
interface Decimal {
  readonly digits: bigint
  readonly exponent: number
}

/**
 * The exact sum of two numbers written in decimal (`-4.9`, `1e-7`), in decimal without an exponent. Doubles in their
 * shortest form so can be moved and moved back without a rounding between.
 */
export function decimalSum(a: string, b: string, sign: 1 | -1 = 1): string {
  const [left, right] = [read(a), read(b)]
  const exponent = Math.min(left.exponent, right.exponent)
  const scaled = ({ digits, exponent: own }: Decimal) => BigInt(`${digits}${'0'.repeat(own - exponent)}`)
  return written({ digits: scaled(left) + BigInt(sign) * scaled(right), exponent })
}

function read(text: string): Decimal {
  const [mantissa = '', power = '0'] = text.toLowerCase().split('e')
  const point = mantissa.indexOf('.')
  const fraction = point < 0 ? 0 : mantissa.length - point - 1
  const whole = mantissa.replace('.', '').replace('+', '')
  return { digits: BigInt(whole), exponent: Number(power) - fraction }
}

function written({ digits, exponent }: Decimal): string {
  const sign = digits < 0n ? '-' : ''
  const all = String(digits < 0n ? -digits : digits)
  if (exponent >= 0) return all === '0' ? '0' : `${sign}${all}${'0'.repeat(exponent)}`
  const padded = all.padStart(1 - exponent, '0')
  const whole = padded.slice(0, exponent)
  let end = padded.length
  while (end > whole.length && padded[end - 1] === '0') end--
  const fraction = padded.slice(whole.length, end)
  return fraction === '' ? (whole === '0' ? '0' : `${sign}${whole}`) : `${sign}${whole}.${fraction}`
}
