import { escapeHtml } from './escape-html.ts'

const PAGE = /^[a-z0-9][a-z0-9-]*\.html$/

/** A link to a page beside this one. Throws a RangeError for anything but a plain name such as `stein-2019.html`. */
export function pageLink({ text, page }: { readonly text: string; readonly page: string }): string {
  if (!PAGE.test(page))
    throw new RangeError(`a link leads to a page beside this one such as index.html, not to ${page}`)
  return `<a href="${page}">${escapeHtml(text)}</a>`
}
