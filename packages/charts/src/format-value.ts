const SUPERSCRIPTS = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']
const MINUS = '−'

/** 10ⁿ in superscript digits. */
export function powerOfTen(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)] ?? '')
  return `10${exponent < 0 ? '⁻' : ''}${digits.join('')}`
}

function grouped(text: string): string {
  const [whole = '', fraction] = text.split('.')
  const parts: string[] = []
  for (let end = whole.length; end > 0; end -= 3) parts.unshift(whole.slice(Math.max(0, end - 3), end))
  return fraction === undefined ? parts.join(',') : `${parts.join(',')}.${fraction}`
}

/**
 * A number for people, with so many significant digits (trailing zeros dropped): `171,774` or `0.00123`; above a million
 * or below a thousandth with a power of ten. For files use `String`.
 */
export function formatValue(value: number, digits = 3): string {
  if (Number.isNaN(value)) return 'not available'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`
  if (value === 0) return '0'
  const sign = value < 0 ? MINUS : ''
  const [mantissa = '', exponentText = '0'] = Math.abs(value)
    .toExponential(digits - 1)
    .split('e')
  const exponent = Number(exponentText)
  if (exponent >= 6 || exponent < -3) {
    const short = String(Number(mantissa))
    return `${sign}${short === '1' ? '' : `${short} × `}${powerOfTen(exponent)}`
  }
  const decimals = Math.max(0, digits - 1 - exponent)
  const rounded = Number(`${mantissa}e${exponent}`).toFixed(Math.min(decimals, 100))
  return `${sign}${grouped(decimals > 0 ? String(Number(rounded)) : rounded)}`
}
