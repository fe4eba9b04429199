/**
 * Spread of the hazard between patients, on the natural-log scale, and the median with which its mean is 1. Chosen so that
 * 43 infections in 28 days fall on 30 of 133 patients (Hill 2018, Blood 131:121).
 */
export const frailtySd = 0.9
export const frailtyMedian = 0.667
