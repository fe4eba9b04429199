/** What a model of one's own begins with: the smallest text that draws a curve and shows how each line is written. */
export const blankModel = `# Your model. Each line gives a name a value; what follows # is its [unit] and meaning.

k  = 0.1 # [1/day] Rate of loss
x0 = 1   # [1] Amount at the start

d/dt(x) = -k*x # [1] Amount
x(0) = x0
`
