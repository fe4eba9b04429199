// Writes packages/numerics/src/wasm/stored-math-code.ts anew, after a change of a recipe. Run `biome format --write` on it.
import { writeFileSync } from 'node:fs'
import { recordMathCode, storedMathCode } from '@cartkin/numerics/wasm'

function literal(value: number | bigint | string): string {
  if (typeof value === 'bigint') return `0x${value.toString(16)}n`
  return typeof value === 'string' ? `'${value}'` : String(value)
}

const functions = Object.keys(storedMathCode).map((name) => {
  const { constants, bytes, gaps } = recordMathCode(name)
  const places = gaps.map((gap) => `[${gap.map(literal).join()}]`)
  return `${name}: { constants: [${constants.map(literal).join()}], bytes: [${bytes.join()}], gaps: [${places.join()}] }`
})
const text = `import type { MathCode } from './math-code.ts'

/**
 * The functions that models call most, written beforehand: the first model of a process need not wait for their recipes
 * to run. \`scripts/stored-math-code.ts\` writes this file.
 */
export const storedMathCode: Readonly<Record<string, MathCode>> = {
  ${functions.join(',\n  ')},
}
`
writeFileSync(new URL('../packages/numerics/src/wasm/stored-math-code.ts', import.meta.url), text)
