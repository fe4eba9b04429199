import { type Construct, languageReference } from './language-reference.ts'

/** The page that lists every construct of the language and its state, as Markdown. */
export function languageMarkdown(): string {
  const sections = languageReference().map(({ title, constructs }) =>
    [
      `## ${title}`,
      '',
      '| construct | state | what it is | example |',
      '|---|---|---|---|',
      ...constructs.map(row),
      '',
    ].join('\n'),
  )
  return [
    '# The model language',
    '',
    'The language is that of rxode2 and nlmixr2. Every construct stands here with its state: *supported*, or *refused*: an error',
    'that names it with its line, never passed over. This page is made from the tables that the parser itself reads, by',
    '`node scripts/write-language-page.ts`; a test tries each example and fails where the page is not up to date.',
    '',
    ...sections,
  ].join('\n')
}

function row({ written, state, summary, example }: Construct): string {
  return `| ${code(written)} | ${state} | ${cell(summary)} | ${code(example)} |`
}

function code(text: string): string {
  return `\`${cell(text)}\``
}

/** A bar would end the cell, a line end the row. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
