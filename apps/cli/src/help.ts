import type { Command } from './command.ts'

/** Help for the whole program. */
export function programHelp(commands: readonly Command[]): string {
  return [
    'cartkin: simulate, fit and report CAR-T cells, B cells, disease and cytokines.',
    '',
    'Usage: cartkin COMMAND …',
    '',
    ...aligned(commands.map(({ name, positionals, summary }) => [[name, ...positionals].join(' '), summary])),
    '',
    'cartkin COMMAND --help tells about each. MODEL is a model of the library (cartkin models), a file of model text or a composition (*.compose.yaml).',
    'Exit codes: 0 ok, 2 misuse, 3 bad input, 4 partial failure, 5 stopped.',
    '',
  ].join('\n')
}

/** Help for one command, made from its table. */
export function commandHelp({ name, summary, positionals, options, examples, notes }: Command): string {
  const rows = Object.entries(options).map(([option, { value, summary, repeats }]): [string, string] => [
    `--${option}${value === null ? '' : ` ${value}`}${repeats ? ' …' : ''}`,
    summary,
  ])
  return [
    `${summary}.`,
    '',
    `Usage: cartkin ${[name, ...positionals].join(' ')} [options]`,
    '',
    ...aligned(rows),
    ...(notes === '' ? [] : ['', notes]),
    '',
    'Examples:',
    ...examples.map((example) => `  ${example}`),
    '',
  ].join('\n')
}

function aligned(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.min(36, Math.max(...rows.map(([left]) => left.length)))
  return rows.map(([left, right]) =>
    left.length > width ? `  ${left}\n  ${' '.repeat(width)}  ${right}` : `  ${left.padEnd(width)}  ${right}`,
  )
}
