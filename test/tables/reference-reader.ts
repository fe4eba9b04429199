/** What a plain second reader of event data says of one row; written without a look at the first. */
export interface ReferenceRow {
  readonly id: string
  readonly time: number
  readonly evid: number
  readonly cmt: string | undefined
  readonly endpoint: string | undefined
  readonly numbers: Readonly<Record<'amt' | 'rate' | 'ii' | 'addl' | 'ss', number>>
  readonly dv: number | undefined
  readonly cens: number
  readonly weight: number | undefined
}

/** Rows of cells by RFC 4180; unquoted cells trimmed; comments and blank lines at the end left out. */
function cellsOf(text: string, delimiter: string): string[][] {
  const rows: string[][] = []
  let rest = text.replace(/^\uFEFF/, '')
  while (rest !== '') {
    if (/^[#@]/.test(rest)) {
      const comment = /^[^\r\n]*(\r\n|\r|\n|$)/.exec(rest)?.[0] ?? ''
      rest = rest.slice(comment.length)
      continue
    }
    const row: string[] = []
    for (;;) {
      const quoted = /^"((?:[^"]|"")*)"/.exec(rest)
      const plain = rest.match(new RegExp(`^[^${delimiter}\r\n]*`))?.[0] ?? ''
      row.push(quoted ? (quoted[1] ?? '').replaceAll('""', '"') : plain.trim())
      rest = rest.slice(quoted ? quoted[0].length : plain.length)
      if (!rest.startsWith(delimiter)) break
      rest = rest.slice(1)
    }
    rest = rest.replace(/^(\r\n|\r|\n)/, '')
    rows.push(row)
  }
  while (rows.length > 0 && rows.at(-1)?.every((cell) => cell === '')) rows.pop()
  return rows
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

/** Reads a text by rows, knowing only what separates cells and decimals. */
export function referenceRows(text: string, delimiter: string, decimal: string): readonly ReferenceRow[] {
  const bare = text.replace(/^\uFEFF/, '')
  // a header that begins as a comment, where numbers alone follow, or where it begins with ID and is as wide as the next row
  const next = cellsOf(bare, delimiter)[0] ?? ['x']
  const named = cellsOf(bare.replace(/^[#@]\s*/, ''), delimiter)[0] ?? []
  const commented =
    /^[#@]/.test(bare) &&
    (/^[\d.,;\t\s+\-eENA"]*$/.test(next.join('')) || (/^ID$/i.test(named[0] ?? '') && named.length === next.length))
  const [header = [], ...rows] = cellsOf(
    commented ? bare.replace(/^(?:[#@][^\r\n]*\s)*?[#@](?=[^\r\n]*(\r\n|\r|\n)[^#@])/, ' ') : bare,
    delimiter,
  )
  const at = (name: string) =>
    header.findIndex((cell) => cell.toUpperCase().replace(/^TIME\s*[[(].+[\])]$/, 'TIME') === name)
  const column = new Map(
    [
      'ID',
      'TIME',
      'EVID',
      'AMT',
      'RATE',
      'II',
      'ADDL',
      'SS',
      'CMT',
      'DV',
      'MDV',
      'CENS',
      'LLOQ',
      'LOQ',
      'DVID',
      'WT',
      'DATE',
      'C',
    ].map((name) => [name, at(name)] as const),
  )
  const cell = (row: readonly string[], name: string): string | undefined => {
    const content = row[column.get(name) ?? -1]
    return content === undefined || content === '' || content === '.' || content === 'NA' ? undefined : content
  }
  const toNumber = (content: string | undefined): number | undefined => {
    if (content === undefined) return undefined
    const plain = decimal === ',' ? (content.includes('.') ? 'x' : content.replace(',', '.')) : content
    return NUMBER.test(plain) ? Number(plain) : Number.NaN
  }
  const number = (row: readonly string[], name: string) => toNumber(cell(row, name))
  const moment = (row: readonly string[]): number => {
    const [hours = 0, minutes = 0, seconds = 0] = (cell(row, 'TIME') ?? '0').split(':').map(Number)
    const [month = 1, day = 1, year = 1970] = (cell(row, 'DATE') ?? '').split(/[/-]/).map(Number)
    const iso = /^\d{4}-/.test(cell(row, 'DATE') ?? '')
    const date = iso ? Date.UTC(month, day - 1, year) : Date.UTC(year, month - 1, day)
    return date / 3_600_000 + (hours * 3600 + minutes * 60 + seconds) / 3600
  }
  const kept = rows.filter((row) => row.join('\n') !== header.join('\n') && NUMBER.test(cell(row, 'C') ?? '0'))
  const first = new Map<string, number>()
  return kept.map((row): ReferenceRow => {
    const own = cell(row, 'ID') ?? '1'
    const id = /^'+[=+\-@]/.test(own) ? own.slice(1) : own
    const isClock = (cell(row, 'TIME') ?? '').includes(':') || (at('TIME') < 0 && at('DATE') >= 0)
    const clock = isClock ? moment(row) : Number.NaN
    if (!first.has(id)) first.set(id, clock)
    const amount = number(row, 'AMT') ?? 0
    const evid = number(row, 'EVID') ?? (amount > 0 ? 1 : 0)
    const written = cell(row, 'CMT')
    const lloq = number(row, 'LLOQ') ?? number(row, 'LOQ')
    const text = cell(row, 'DV') ?? ''
    const below = /^[<>]\s*(?=[\d.,+-])/.exec(text)
    const isToken = /^(<\s*)?(blq|bql|bloq|blloq|lloq|loq)$/i.test(text.replaceAll(' ', ''))
    const flag = number(row, 'CENS')
    const asked = evid !== 0 || number(row, 'MDV') === 1
    const value = below ? toNumber(text.slice(1).trim()) : isToken ? lloq : number(row, 'DV')
    const limited =
      below !== null ||
      isToken ||
      (lloq !== undefined && (value === undefined ? flag === 1 : value < lloq && flag !== -1))
    const dv = asked ? undefined : limited ? (below ? value : lloq) : value
    return {
      id,
      time: isClock ? clock - (first.get(id) ?? 0) : (number(row, 'TIME') ?? Number.NaN),
      evid,
      cmt: written === undefined || Number(written.replace(',', '.')) === 0 ? undefined : written,
      endpoint: cell(row, 'DVID'),
      numbers: {
        amt: amount,
        rate: number(row, 'RATE') ?? 0,
        ii: number(row, 'II') ?? 0,
        addl: number(row, 'ADDL') ?? 0,
        ss: number(row, 'SS') ?? 0,
      },
      dv,
      cens: dv === undefined ? 0 : text.startsWith('>') ? -1 : limited ? 1 : (flag ?? 0),
      weight: number(row, 'WT'),
    }
  })
}
