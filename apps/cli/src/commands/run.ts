import { dirname } from 'node:path'
import { parsePlan, planPath, readInput, shippedPlans } from '@cartkin/studies'
import { decodeText } from '@cartkin/tables'
import { toText } from '../arguments/convert.ts'
import { required } from '../arguments/option.ts'
import { workersOption } from '../arguments/solver-arguments.ts'
import { command } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { toJson } from '../output/to-json.ts'
import { runStudy } from '../run-study.ts'

export const run = command({
  name: 'run',
  summary: 'Run a study from its plan and write results, report and manifest',
  positionals: ['PLAN'],
  options: {
    out: required('DIR', 'Folder of the result; new, empty, or holding an earlier result', toText),
    workers: workersOption,
  },
  examples: ['cartkin run lupus --out results/lupus', 'cartkin run my-plan.yaml --out results/mine --workers 2'],
  notes: `PLAN is a YAML file or one of ${shippedPlans.join(', ')}.`,
  async execute({ positionals: [name = ''], options: { out, workers, json } }, io) {
    const path = planPath(name, io.folder)
    const shown = shippedPlans.includes(name) ? `${name}.yaml` : name
    const text = decodeText(await readInput(path), shown)
    const source = { plan: parsePlan(text, shown), text, file: shown, folder: dirname(path) }
    const { manifest } = await runStudy(source, out, workers, io)
    const failed = Object.entries(manifest.status).filter(([status]) => status !== 'ok' && status !== 'dropped')
    if (json) io.out(toJson({ folder: out, manifest }))
    else {
      for (const { name: file, bytes } of manifest.files) io.out(`${out}/${file}  ${bytes} bytes\n`)
      for (const licence of manifest.licences) io.out(`${licence}\n`)
    }
    const { dropped = 0 } = manifest.status
    if (dropped > 0)
      io.note(`${dropped} ${dropped === 1 ? 'draw' : 'draws'} of virtual patients dropped by plausibility filters\n`)
    for (const [status, count] of failed) io.note(`${count} ${count === 1 ? 'run' : 'runs'} ended as ${status}\n`)
    return failed.length > 0 ? exitCode.partialFailure : exitCode.ok
  },
})
