declare module 'odex' {
  interface Options {
    readonly relativeTolerance: number
    readonly absoluteTolerance: number
    readonly denseOutput: boolean
    readonly maxSteps: number
  }
  class Solver {
    constructor(derivative: (t: number, y: number[]) => number[], dimension: number, options: Partial<Options>)
    solve(t0: number, y0: number[], t1: number): { readonly y: number[] }
  }

  export { Solver }
}
