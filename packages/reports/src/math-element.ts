/** Mathematics as a tree of MathML elements; texts are not escaped. The trees of the model language's printer are such. */
export type MathElement =
  | {
      readonly tag: 'mi' | 'mn' | 'mo' | 'mtext'
      readonly text: string
      /** A bracket that is not to be stretched. */
      readonly flat?: true
    }
  | {
      readonly tag: 'mrow' | 'mfrac' | 'msup' | 'msub' | 'msqrt' | 'mtable' | 'mtr' | 'mtd'
      readonly children: readonly MathElement[]
      readonly layout?: 'cases' | 'column'
    }
