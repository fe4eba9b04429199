import { type Signal, signal } from '@preact/signals'

/** Which windows are open over the page, so that keys and commands can open what buttons open. It is no part of the document. */
export interface Windows {
  readonly commands: Signal<boolean>
  readonly help: Signal<boolean>
  readonly presets: Signal<boolean>
  readonly share: Signal<boolean>
  readonly reproduce: Signal<boolean>
}

export function createWindows(): Windows {
  return {
    commands: signal(false),
    help: signal(false),
    presets: signal(false),
    share: signal(false),
    reproduce: signal(false),
  }
}
