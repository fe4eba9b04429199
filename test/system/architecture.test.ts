import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unsteadyMath } from './unsteady-math.ts'

const root = join(import.meta.dirname, '../..')

/** Who may import whom, beside itself and relative files; `node:` modules only where they are named. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'packages/ode-ts': [],
  'packages/numerics': [],
  'packages/model': ['ode-ts', '@cartkin/numerics'],
  'packages/simulation': ['@cartkin/model', 'ode-ts', '@cartkin/numerics'],
  'packages/cart-models': ['@cartkin/model', '@cartkin/simulation', '@cartkin/numerics'],
  'packages/fitting': ['@cartkin/simulation', '@cartkin/model', 'ode-ts', '@cartkin/numerics'],
  'packages/tables': ['apache-arrow', '@cartkin/simulation', '@cartkin/model', '@cartkin/fitting', '@cartkin/numerics'],
  'packages/charts': ['vega-lite'],
  'packages/reports': ['@cartkin/charts', '@cartkin/tables', 'vega', 'vega-lite', 'vega-interpreter'],
  'packages/compute': ['comlink', 'node:', '@cartkin/*', 'ode-ts', '!@cartkin/reports', '!@cartkin/studies'],
  'packages/studies': ['node:', 'zod', 'yaml', '@cartkin/*', 'ode-ts'],
  'apps/dashboard': [
    'preact',
    '@preact/signals',
    'vega',
    'vega-lite',
    'vega-interpreter',
    'comlink',
    '@codemirror',
    '@lezer',
    'idb',
    'zod',
    '@cartkin/*',
    'ode-ts',
    '!@cartkin/studies',
  ],
  'apps/cli': ['node:', '@cartkin/*', 'ode-ts'],
}

/** Rooms whose numbers are results; elsewhere such functions place pixels. */
const RESULTS = ['ode-ts', 'numerics', 'model', 'simulation', 'cart-models', 'fitting', 'compute', 'studies', 'tables']

const sources = (room: string) => globSync(`${room}/src/**/*.{ts,tsx}`, { cwd: root }).sort()
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const code = (file: string) =>
  read(file)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')

/** Modules that a file names; those that the build itself makes are none. */
function imports(file: string): readonly string[] {
  const pattern =
    /(?:^|[\s;}])(?:import|export)\s[^'"`;]*?from\s+['"]([^'"]+)['"]|import\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g
  return [...code(file).matchAll(pattern)]
    .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
    .filter((name) => !name.startsWith('virtual:'))
}

function permits(rules: readonly string[], name: string): boolean {
  const matches = (rule: string) =>
    rule === name ||
    name.startsWith(`${rule}/`) ||
    (rule === 'node:' && name.startsWith('node:')) ||
    (rule === '@cartkin/*' && name.startsWith('@cartkin/'))
  return rules.some(matches) && !rules.some((rule) => rule.startsWith('!') && matches(rule.slice(1)))
}

