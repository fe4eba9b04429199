import { Diagnostics } from '../text/diagnostics.ts'
import type { Extent } from '../text/source-text.ts'

/** As many problems as are passed over before a text is no longer read. */
const most = 40

/**
 * Takes no note of what is wrong, so that parser and checker make what they can of a broken text. Full after forty
 * problems: looking for the nearest name takes time.
 */
export class TolerantDiagnostics extends Diagnostics {
  #count = 0

  override error(_extent: Extent, _message: string): void {
    this.#count++
  }

  override warn(): void {}

  override get full(): boolean {
    return this.#count >= most
  }
}
