import { htmlReport, licenceNote, type Report, type ReportTable, renderSvg, type Svg } from '@cartkin/reports'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { charts } from '../charts/chart-examples.ts'

const course = await renderSvg(charts.course)
const band = await renderSvg(charts.band)

/** A report with one text everywhere that a text can stand. */
function reportOf(text: string, svg: Svg = course): Report {
  const table: ReportTable = {
    kind: 'table',
    caption: text,
    columns: [
      { header: text, unit: text },
      { header: text, kind: 'number' },
    ],
    rows: [
      [text, { text, trust: 'found', tone: 'ok', detail: text }],
      [
        { text, tone: 'code' },
        { text, trust: 'assumption' },
      ],
    ],
    notes: [text],
  }
  return {
    title: text,
    subtitle: text,
    highlights: [{ label: text, value: text, detail: text }],
    sections: [
      {
        heading: text,
        blocks: [
          { kind: 'paragraph', text },
          { kind: 'note', tone: 'warning', text },
          table,
          { kind: 'figure', svg, caption: text },
          { kind: 'folded', summary: text, blocks: [table, { kind: 'paragraph', text }] },
          { kind: 'figures', figures: [{ kind: 'figure', svg: band, caption: text }] },
        ],
      },
      { heading: text, blocks: [licenceNote({ licence: text, attribution: text })] },
    ],
    footer: text,
  }
}

/** Names of elements and attributes, in order; what a reader of the file takes for markup. */
function markup(html: string): readonly string[] {
  const body = html.slice(html.indexOf('</style>'))
  return [...body.matchAll(/<(\/?[^\s>]+)((?:\s+[^\s=>]+="[^"]*")*)\s*\/?>/g)].map(
    ([, name = '', attributes = '']) =>
      `${name} ${[...attributes.matchAll(/\s([^\s=]+)="[^"]*"/g)].map((match) => match[1]).join(' ')}`,
  )
}

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</title><script>alert(1)</script>',
  '</style><script>alert(1)</script>',
  '<!--',
  ']]>',
  '&lt;script&gt;',
  '<svg onload=alert(1)>',
  'javascript:alert(1)',
  '<a href="https://example.org">',
  '\0\u0007\uD800',
  '`$' + '{alert(1)}`{{constructor.constructor("alert(1)")()}}',
]

describe('htmlReport', () => {
  const harmless = markup(htmlReport(reportOf('x')))

  it.each(HOSTILE)('keeps %j as text', (text) => {
    const html = htmlReport(reportOf(text))
    expect(markup(html)).toEqual(harmless)
    expect(html).not.toMatch(/\p{Cs}/u)
    for (const control of ['\0', '\u0007']) expect(html).not.toContain(control)
    expect(html.slice(html.indexOf('</style>') + 8)).not.toMatch(/<script|<img|<style|<!--/i)
  })

  it('has the same markup whatever the texts are', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...HOSTILE, '<', '>', '"', "'", '&', ' ', '=')).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (text) => {
        expect(markup(htmlReport(reportOf(`x${text}`)))).toEqual(harmless)
      }),
      { numRuns: 60 },
    )
  })

  it('loads nothing: no scripts, no handlers, references within the file only', () => {
    const html = htmlReport(reportOf('x'))
    expect(html).not.toMatch(/<script|<link|<img|<iframe|<object|<embed|@import|\son[a-z]+=|src=/i)
    for (const match of html.matchAll(/href="([^"]*)"/g)) expect(match[1]).toMatch(/^#s\d+$/)
    for (const match of html.matchAll(/url\(([^)]*)\)/g)) expect(match[1]).toMatch(/^#f\d+-/)
    expect(html).toContain("default-src 'none'")
  })

  it('keeps the ids of its figures apart, and every reference finds its id', () => {
    const html = htmlReport(reportOf('x', band))
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1])
    expect(new Set(ids).size).toBe(ids.length)
    const references = [...html.matchAll(/url\(#([^)]*)\)/g)].map((match) => match[1])
    expect(references.length).toBeGreaterThan(0)
    for (const id of references) expect(ids).toContain(id)
  })

  it('has one h1, headed sections, captions, and numbers tables and figures', () => {
    const html = htmlReport(reportOf('x'))
    expect(html.match(/<h1>/g)).toHaveLength(1)
    expect(html.match(/<h2 /g)).toHaveLength(2)
    expect(html).toContain('<html lang="en">')
    expect(html).toContain('<caption><strong>Table 1.</strong> x</caption>')
    expect(html).toContain('<figcaption><strong>Figure 1.</strong> x</figcaption>')
    expect(html).toContain('<figcaption><strong>Figure 2.</strong> x</figcaption>')
    expect(html.match(/<th scope="col"/g)).toHaveLength(4)
    expect(html.match(/<th scope="row"/g)).toHaveLength(4)
    expect(html).toContain('<caption><strong>Table 2.</strong> x</caption>')
    expect(html).toContain('<details class="folded"><summary>x</summary>')
    expect(html).toContain('<span class="detail">x</span>')
    expect(html.match(/<svg [^>]*role="img"/g)).toHaveLength(2)
    expect(html).toContain('F: found in a public source; A: assumption.')
  })

  it.each<[string, string]>([
    ['a script', '<svg><script>1</script></svg>'],
    ['a script by namespace', '<svg><x:script>1</x:script></svg>'],
    ['a handler', '<svg onload="x"></svg>'],
    ['a handler in capitals', '<svg><g ONLOAD="x"></g></svg>'],
    ['a link', '<svg><a href="https://example.org">x</a></svg>'],
    ['a reference', '<svg><g xlink:href="#x"></g></svg>'],
    ['an image', '<svg><image width="1"/></svg>'],
    ['HTML', '<svg><foreignObject></foreignObject></svg>'],
    ['a style from outside', '<svg fill="url(https://example.org/x)"></svg>'],
    ['a style element', '<svg><style>@import "x"</style></svg>'],
    ['an animation', '<svg><animate attributeName="href"></animate></svg>'],
    ['an attribute without quotes', '<svg><g x=1 onload=y></g></svg>'],
    ['a comment', '<svg><!-- --></svg>'],
    ['a tag without end', '<svg><g</svg>'],
    ['something else', '<div></div>'],
    ['something behind', '<svg></svg><script></script>'],
  ])('refuses a figure with %s', (_, svg) => {
    expect(() => htmlReport(reportOf('x', svg as Svg))).toThrow('cannot stand in a report')
  })

  it('refuses a table whose rows are not as long as its header', () => {
    const table: ReportTable = { kind: 'table', caption: '', columns: [{ header: 'a' }], rows: [['1'], ['1', '2']] }
    expect(() => htmlReport({ title: 'x', sections: [{ heading: 'y', blocks: [table] }] })).toThrow(
      'Table 1: row 2 has 2 cells but there are 1 columns',
    )
  })
})
