import { useRef } from 'preact/hooks'

interface TimelineMarkProps {
  readonly name: string
  /** Where it lies, from 0 to 1. */
  readonly at: string
  /** In which row, where others lie near. */
  readonly row: number
  readonly time: number
  readonly range: { readonly low: number; readonly high: number }
  readonly spoken: string
  readonly step: number
  readonly isMilestone?: boolean
  readonly drag: {
    readonly begin: () => void
    readonly end: () => void
    readonly timeAt: (x: number) => number
  }
  readonly move: (time: number, isDragged: boolean) => void
}

/** What is given at a time, as a mark that can be dragged along the timeline, or moved by arrows. */
export function TimelineMark(props: TimelineMarkProps) {
  const { name, at, row, time, range, spoken, step, isMilestone, drag, move } = props
  const from = useRef<number | null>(null)
  const moved = useRef(false)

  const grab = (event: PointerEvent & { readonly currentTarget: HTMLElement }): void => {
    if (event.button !== 0) return
    event.preventDefault()
    event.currentTarget.focus()
    event.currentTarget.setPointerCapture(event.pointerId)
    from.current = event.clientX
    moved.current = false
    drag.begin()
  }
  const follow = (event: PointerEvent): void => {
    if (from.current === null) return
    // a click alone moves nothing
    if (!moved.current && Math.abs(event.clientX - from.current) < 3) return
    moved.current = true
    move(drag.timeAt(event.clientX), true)
  }
  const release = (): void => {
    if (from.current === null) return
    from.current = null
    drag.end()
  }
  const moveByKey = (event: KeyboardEvent): void => {
    const by = {
      ArrowRight: step,
      ArrowUp: step,
      ArrowLeft: -step,
      ArrowDown: -step,
      PageUp: 7 * step,
      PageDown: -7 * step,
    }[event.key]
    if (by === undefined) return
    event.preventDefault()
    move(time + (event.shiftKey ? by / 8 : by), false)
  }
  return (
    <div
      class={isMilestone ? 'timeline-mark milestone' : 'timeline-mark'}
      role="slider"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={name}
      aria-valuemin={range.low}
      aria-valuemax={range.high}
      aria-valuenow={time}
      aria-valuetext={spoken}
      title={`${name}, ${spoken}`}
      style={{ '--at': at, '--row': String(row) }}
      onPointerDown={grab}
      onPointerMove={follow}
      onPointerUp={release}
      onPointerCancel={release}
      onKeyDown={moveByKey}
    />
  )
}
