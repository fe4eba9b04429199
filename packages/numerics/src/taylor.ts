/**
 * Arithmetic on truncated power series in one variable: c[0] + c[1] h + c[2] h² + …, all of one length. The
 * coefficients of a result are derivatives divided by factorials.
 */
export type Taylor = Float64Array<ArrayBuffer>

/** A number and the slope it moves with. */
export function taylorOf(order: number, value: number, slope = 0): Taylor {
  const series = new Float64Array(order + 1)
  series[0] = value
  if (order > 0) series[1] = slope
  return series
}

export function multiplyTaylor(a: Taylor, b: Taylor): Taylor {
  const product = new Float64Array(a.length)
  for (let k = 0; k < a.length; k++) {
    let sum = 0
    for (let j = 0; j <= k; j++) sum += a[j]! * b[k - j]!
    product[k] = sum
  }
  return product
}

export function divideTaylor(a: Taylor, b: Taylor): Taylor {
  const quotient = new Float64Array(a.length)
  for (let k = 0; k < a.length; k++) {
    let sum = a[k]!
    for (let j = 1; j <= k; j++) sum -= b[j]! * quotient[k - j]!
    quotient[k] = sum / b[0]!
  }
  return quotient
}

export function addTaylor(a: Taylor, b: Taylor): Taylor {
  return a.map((value, k) => value + b[k]!)
}

/** e^(a), where its value at h = 0 is known. */
export function expTaylor(a: Taylor, value: number): Taylor {
  const power = new Float64Array(a.length)
  power[0] = value
  for (let k = 1; k < a.length; k++) {
    let sum = 0
    for (let j = 1; j <= k; j++) sum += j * a[j]! * power[k - j]!
    power[k] = sum / k
  }
  return power
}
