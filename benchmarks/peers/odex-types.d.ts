/** The part of odex 2.0.4 that is used; the package ships no declarations. */
export declare class Solver {
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
    /** Called after each step and, with `before` = `t`, at the start. */
    output?: (
      step: number,
      before: number,
      t: number,
      y: readonly number[],
      interpolate: (i: number, t: number) => number,
    ) => void,
  ): { readonly y: number[]; readonly nAccept: number; readonly nReject: number; readonly nEval: number }
}
