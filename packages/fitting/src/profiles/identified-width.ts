/** Widest interval of an identified parameter, either way: fourfold on the log scale, */
export const widestRatio = 4
/** its logarithm, in coordinates, which is the widest share of the value on other scales, too. */
export const wideCoordinate = 1.3862943611198906
