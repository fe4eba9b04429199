/** A state as its user knows it, and its value. */
export interface NamedValue {
  readonly name: string
  readonly value: number
}

export function tooManySteps(most: number, rejected: number, t: number, t1: number, explicitOnly: boolean): string {
  const remedy = `raise maxSteps or loosen rtol or atol${explicitOnly ? ', or take a stiff method such as rodas5p' : ''}`
  return `${most} steps (${rejected} of them rejected) reached t = ${t} of ${t1}; ${remedy}`
}

export function tooLate(milliseconds: number, steps: number, t: number, t1: number): string {
  return (
    `the run took longer than ${milliseconds} ms and reached t = ${t} of ${t1} in ${steps} steps; ` +
    'give it more time, or loosen rtol or atol'
  )
}

export function tooManyResets(resets: number, t: number): string {
  return (
    `root conditions changed the state ${resets} times up to t = ${t}; they may follow each other ever ` +
    'faster (a ball that comes to rest): end the run or change the equations there, or raise maxResets'
  )
}

export function stepTooSmall(h: number, t: number, { name, value }: NamedValue): string {
  return (
    `the step fell to ${h} at t = ${t}, where ${name} = ${value} dominates the error; ` +
    'the solution may grow without bound or its equations may jump here: put an event at the jump, or loosen the tolerances'
  )
}

export function stepTooSmallForSensitivities(h: number, t: number): string {
  return (
    `the step fell to ${h} at t = ${t}, where the error of the sensitivities dominates; ` +
    'the derivatives of the equations may be wrong or jump here: put an event at the jump, or loosen the tolerances'
  )
}

export function maxStepTooSmall(maxStep: number, t: number): string {
  return `maxStep = ${maxStep} is lost in the rounding of t = ${t}; raise maxStep`
}

export function notFinite(h: number, t: number, { name, value }: NamedValue): string {
  return `steps down to ${h} from t = ${t} gave values that are not finite, first in ${name}, which is ${value} there`
}

export function singularMatrix(h: number, t: number): string {
  return (
    `I/(hγ) − ∂f/∂y has no inverse in double precision at t = ${t} with steps down to h = ${h}; ` +
    'the Jacobian may be too large or wrong: check its entries, or take an explicit method such as tsit5'
  )
}
