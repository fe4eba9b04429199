import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'
import { readPalette } from '../../plot/palette.ts'
import type { PanelState } from './use-panel-state.ts'

/** Keeps a panel's size and colours those of the page. */
export function useSurroundings(
  box: RefObject<HTMLElement | null>,
  { size, palette }: Pick<PanelState, 'size' | 'palette'>,
): void {
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return
      const { width, height } = entry.contentRect
      if (width > 0 && height > 0) size.value = { width: Math.floor(width), height: Math.floor(height) }
    })
    observer.observe(element)
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const recolour = (): void => {
      palette.value = readPalette()
    }
    dark.addEventListener('change', recolour)
    // the scheme may have changed since the panel was first drawn
    if (palette.peek().ground !== readPalette().ground) recolour()
    return () => {
      observer.disconnect()
      dark.removeEventListener('change', recolour)
    }
  }, [])
}
