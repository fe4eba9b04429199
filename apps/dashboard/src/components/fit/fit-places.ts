import type { Place } from '../../state/fit-prerequisites.ts'
import type { Regions } from '../shell/regions.ts'

/** Leads to where something is mended: shows its tab and puts the focus on its field, or on the tab where there is none. */
export function showPlace({ tab, field }: Place, regions: Regions): void {
  if (tab !== null) regions.left.value = tab
  // the tab's content is there with the next frame
  requestAnimationFrame(() => {
    const found = (field && document.getElementById(field)) || document.querySelector(`[data-tab="${tab}"]`)
    if (!(found instanceof HTMLElement)) return
    found.scrollIntoView({ block: 'nearest' })
    found.focus()
  })
}
