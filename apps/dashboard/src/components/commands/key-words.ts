/** What the key is called that goes with a letter for a command: Ctrl, and ⌘ on a Mac. */
export function withCtrl(key: string): string {
  return /^(Mac|iP)/.test(navigator.platform) ? `⌘${key}` : `Ctrl+${key}`
}
