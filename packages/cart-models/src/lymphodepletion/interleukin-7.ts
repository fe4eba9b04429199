import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'

/** IL-7 relative to its baseline: made at a constant rate, taken up by lymphocytes. */
export const interleukin7: LibraryModel = {
  id: 'interleukin-7',
  title: 'Interleukin-7 in lymphopenia',
  summary: 'IL-7, of its baseline: it rises as the lymphocytes that take it up are lost.',
  text: `# Interleukin-7 in lymphopenia, of its baseline
k7    = 2    # [1/day] Turnover of IL-7 at baseline
free7 = 0.25 # [1] Share of the turnover that needs no lymphocytes
lymphocytes = 1 # [1] Lymphocytes, of their baseline

d/dt(IL7) = k7 - k7*(free7 + (1 - free7)*lymphocytes)*IL7 # [1] IL-7 (of baseline)
IL7(0) = 1
`,
  reference: 'doi:10.1182/blood.V97.10.2983',
  citation: 'T. J. Fry et al., Blood 97:2983–2990, 2001; A. V. Hirayama et al., Blood 133:1876–1887, 2019',
  limits: [
    'Found is the direction: IL-7 is high where CD4 cells are few (Fry 2001) and rises after fludarabine and cyclophosphamide (Hirayama 2019). How high was not retrieved: 1/free7, four times the baseline, is an assumption, and so is how fast.',
    'IL-7 drives nothing: expansion in the reference models is driven by IL-15, whose rise was fitted.',
  ],
  start: -7,
  horizon: 60,
  regimen: { name: 'None', doses: [] },
  scenarios: [
    {
      id: 'lymphopenia',
      title: 'A tenth of the lymphocytes',
      regimen: { name: 'None', doses: [] },
      parameters: { lymphocytes: 0.1 },
      notes: { lymphocytes: { trust: 'assumption', source: 'for illustration' } },
    },
  ],
  parameters: parameterNotes([
    ['Interleukin-7', 'assumption', 'assumed; only the direction of the rise was found', 'k7 free7'],
    ['Interleukin-7', 'assumption', '1 unless connected', 'lymphocytes'],
  ]),
  panels: [{ title: 'IL-7', quantities: ['IL7'], unit: '1', scale: 'linear' }],
  endpoints: [
    { name: 'IL7_peak', label: 'Highest IL-7, of baseline', unit: '1', quantity: 'IL7', kind: 'maximum' },
    { name: 'IL7_0', label: 'IL-7 at infusion, of baseline', unit: '1', quantity: 'IL7', kind: 'value', at: 0 },
  ],
  observations: [],
  targets: [],
}
