import { lazy } from '../controls/lazy.tsx'

// What nobody sees at first. Each is fetched when it is shown, and all of them once the page is touched.
export const RegimenPanel = lazy(async () => (await import('../regimen/regimen-panel.tsx')).RegimenPanel)
export const ModelPanel = lazy(async () => (await import('../model/model-panel.tsx')).ModelPanel)
export const DataPanel = lazy(async () => (await import('../datasets/data-panel.tsx')).DataPanel)
export const ViewGroup = lazy(async () => (await import('../plots/view-group.tsx')).ViewGroup)
export const FitCard = lazy(async () => (await import('../fit/fit-card.tsx')).FitCard)
export const ScanCard = lazy(async () => (await import('../parameters/scan-card.tsx')).ScanCard)
export const InfluenceCard = lazy(async () => (await import('../results/influence-card.tsx')).InfluenceCard)
export const RunsPanel = lazy(async () => (await import('../project/runs-panel.tsx')).RunsPanel)
export const MultiplesPanel = lazy(async () => (await import('../plots/multiples-panel.tsx')).MultiplesPanel)
export const CommandMenu = lazy(async () => (await import('../commands/command-menu.tsx')).CommandMenu)
export const HelpWindow = lazy(async () => (await import('../commands/help-window.tsx')).HelpWindow)

/** What is fetched once somebody is there, in this order. */
const later: readonly { fetch(): Promise<unknown> }[] = [
  RegimenPanel,
  ModelPanel,
  DataPanel,
  ViewGroup,
  FitCard,
  InfluenceCard,
  ScanCard,
  RunsPanel,
  MultiplesPanel,
  CommandMenu,
  HelpWindow,
  { fetch: () => import('../../state/language.ts') },
  { fetch: () => import('../../state/make-fit.ts') },
]
const touches = ['pointermove', 'pointerdown', 'keydown'] as const

/** Fetches all that once somebody is there, one after the other and when nothing else is to be done. */
export function fetchWhenTouched(): void {
  const touched = new AbortController()
  const fetchNext = (at: number): void => {
    const part = later[at]
    if (!part) return
    const fetched = (): void => fetchNext(at + 1)
    const wait = window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 200))
    wait(() => void part.fetch().then(fetched, fetched))
  }
  for (const touch of touches)
    addEventListener(
      touch,
      () => {
        touched.abort()
        fetchNext(0)
      },
      { signal: touched.signal, passive: true },
    )
}
