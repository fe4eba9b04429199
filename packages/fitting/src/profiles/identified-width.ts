/** Widest interval of an identified parameter, either way: fourfold on the log scale, */
export const widestRatio = 4
/** its logarithm, in coordinates, */
export const wideCoordinate = 1.3862943611198906
/** and as a share of the value on other scales. */
export const widestShare = wideCoordinate
