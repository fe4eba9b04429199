/** Whether text is typed into an element, so that keys belong to it; what a shadow root holds is an editor's. */
export function isText(target: EventTarget | null): boolean {
  return (
    (target instanceof HTMLInputElement && !['range', 'checkbox', 'radio', 'button', 'file'].includes(target.type)) ||
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLElement && (target.isContentEditable || target.shadowRoot !== null))
  )
}
