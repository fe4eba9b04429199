import type { Regimen } from '@cartkin/simulation'

/** Regimens in their order, each content once: another name alone makes no other regimen. */
export function distinctRegimens(regimens: readonly Regimen[]): readonly Regimen[] {
  const seen = new Set<string>()
  return regimens.filter(({ name: _, ...content }) => {
    const key = JSON.stringify(content)
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
}
