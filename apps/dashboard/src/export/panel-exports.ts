/** The panels that can be saved as SVG at present, by title. */
export interface PanelExports {
  /** Offers a panel's drawing, or withdraws it with null. */
  offer(title: string, toSvg: (() => Promise<string>) | null): void
  svg(title: string): Promise<string> | null
}

export function createPanelExports(): PanelExports {
  const offers = new Map<string, () => Promise<string>>()
  return {
    offer(title, toSvg) {
      if (toSvg) offers.set(title, toSvg)
      else offers.delete(title)
    },
    svg: (title) => offers.get(title)?.() ?? null,
  }
}
