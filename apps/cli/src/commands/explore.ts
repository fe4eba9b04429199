import { basename, resolve } from 'node:path'
import { parsePlan } from '@cartkin/studies'
import { toOneOf, toText } from '../arguments/convert.ts'
import { dataOptionTable, dataReading, saysHowToRead } from '../arguments/data-arguments.ts'
import { optional, required } from '../arguments/option.ts'
import { command } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { textTable } from '../output/text-table.ts'
import { toJson } from '../output/to-json.ts'
import { runStudy } from '../run-study.ts'

export const explore = command({
  name: 'explore',
  summary: 'Look at data before any model: courses by group, medians, means, values below LLOQ',
  positionals: [],
  options: {
    data: required('FILE', 'Event data (CSV): doses, observations (DV), what was measured (DVID)', toText),
    by: optional(
      'COLUMN',
      'Column of the groups, of numbers or texts (the dose, where several subjects share one)',
      toText,
    ),
    nominal: optional('COLUMN', 'Column of nominal times (NOMTIME, NTIME, …, else bins of times)', toText),
    scale: optional('linear|log', 'Of what was observed (by its span)', toOneOf('linear', 'log')),
    'data-time-unit': optional('UNIT', 'Unit of the times, where the header does not say it', toText),
    ...dataOptionTable,
    out: required('DIR', 'Folder of the result', toText),
  },
  examples: [
    'cartkin explore --data data.csv --out results/data',
    'cartkin explore --data data.csv --by RESPONSE --lloq 50 --out results/data',
  ],
  notes:
    'The report has, for each kind of observation, the courses of all subjects by group, median with quartiles and mean with standard\nerror by nominal time, medians over the dose, and the share below the limit of quantification; explore.arrow has the numbers.',
  async execute({ options: given }, io) {
    const { data: file, by, nominal, scale, out, json } = given
    const timeUnit = given['data-time-unit']
    const plan = {
      name: 'explore',
      title: basename(file),
      steps: [
        {
          kind: 'explore',
          name: 'explore',
          data: file,
          ...(saysHowToRead(given) ? { reading: dataReading(given) } : {}),
          ...(timeUnit === undefined ? {} : { timeUnit }),
          ...(by === undefined ? {} : { by }),
          ...(nominal === undefined ? {} : { nominal }),
          ...(scale === undefined ? {} : { scale }),
        },
        { kind: 'report', sections: [{ title: 'What there is', of: 'explore' }] },
      ],
    }
    const text = JSON.stringify(plan, null, 2)
    const source = { plan: parsePlan(text, 'explore'), text, file: 'explore', folder: resolve(io.folder) }
    const { results, manifest } = await runStudy(source, out, 1, io)
    const result = results.get('explore')
    if (result?.kind !== 'explore') throw new Error('the exploration gave no result')
    const { data, notes } = result
    for (const note of notes) io.note(`${file}: ${note}\n`)
    const counts = data.endpoints.flatMap(({ name, rows, lloq }) =>
      data.groups.map((group) => {
        const own = rows.filter((row) => row.group === group.name)
        return {
          endpoint: name,
          group: group.name,
          subjects: new Set(own.map(({ subject }) => subject)).size,
          observations: own.length,
          below: own.filter(({ below }) => below).length,
          lloq: lloq ?? null,
        }
      }),
    )
    if (json) io.out(toJson({ folder: out, groupedBy: data.groupedBy, groups: data.groups, counts, manifest }))
    else
      io.out(
        textTable([
          ['endpoint', 'group', 'subjects', 'observations', 'below LLOQ'],
          ...counts.map(({ endpoint, group, subjects, observations, below, lloq }) => [
            endpoint === '' ? 'observations' : endpoint,
            group,
            String(subjects),
            String(observations),
            lloq === null ? '' : String(below),
          ]),
        ]),
      )
    return exitCode.ok
  },
})
