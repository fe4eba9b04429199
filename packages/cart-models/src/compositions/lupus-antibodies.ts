import { belimumab } from '../comparators/belimumab.ts'
import { comparatorScenarios } from '../comparators/comparator-scenarios.ts'
import { obinutuzumab } from '../comparators/obinutuzumab.ts'
import { rituximab } from '../comparators/rituximab.ts'
import { composeLibraryModels } from '../library/compose-library-models.ts'
import { lupusQsp } from '../lupus/lupus-qsp.ts'

/** `lupus-qsp` with rituximab, obinutuzumab and belimumab as parts of their own; each is silent without a dose. */
export const lupusAntibodies = composeLibraryModels({
  id: 'lupus-antibodies',
  title: 'CD19 CAR-T cells and antibodies against B cells in lupus',
  summary:
    'The lupus patient under CD19 CAR-T cells, rituximab, obinutuzumab or belimumab, alone or one after the other, over two years.',
  parts: [
    {
      model: lupusQsp,
      connect: {
        kr: 'rtx_kill + obi_kill',
        rSanct: '(rtx_spared + obi_spared + 1e-30)/(rtx_kill + obi_kill + 1e-30)',
        kBAFF: 'bel_lossN',
        kBAFFM: 'bel_lossM',
        kBAFFA: 'bel_lossA',
      },
      drop: ['RTX'],
    },
    { model: rituximab, prefix: 'rtx_', connect: { IgG: 'IGG0', CD19: 'B0' } },
    { model: obinutuzumab, prefix: 'obi_', connect: { WT: 'WT' } },
    { model: belimumab, prefix: 'bel_', connect: { WT: 'WT', IgG: 'IGG0' } },
  ],
  regimen: lupusQsp.regimen,
  scenarios: comparatorScenarios,
  panels: [
    { title: 'B cells', quantities: ['B'], unit: 'cells/uL', scale: 'log' },
    { title: 'Lupus activity (SLEDAI-2K)', quantities: ['SLEDAI'], unit: 'score', scale: 'linear' },
    { title: 'Anti-dsDNA', quantities: ['AAB'], unit: 'IU/mL', scale: 'linear' },
    { title: 'Antibodies given', quantities: ['rtx_C', 'obi_C', 'bel_C'], unit: 'ug/mL', scale: 'log' },
  ],
  limits: [
    ...lupusQsp.limits,
    'Under rituximab the fewest B cells are 8/uL, those that tissue spares and their plasmablasts; most patients reach fewer than 5/uL in a month, and three of four reach none at some time.',
    'Whether lupus relapses after rituximab is decided narrowly: a little less of autoreactive B cells, such as by belimumab acting on them, and it does not. Trials of rituximab with belimumab saw no such gain.',
    'After obinutuzumab autoreactive B cells are gone as after CAR-T cells, and anti-dsDNA falls by 96 % where 84 % were measured: nothing that survives it in tissue is known well enough to be modelled.',
    'Rituximab and obinutuzumab at one time kill with the sum of their rates; they do not compete for CD20.',
    'Steroids, mycophenolate and cyclophosphamide, which all these patients had, are not in it.',
  ],
  reference: 'lupus-qsp, rituximab, obinutuzumab and belimumab of this library',
  citation: 'cartkin, lupus-antibodies, and the papers named with its parameters',
  targets: [
    'J04',
    'J10',
    'J11',
    'J12',
    'J13',
    'J14',
    'J15',
    'J17',
    'J18',
    'J19',
    'J20',
    'J21',
    'J22',
    'J26',
    'J27',
    'J28',
    'J29',
  ],
})
