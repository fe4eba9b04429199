import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { courseChart, type TopLevelSpec } from '@cartkin/charts'
import { renderSvg } from '@cartkin/reports'
import { describe, expect, it } from 'vitest'
import { cells, charts, course, day } from '../charts/chart-examples.ts'

const point = (extra: object): TopLevelSpec => ({
  description: 'One point.',
  data: { values: [{ x: 1 }] },
  mark: 'point',
  encoding: { x: { field: 'x', type: 'quantitative' } },
  ...extra,
})

describe.each(Object.entries(charts))('the %s chart as SVG', (_, spec) => {
  it('is an image with a name, without scripts, links, handlers or anything from outside', async () => {
    const svg = await renderSvg(spec)
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="[^"]{20,}"><title>[^<]{20,}<\/title>/)
    expect(svg).not.toMatch(/<script|<foreignObject|<image|<a[\s>]|\son[a-z]+=|href=|javascript:/i)
    for (const match of svg.matchAll(/url\(([^)]*)\)/g)) expect(match[1]).toMatch(/^#/)
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
    expect(svg.match(/ role=| aria-| class=/g)).toEqual([' role=', ' aria-'])
  })

  it('is the same text each time', async () => {
    expect(await renderSvg(spec)).toBe(await renderSvg(spec))
  })
})

describe('renderSvg', () => {
  it('draws each observation and each curve', async () => {
    const svg = await renderSvg(charts.course)
    expect(svg).toMatch(/d="M[^"]{60,}" stroke="#0072B2" stroke-width="2" [^>]*stroke-dasharray="1,0"/)
    expect(svg).toMatch(/d="M[^"]{60,}" stroke="#D55E00" stroke-width="2" [^>]*stroke-dasharray="6,3"/)
    expect(svg.match(/fill="#FFFFFF" stroke="#0072B2"/g)).toHaveLength(3)
  })

  it('keeps hostile names as text', async () => {
    const series = '"><script>alert(1)</script><a href="javascript:x" onload=\'y\'>'
    const svg = await renderSvg(
      courseChart({
        title: series,
        description: `${series} is what it shows.`,
        x: { ...day, title: series },
        y: cells,
        course: course.map((row) => ({ ...row, series: row.series + series })),
      }),
    )
    expect(svg).not.toContain('<script')
    expect(svg).not.toContain('<a ')
    expect(svg).toContain('&lt;script&gt;')
  })

  it('runs without generating code', async () => {
    const script = `
      import { courseChart } from '@cartkin/charts'
      import { renderSvg } from '@cartkin/reports'
      let blocked = false
      try { new Function('return 1') } catch { blocked = true }
      const axis = { title: 'x', unit: '', scale: 'linear' }
      const svg = await renderSvg(courseChart({ x: axis, y: axis, course: [{ time: 0, value: 1, series: 'a' }, { time: 1, value: 2, series: 'a' }] }))
      process.stdout.write(blocked + ' ' + svg.length)`
    const flags = ['--disallow-code-generation-from-strings', '--input-type=module', '--eval', script]
    const { stdout } = await promisify(execFile)(process.execPath, flags, {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
    })
    expect(stdout).toMatch(/^true \d{4,}$/)
  })

  it.each<[string, TopLevelSpec, RegExp]>([
    ['data from elsewhere', point({ data: { url: 'https://example.org/data.json' } }), /may not load/],
    ['data from a file', point({ data: { url: 'file:///etc/passwd' } }), /may not load/],
    ['images', point({ mark: { type: 'image', url: 'https://example.org/x.png' } }), /element image|may not load/],
    [
      'links',
      point({ encoding: { x: { field: 'x', type: 'quantitative' }, href: { value: 'https://example.org' } } }),
      /element a|may not load/,
    ],
    [
      'what Vega-Lite warns of',
      point({ encoding: { x: { field: 'x', type: 'quantitative', scale: { type: 'band' } } } }),
      /cannot be drawn as it stands/,
    ],
  ])('refuses %s', async (_, spec, message) => {
    await expect(renderSvg(spec)).rejects.toThrow(message)
  })
})