describe.each(Object.entries(allowed))('%s', (room, rules) => {
  const files = sources(room)

  it('has sources', () => expect(files.length).toBeGreaterThan(0))

  it('imports only what it may', () => {
    const refused = files.flatMap((file) =>
      imports(file)
        .filter((name) => !name.startsWith('.') && !permits(rules, name))
        .map((name) => `${file} imports ${name}`),
    )
    expect(refused).toEqual([])
  })

  it('reaches into no other package', () => {
    const inner = files.flatMap((file) =>
      imports(file)
        .filter((name) => /^@cartkin\/[^/]+\/src|\.\.\/(packages|apps)\//.test(name))
        .map((name) => `${file} imports ${name}`),
    )
    expect(inner).toEqual([])
  })

  it('keeps no module-level state and no default export', () => {
    const guilty = files.filter((file) => /^(export )?let /m.test(code(file)) || /^export default/m.test(code(file)))
    expect(guilty).toEqual([])
  })

  it('makes no code or markup from text', () => {
    const guilty = files.filter((file) =>
      /new Function\b|\beval\(|\.innerHTML\b|insertAdjacentHTML|document\.write/.test(code(file)),
    )
    expect(guilty).toEqual([])
  })

  it('silences no type', () => {
    const guilty = files.filter((file) =>
      /:\s*any\b|\bas any\b|as unknown as|@ts-(ignore|expect-error|nocheck)/.test(code(file)),
    )
    expect(guilty).toEqual([])
  })
})

describe.each(RESULTS)('results of %s', (room) => {
  it('pass through no function whose bits differ between engines', () => {
    const guilty = sources(`packages/${room}`).flatMap((file) =>
      unsteadyMath(read(file)).map((place) => `${file}: ${place}`),
    )
    expect(guilty).toEqual([])
  })
})

describe('the rule about functions whose bits differ between engines', () => {
  it.each([
    'const y = Math.exp(x)',
    "const y = Math['exp'](x)",
    'const y = Math[name](x)',
    'const { exp } = Math',
    'const { sqrt, exp: e } = Math',
    'const M = Math; M.exp(x)',
    'apply(Math, x)',
    'globalThis.Math.tanh(x)',
    'Math?.log1p(x)',
    'Math\n  .cosh(x)',
    'Math /* engine */ .pow(x, y)',
    'Math.hypot(a, b) + Math.cbrt(c)',
    'Math.atan2(a, b)',
    'Math.random()',
    'Math.sumPrecise(list)',
    'x ** y',
    'x\n  ** 0.5',
    'x **= 3',
    'x2 ** 3',
    '(1 + 2) ** 3',
    '2 ** k',
    '2 ** 3 ** k',
    '2 ** 0.5',
    ['const s = `$', '{Math.exp(x)}`'].join(''),
    "const a = 'it is'; const y = Math.exp(x) // don't",
    'const quoted = /["\']/.test(s); const y = Math.sin(x)',
    "const y = Math.log(x) /* 'quoted */",
    'x.toLocaleString()',
    'new Intl.NumberFormat()',
  ])('catches %j', (source) => {
    expect(unsteadyMath(source)).not.toEqual([])
  })

  it.each([
    'Math.sqrt(x) + Math.max(a, b) - Math.PI',
    'const y = Math\n  .abs(x)',
    'const size = 2 ** -26 + 2 ** 53',
    '// Math.exp would do',
    '/* x ** y */ const name = "Math.exp"',
    "const name = 'a**b'",
    'import { exp, pow } from "@cartkin/numerics"',
    'const operator = /\\*\\*/',
    'const MathName = mathNames',
  ])('lets %j pass', (source) => {
    expect(unsteadyMath(source)).toEqual([])
  })
})

it('has no package outside the table', () => {
  const rooms = globSync('{packages,apps}/*/package.json', { cwd: root }).map((file) =>
    file.replace('/package.json', ''),
  )
  expect(rooms.sort()).toEqual(Object.keys(allowed).sort())
})

it('declares in each package what its sources import', () => {
  const missing = Object.keys(allowed).flatMap((room) => {
    const manifest = JSON.parse(read(`${room}/package.json`))
    const declared = { ...manifest.dependencies, ...manifest.devDependencies }
    return sources(room).flatMap((file) =>
      imports(file)
        .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
        .map((name) =>
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        )
        .filter((name) => name !== manifest.name && !(name in declared))
        .map((name) => `${file} imports ${name}, which ${room}/package.json does not declare`),
    )
  })
  expect(missing).toEqual([])
})

it('keeps licensed laboratory data out of the published package', () => {
  const manifest = JSON.parse(read('packages/cart-models/package.json'))
  expect(manifest.files).not.toContain('data')
  expect(existsSync(join(root, 'packages/cart-models/data/bwh-cc-by-nc/LICENSE.txt'))).toBe(true)
})

it('has most files short enough to read in one sitting', () => {
  const files = Object.keys(allowed).flatMap(sources)
  const lengths = files.map((file) => ({ file: basename(file), lines: read(file).split('\n').length }))
  const long = lengths.filter(({ lines }) => lines > 400).map(({ file }) => file)
  expect(long.length).toBeLessThanOrEqual(files.length / 40)
})
