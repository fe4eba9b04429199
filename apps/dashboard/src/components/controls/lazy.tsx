import { useSignal } from '@preact/signals'
import { type ComponentChild, type ComponentType, h } from 'preact'
import { useEffect } from 'preact/hooks'

/** A component whose code comes later. */
export interface LazyComponent<P> {
  (props: P): ComponentChild
  /** Fetches the code; rejects where that cannot be done, and may be called again. */
  fetch(): Promise<void>
}

/**
 * A component whose code is fetched when it is first shown, or before, and kept. Until it is there its place is busy and
 * empty; where it cannot be fetched, the place says so.
 */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): LazyComponent<P> {
  const held: { component?: ComponentType<P> } = {}
  const fetch = async (): Promise<void> => {
    held.component ??= await load()
  }
  const Lazy = (props: P): ComponentChild => {
    const state = useSignal<'waiting' | 'there' | 'failed'>('waiting')
    useEffect(() => {
      // also where the code has come since this was drawn without it
      fetch().then(
        () => {
          state.value = 'there'
        },
        () => {
          state.value = 'failed'
        },
      )
    }, [])
    if (held.component) return h(held.component, props)
    if (state.value === 'failed')
      return (
        <p class="alert" role="alert">
          This part of the page could not be fetched. Reload the page; your work is saved.
        </p>
      )
    return <div aria-busy="true" />
  }
  return Object.assign(Lazy, { fetch })
}
