/** A hostile text by the one thing that it tries; long ones are made when they are wanted. */
export type HostileTexts = Readonly<Record<string, string | (() => string)>>

/** `count` pieces in a row. */
export function pieces(count: number, piece: (index: number) => string, between = '\n'): string {
  return Array.from({ length: count }, (_, index) => piece(index)).join(between)
}

/** An nlmixr2 function of these entries and statements. */
export function published(ini: string, model: string, metadata = ''): string {
  return `f <- function() {\n${metadata}\nini({\n${ini}\n})\nmodel({\n${model}\n})\n}\n`
}

/** The entries beside a model that computes something. */
export function withIni(ini: string): string {
  return published(ini, 'y = t')
}

export function withMetadata(metadata: string): string {
  return `f <- function() {\n${metadata}\nmodel({\ny = t\n})\n}\n`
}

/** A statement among others. */
export function statement(text: string): string {
  return `k = 1\n${text}\nd/dt(x) = -k*x\n`
}

export function value(text: string): string {
  return `k = 1\nd/dt(x) = ${text}\n`
}

/** A state, a local value and a parameter of this name. */
export function asState(name: string): string {
  return `d/dt(${name}) = -${name}\n${name}(0) = 1\nf(${name}) = 0.5\n`
}
