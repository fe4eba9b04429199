import { type Trust, trustTags } from '@cartkin/cart-models'
import { useEffect, useId, useRef } from 'preact/hooks'

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
  const { letter, meaning } = trust ? trustTags[trust] : { letter: '?', meaning: 'no source given' }
  const words = `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}`

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
        aria-label={`${letter}, source of ${name}: ${meaning}`}
        aria-describedby={id}
        onMouseEnter={show}
        onFocus={show}
        onBlur={hide}
        onClick={show}
        onKeyDown={(event) => event.key === 'Escape' && hide()}
      >
        {letter}
      </button>
      <div id={id} ref={card} class="source-card" popover="manual" role="tooltip">
        <strong>{words}.</strong> {source}
      </div>
    </span>
  )
}
