/** Takes what stands in the field that is being typed in, as when the person goes on to another. */
export function finishTyping(): void {
  const field = document.activeElement
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.blur()
}
