import { resolve } from 'node:path'
import { compareFits as compare, type FitComparison, readComparedFits } from '@cartkin/studies'
import { command } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { Misuse } from '../failure.ts'
import { textTable } from '../output/text-table.ts'
import { toJson } from '../output/to-json.ts'

/** Most fits that are compared at once. */
const mostFits = 12

export const compareFits = command({
  name: 'compare-fits',
  summary: 'Compare fits of the same data: AIC, BIC and likelihood ratio tests',
  positionals: ['DIR', 'DIR', ...Array.from({ length: mostFits - 2 }, () => '[DIR]')],
  options: {},
  examples: ['cartkin compare-fits results/one-compartment results/two-compartments'],
  notes:
    'Folders are those of `cartkin fit --out`. Fits of other data, or of other observations of the same file, are refused. A smaller\nmodel is tested within a larger one where it estimates a part of the same parameters, by their names.',
  async execute({ positionals, options: { json } }, io) {
    const twice = positionals.find((name, k) => positionals.indexOf(name) !== k)
    if (twice !== undefined) throw new Misuse(`${twice} is named twice; give folders of different fits`)
    const comparison = compare(
      await readComparedFits(positionals.map((name) => ({ path: resolve(io.folder, name), name }))),
    )
    io.out(json ? toJson(comparison) : shown(comparison))
    return exitCode.ok
  },
})

function shown({ fits, warnings, tests }: FitComparison): string {
  const table = textTable([
    ['fit', 'residual errors', 'BLQ', 'parameters', 'observations', '−2 log L', 'AIC', 'BIC', 'ΔAIC', 'ΔBIC'],
    ...fits.map(
      ({
        name,
        errors,
        blq,
        estimated,
        observations,
        converged,
        minusTwoLogLikelihood,
        aic,
        bic,
        deltaAic,
        deltaBic,
      }) => [
        name + (converged ? '' : ' (not converged)'),
        errors,
        blq ?? '',
        String(estimated.length),
        String(observations),
        minusTwoLogLikelihood.toFixed(3),
        aic.toFixed(3),
        bic.toFixed(3),
        deltaAic.toFixed(3),
        deltaBic.toFixed(3),
      ],
    ),
  ])
  const ratios = textTable([
    ['smaller', 'larger', 'difference', 'degrees of freedom', 'p', ''],
    ...tests.map(({ smaller, larger, statistic, degreesOfFreedom, p, message }) =>
      Number.isFinite(statistic)
        ? [smaller, larger, statistic.toFixed(3), String(degreesOfFreedom), p.toPrecision(3), message]
        : [smaller, larger, '', '', '', `no test: ${message}`],
    ),
  ])
  return `${table}\n${warnings.map((text) => `${text}\n\n`).join('')}${ratios}`
}
