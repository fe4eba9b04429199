/**
 * Words that the two sides of a running job share: the pool asks for an end, the worker shows that it lives.
 *
 * On a `SharedArrayBuffer` both sides see every change at once; on a plain buffer each side has its own copy and the
 * wish travels as a message instead.
 */
export type Control = Int32Array

export const wishWord = 0
export const beatWord = 1
export const stageWord = 2
/** How many commands the pool has sent to a running fit, which reads its messages until it has them all. */
export const mailWord = 3

/** What the pool wishes of a job. */
export const wish = { none: 0, finish: 1, cancel: 2 } as const
export type Wish = (typeof wish)[keyof typeof wish]

/** How far the worker is with a job. */
export const stage = { waiting: 0, running: 1, done: 2 } as const

/** Whether this thread may share memory with its workers: Node always, a browser where the page is cross-origin isolated. */
export function canShareMemory(): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && globalThis.crossOriginIsolated !== false
}

export function createControl(shared: boolean): Control {
  const bytes = 4 * Int32Array.BYTES_PER_ELEMENT
  return new Int32Array(shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes))
}

export function isShared(control: Control): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && control.buffer instanceof SharedArrayBuffer
}
