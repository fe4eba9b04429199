import { execFileSync } from 'node:child_process'

const COMPILER = process.env['CC'] ?? 'gcc'
const FLAGS = ['-O3', '-march=native', '-ffp-contract=fast']

/** Compiles C as the native libraries are; throws what the compiler says. */
export function compileC(args: readonly string[]): void {
  execFileSync(COMPILER, [...FLAGS, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
}
