import type { Tableau } from 'ode-ts'

/**
 * The weights of the rows K_r of the continuous extension of an explicit method, K_r = h Σ_i rows[r][i] k_i: with p_i(θ)
 * the weight of stage i, p_i(θ) − θ b_i vanishes at 0 and 1; this divides it by θ (1−θ). Stages of the continuous
 * extension alone come last; their b_i is 0.
 */
export function explicitRows(tableau: Tableau): number[][] {
  const count = Math.max(0, ...tableau.dense.map((polynomial) => polynomial.length - 1))
  const rows = Array.from({ length: count }, () => new Array<number>(tableau.dense.length).fill(0))
  tableau.dense.forEach((polynomial, i) => {
    let quotient = -(tableau.b[i] ?? 0)
    rows.forEach((row, r) => {
      quotient += polynomial[r] ?? 0
      row[i] = quotient
    })
  })
  return rows
}
