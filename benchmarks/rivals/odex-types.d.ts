declare module 'odex' {
  class Solver {
    constructor(dimension: number)
    relativeTolerance: number
    absoluteTolerance: number
    denseOutput: boolean
    maxSteps: number
    solve(
      derivative: (t: number, y: number[]) => number[],
      t0: number,
      y0: number[],
      t1: number,
    ): { readonly y: number[] }
  }

  export { Solver }
}
