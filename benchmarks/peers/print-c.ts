import type { Model } from '@cartkin/model'
import type { Code, Dialect } from './code-graph.ts'
import { type Entry, modelCode } from './model-code.ts'

const dialect: Dialect = { declare: 'const double', call: (name) => name, hoisted: (index) => `q[${index}]` }

/**
 * A model as C: sizes as macros and
 * `model_prepare(p, q)` (what depends on parameters alone),
 * `model_derivative(t, y, q, d)`,
 * `model_jacobian(t, y, q, j)` (non-zero entries only, column-major n × n),
 * `model_entries(t, y, q, e)` (∂f/∂y then ∂f/∂p, as listed in `jacobian_row`, `jacobian_column`, `parameter_row`, `parameter_column`).
 */
export function printC(model: Model, parameters: readonly number[] = []): string {
  const { graph, derivatives, jacobian, byParameter } = modelCode(model, parameters)
  const n = model.states.length
  const entries = [...jacobian, ...byParameter]
  const hoisted = graph.hoist([...derivatives, ...entries.map(({ code }) => code)])
  const body = (roots: readonly Code[], place: (k: number) => string) => {
    const { lines, roots: written } = graph.print(roots, dialect, hoisted)
    return [...lines, ...written.map((text, k) => `${place(k)} = ${text};`)].map((line) => `  ${line}`).join('\n')
  }
  const prepare = graph.print([...hoisted.keys()], dialect, new Map())
  const define = (name: string, of: string, text: string) =>
    `static void ${name}(double t, const double *restrict y, const double *restrict q, double *restrict ${of}) {\n  (void)t; (void)q; (void)y;\n${text}\n}\n`
  return [
    `#define STATES ${n}`,
    `#define PARAMETERS ${model.parameters.length}`,
    `#define HOISTED ${hoisted.size}`,
    `#define SENSITIVITIES ${parameters.length}`,
    `#define JACOBIAN_ENTRIES ${jacobian.length}`,
    `#define PARAMETER_ENTRIES ${byParameter.length}`,
    table('sensitivity_parameter', parameters),
    ...tables('jacobian', jacobian),
    ...tables('parameter', byParameter),
    'static void model_prepare(const double *restrict p, double *restrict q) {\n  (void)p; (void)q;',
    ...prepare.lines.map((line) => `  ${line}`),
    ...prepare.roots.map((text, k) => `  q[${k}] = ${text};`),
    '}\n',
    define(
      'model_derivative',
      'd',
      body(derivatives, (k) => `d[${k}]`),
    ),
    define(
      'model_jacobian',
      'j',
      body(
        jacobian.map(({ code }) => code),
        (k) => `j[${jacobian[k]!.column * n + jacobian[k]!.row}]`,
      ),
    ),
    define(
      'model_entries',
      'e',
      body(
        entries.map(({ code }) => code),
        (k) => `e[${k}]`,
      ),
    ),
  ].join('\n')
}

function tables(name: string, entries: readonly Entry[]): readonly string[] {
  return [
    table(
      `${name}_row`,
      entries.map(({ row }) => row),
    ),
    table(
      `${name}_column`,
      entries.map(({ column }) => column),
    ),
  ]
}

/** One entry more than needed: C knows no empty array. */
function table(name: string, values: readonly number[]): string {
  return `static const int ${name}[] = {${[...values, 0].join(', ')}};`
}
