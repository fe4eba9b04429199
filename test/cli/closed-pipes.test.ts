import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

const cartkin = join(import.meta.dirname, '../../apps/cli/bin/cartkin.mjs')
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cartkin-'))
  writeFileSync(join(folder, 'm.txt'), 'k = 0.3\nd/dt(x) = -k*x\n')
  writeFileSync(join(folder, 'd.csv'), 'ID;TIME;AMT;EVID\n1;-0,5;100;1\n1;1,5;.;0\n')
})

afterAll(() => rmSync(folder, { recursive: true }))

/** Runs a shell line in the folder; the exit code is that of the program before the pipe. */
function piped(args: string, reader: string) {
  const line = `${JSON.stringify(process.execPath)} ${JSON.stringify(cartkin)} ${args} | ${reader}; exit \${PIPESTATUS[0]}`
  return spawnSync('bash', ['-c', line], { cwd: folder, encoding: 'utf8' })
}

it('a reader that has seen enough of the messages does not cost the result', () => {
  const { status } = piped('simulate m.txt --events d.csv --out o.csv 2>&1', 'true')
  expect(status).toBe(0)
  expect(readFileSync(join(folder, 'o.csv'), 'utf8').split('\n')[1]).toMatch(/^1.5,54\.88/)
})

it('a reader that has seen enough of the result ends the program quietly', () => {
  const { status, stderr } = piped('simulate m.txt --times 0:20000:0.1', 'head -1')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})
