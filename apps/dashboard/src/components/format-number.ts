/** A number for reading: three significant digits, no trailing zeros, powers of ten outside 0.001 … 99,999. */
export function formatNumber(value: number, digits = 3): string {
  if (Number.isNaN(value)) return '–'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size >= 1e5 || size < 1e-3) {
    const [mantissa = '', exponent = ''] = value.toExponential(digits - 1).split('e')
    return `${trimZeros(mantissa)}e${exponent.replace('+', '')}`
  }
  const text = value.toPrecision(digits)
  return trimZeros(text.includes('e') ? String(Number(text)) : text)
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text
}

/** A number for a box that can be edited: up to six significant digits. */
export function editableNumber(value: number): string {
  return formatNumber(value, 6)
}
