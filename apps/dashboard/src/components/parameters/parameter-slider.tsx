import type { ParameterScale } from '../../state/parameter-scale.ts'

interface ParameterSliderProps {
  readonly id: string
  /** In its own scale: from 0 to 1. */
  readonly position: number
  /** Where the text's own value lies. */
  readonly reference: number
  readonly scale: ParameterScale
  /** The value with its unit, as it is spoken. */
  readonly spoken: string
  readonly set: (value: number, event: Event) => void
  readonly endStep: () => void
  readonly reset: () => void
}

/** Moves by key, as parts of the slider's length. */
const keySteps: Readonly<Record<string, number>> = {
  ArrowRight: 0.01,
  ArrowUp: 0.01,
  ArrowLeft: -0.01,
  ArrowDown: -0.01,
  PageUp: 0.1,
  PageDown: -0.1,
  Home: -1,
  End: 1,
}

/** Arrows move by a hundredth, with Shift by a thousandth, pages by a tenth, Home and End to the bounds; Delete resets. */
export function ParameterSlider({ id, position, reference, scale, spoken, set, endStep, reset }: ParameterSliderProps) {
  const moveByKey = (event: KeyboardEvent): void => {
    const step = keySteps[event.key]
    if (step === undefined) {
      if (event.key === 'Delete') reset()
      return
    }
    event.preventDefault()
    set(scale.value(position + (event.shiftKey && Math.abs(step) === 0.01 ? step / 10 : step)), event)
  }
  return (
    <div class="slider" style={{ '--at': String(position), '--reference': String(reference) }}>
      <input
        id={id}
        type="range"
        min="0"
        max="1"
        step="any"
        value={position}
        aria-valuetext={spoken}
        onInput={(event) => set(scale.value(Number(event.currentTarget.value)), event)}
        onKeyDown={moveByKey}
        onChange={endStep}
        onKeyUp={endStep}
        onDblClick={reset}
      />
    </div>
  )
}
