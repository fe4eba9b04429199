import { defineConfig } from 'vitest/config'

const pageTests = (...parts: readonly string[]) => parts.map((part) => `test/system/dashboard-${part}.test.ts`)

/** Tests in the browser that time nothing. Those of the long form take minutes together. */
const longPages = pageTests('data', 'files', 'own-model', 'parameters', 'plots', 'regimen', 'scenes')
const isLong = process.env['CARTKIN_LONG'] === '1'
const pages = [
  'test/system/dashboard.test.ts',
  ...pageTests('access', 'fit', 'journey', 'keyboard', 'malformed', 'store'),
  ...(isLong ? longPages : []),
]

export default defineConfig({
  test: {
    reporters: [['default', { summary: false }]],
    testTimeout: 60_000,
    // a neighbour on the machine turns nothing red that comes in the end
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 120_000,
    setupFiles: ['test/seed.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['test/**/*.test.ts'],
          exclude: ['test/system/**'],
          maxWorkers: 2,
          // files share the modules of their worker: nothing here is mocked, and loading the packages anew took a third of the time
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // What the dashboard does, two files at a time.
        extends: true,
        test: {
          name: 'pages',
          include: pages,
          globalSetup: 'test/system/build-dashboard.ts',
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Afterwards and one at a time: they time what a person feels, and nothing else may run beside them.
        extends: true,
        test: {
          name: 'system',
          include: ['test/system/**/*.test.ts'],
          exclude: [...pages, ...longPages],
          globalSetup: 'test/system/build-dashboard.ts',
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
