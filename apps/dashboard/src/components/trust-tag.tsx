import type { Trust } from '@cartkin/cart-models'
import { useEffect, useId, useRef } from 'preact/hooks'

const tags: Readonly<Record<Trust, { readonly tag: string; readonly words: string }>> = {
  found: { tag: 'F', words: 'Found in the source' },
  'found-secondary': { tag: 'F2', words: 'Found in a secondary source' },
  memory: { tag: 'M', words: 'From memory, to be verified' },
  derived: { tag: 'D', words: 'Derived' },
  assumption: { tag: 'A', words: 'Assumption' },
  fitted: { tag: 'C', words: 'Calibrated' },
}

interface TrustTagProps {
  readonly name: string
  readonly trust: Trust | null
  readonly source: string
}

/** How far a value can be trusted, with its source in a card that shows on hover and focus; Escape closes it. */
export function TrustTag({ name, trust, source }: TrustTagProps) {
  const id = useId()
  const card = useRef<HTMLDivElement>(null)
  const holder = useRef<HTMLSpanElement>(null)
  const { tag, words } = trust ? tags[trust] : { tag: '?', words: 'No source given' }

  const show = (event: { readonly currentTarget: HTMLElement }): void => {
    const element = card.current
    if (!element || element.matches(':popover-open')) return
    const { left, bottom } = event.currentTarget.getBoundingClientRect()
    element.showPopover()
    element.style.left = `${Math.max(8, Math.min(left - 8, innerWidth - element.offsetWidth - 8))}px`
    element.style.top = `${Math.min(bottom, innerHeight - element.offsetHeight - 8)}px`
  }
  const hide = (): void => {
    if (card.current?.matches(':popover-open')) card.current.hidePopover()
  }

  // The card lies within the holder, so the pointer may move onto it.
  useEffect(() => {
    const element = holder.current
    element?.addEventListener('mouseleave', hide)
    return () => element?.removeEventListener('mouseleave', hide)
  }, [])

  return (
    <span ref={holder} class="trust-holder">
      <button
        type="button"
        class={`trust trust-${trust ?? 'none'}`}
        aria-label={`Source of ${name}: ${words}`}
        aria-describedby={id}
        onMouseEnter={show}
        onFocus={show}
        onBlur={hide}
        onClick={show}
        onKeyDown={(event) => event.key === 'Escape' && hide()}
      >
        {tag}
      </button>
      <div id={id} ref={card} class="source-card" popover="manual" role="tooltip">
        <strong>{words}.</strong> {source}
      </div>
    </span>
  )
}
