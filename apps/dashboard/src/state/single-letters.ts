import { effect, type Signal } from '@preact/signals'
import type { PageMemory } from '../storage/page-memory.ts'

const key = 'single-letters'

/**
 * Remembers whether single letters are keys, for who dictates text or hits keys by chance (WCAG 2.1.4). The answer ends it.
 */
export function rememberSingleLetters(letters: Signal<boolean>, memory: PageMemory): () => void {
  letters.value = memory.get(key) !== 'off'
  return effect(() => {
    memory.set(key, letters.value ? null : 'off')
  })
}
