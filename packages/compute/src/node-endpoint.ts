import { MessagePort, type Worker } from 'node:worker_threads'
import type { Endpoint } from 'comlink'

/** A worker thread, or the port to its parent, as Comlink wants it. */
export function nodeEndpoint(side: Worker | MessagePort): Endpoint {
  const listeners = new Map<EventListenerOrEventListenerObject, (data: unknown) => void>()
  return {
    postMessage: (message: unknown, transfer: readonly unknown[] = []) =>
      side.postMessage(message, transfer.filter(isMovable)),
    addEventListener(_type, listener) {
      const heard = (data: unknown) => {
        const event = new MessageEvent('message', { data })
        if (typeof listener === 'function') listener(event)
        else listener.handleEvent(event)
      }
      listeners.set(listener, heard)
      side.on('message', heard)
    },
    removeEventListener(_type, listener) {
      const heard = listeners.get(listener)
      listeners.delete(listener)
      if (heard) side.off('message', heard)
    },
  }
}

function isMovable(value: unknown): value is ArrayBuffer | MessagePort {
  return value instanceof ArrayBuffer || value instanceof MessagePort
}
