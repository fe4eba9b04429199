/** How often each status occurs; fits that converged are `ok`. */
export function countedStatuses(statuses: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const status of statuses) {
    const name = status === 'converged' ? 'ok' : status
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return Object.fromEntries(counts)
}
