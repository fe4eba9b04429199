import type { LibraryModel, ParameterNote } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'
import { singhCopies } from './copies-per-microgram.ts'

/** How a model's CAR-T cells are measured. */
export interface AssayLayer {
  readonly id: string
  readonly title: string
  readonly summary: string
  /** CAR-T cells/uL of blood, as an expression in the model's names. */
  readonly cells: string
  /** All nucleated cells/uL of blood, likewise. */
  readonly leukocytes: string
  /**
   * What copies per ug of genomic DNA follow from: the share of CAR-T cells among the leukocytes ('leukocytes', default), or
   * the fixed factor of Singh 2021 ('singh').
   */
  readonly dna?: 'leukocytes' | 'singh'
  /** What the model does not know of leukocytes, for the limits of the layer. */
  readonly limits: readonly string[]
}

const perMicrogram = {
  leukocytes: 'copies_ug = copies_mL/gDNA',
  singh: 'copies_ug = kSingh*flow',
} as const

const dnaNotes = [
  ['Assays', 'assumption', 'assumed; the certificate of the product gives its own', 'vcn'],
  [
    'Assays',
    'memory',
    'Two genomes of 3.2 Gbp at 978 Mbp/pg (Doležel 2003, Cytometry A 51:127), about 6.6 pg; from memory',
    'pgDNA',
  ],
  [
    'Assays',
    'memory',
    'FDA guidance on long-term follow-up after gene therapy (2020): 50 copies/ug or less are to be quantified; from memory',
    'LLOQ_ug',
  ],
  ['Assays', 'memory', 'Arroz 2016, Cytometry B 90:31: 50 events to quantify rare cells; from memory', 'nMin'],
  ['Assays', 'assumption', 'assumed; the laboratory says how many leukocytes it acquires', 'nLeu'],
  ['Assays', 'found', 'Stein 2019, Table 1: residual error on the log scale', 'sd_ug'],
  ['Assays', 'assumption', 'assumed as large as that of copies/ug (Stein 2019)', 'sd_mL sd_flow'],
] as const

const singhNote = [['Assays', 'found', 'Singh 2021, CPT:PSP 10:362: 0.002 copies/ug per cell/L', 'kSingh']] as const

/**
 * A model of the library with an observation layer: transgene copies per ug of genomic DNA, copies per mL and cells/uL by flow
 * cytometry as outputs of one course, each with its lower limit of quantification and its residual error. What is measured
 * changes nothing of what happens: states have the bits that they have without the layer. Throws an Error for a text that
 * has `ini({})` and `model({})` already.
 */
export function withAssays(library: LibraryModel, layer: AssayLayer): LibraryModel {
  const { dna = 'leukocytes' } = layer
  const notes = parameterNotes(dna === 'singh' ? [...dnaNotes, ...singhNote] : dnaNotes)
  return {
    ...library,
    id: layer.id,
    title: layer.title,
    summary: layer.summary,
    text: layeredText(library.text, { ...layer, dna }),
    limits: [...layer.limits, ...library.limits],
    parameters: { ...library.parameters, ...notes } satisfies Readonly<Record<string, ParameterNote>>,
    panels: [
      { title: 'Transgene per DNA', quantities: ['copies_ug', 'limit_ug'], unit: 'copies/ug', scale: 'log' },
      { title: 'Transgene per blood', quantities: ['copies_mL', 'limit_mL'], unit: 'copies/mL', scale: 'log' },
      { title: 'Flow cytometry', quantities: ['flow', 'limit_flow'], unit: 'cells/uL', scale: 'log' },
      { title: 'Leukocytes', quantities: ['WBC'], unit: 'cells/uL', scale: 'log' },
      ...library.panels,
    ],
    endpoints: [
      {
        name: 'ug_max',
        label: 'Peak transgene per DNA',
        unit: 'copies/ug',
        quantity: 'copies_ug',
        kind: 'maximum',
        from: 2,
      },
      {
        name: 'ug_max_day',
        label: 'Day of peak transgene per DNA',
        unit: 'day',
        quantity: 'copies_ug',
        kind: 'timeOfMaximum',
        from: 2,
      },
      {
        name: 'mL_max',
        label: 'Peak transgene per blood',
        unit: 'copies/mL',
        quantity: 'copies_mL',
        kind: 'maximum',
        from: 2,
      },
      {
        name: 'ug_above_50',
        label: 'Days with 50 copies/ug or more',
        unit: 'day',
        quantity: 'copies_ug',
        kind: 'timeAbove',
        threshold: 50,
      },
      ...library.endpoints,
    ],
    targets: [],
  }
}

function layeredText(text: string, { cells, leukocytes, dna }: AssayLayer & { readonly dna: 'leukocytes' | 'singh' }) {
  const [title = '', ...lines] = text.trimEnd().split('\n')
  if (lines.some((line) => line.startsWith('model(')))
    throw new Error('an observation layer goes on a text of plain lines; this one has model({}) already')
  const first = lines.findIndex((line) => line.startsWith('d/dt('))
  if (first < 0) throw new Error('an observation layer goes on a text with d/dt lines; this one has none')
  return `${title}
ini({
  sd_ug   <- c(0, 0.56) # [1] Residual error of copies/ug, SD of the logarithm
  sd_mL   <- c(0, 0.56) # [1] Residual error of copies/mL, SD of the logarithm
  sd_flow <- c(0, 0.56) # [1] Residual error of cells/uL, SD of the logarithm
})
model({
${lines.slice(0, first).join('\n')}
# Assays
vcn     = 1   # [copies/cell] Vector copies per CAR-T cell
pgDNA   = 6.6 # [pg/cell] DNA of one cell
LLOQ_ug = 50  # [copies/ug] Lower limit of quantification of the transgene
nMin    = 50  # [cells] Fewest cells that flow cytometry quantifies
nLeu    = 1e6 # [cells] Leukocytes acquired by flow cytometry
${dna === 'singh' ? `kSingh  = ${singhCopies} # [copies/ug per cell/uL] Copies per DNA for each CAR-T cell\n` : ''}
${lines.slice(first).join('\n')}

# Assays: a ug of DNA comes from all nucleated cells, a mL of blood and a flow count do not ask for them
WBC  = ${leukocytes} # [cells/uL] Leukocytes of the model
gDNA = 1e-3*pgDNA*WBC # [ug/mL] Genomic DNA in blood
flow = ${cells} # [cells/uL] CAR-T cells by flow cytometry
copies_mL = 1000*vcn*flow # [copies/mL] Transgene per blood
${perMicrogram[dna]} # [copies/ug] Transgene per genomic DNA
limit_ug   = LLOQ_ug # [copies/ug] Limit of quantification, DNA
limit_mL   = LLOQ_ug*gDNA # [copies/mL] Limit of quantification, blood
limit_flow = nMin/nLeu*WBC # [cells/uL] Limit of quantification, flow

copies_ug ~ lnorm(sd_ug)
copies_mL ~ lnorm(sd_mL)
flow ~ lnorm(sd_flow)
})
`
}
