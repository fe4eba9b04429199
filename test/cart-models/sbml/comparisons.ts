/** A change to a document where it differs from the model as published: what it has once, and what stands for that. */
export interface Correction {
  readonly reason: string
  readonly text: RegExp
  readonly becomes: string
}

export interface Comparison {
  /** Identifier at BioModels. */
  readonly document: string
  /** Model of the library, and its course where that is not the default one. */
  readonly id: string
  readonly scenario?: string
  readonly end: number
  readonly corrections: readonly Correction[]
  /** Quantities of the library's model by those of the document. */
  readonly quantities: Readonly<Record<string, string>>
  /** Quantities of the document that the library's model has not, and why. */
  readonly left?: Readonly<Record<string, string>>
}

const leonTriana = { CAR_T_cells: 'C', Leukaemic_B_cells: 'L', B_cells_healthy: 'B' }
const follows = 'a coefficient that follows from the rest'
const hdlm2 = { Ct: 'CT', Cm: 'CM', T: 'T' }
const expanding = { C_E: 'C_E', C_P: 'C_P', U: 'U', CAR_T_cells: 'CAR' }

/** No less than 1e-12. */
const floored = (name: string): string =>
  `<piecewise><piece><ci> ${name} </ci><apply><gt/><ci> ${name} </ci>${least}</apply></piece><otherwise>${least}</otherwise></piecewise>`
const least = '<cn type="e-notation"> 1 <sep/> -12 </cn>'

/** The parameter that chooses a variant, 0 in the document. */
const switchedOn = (parameter: string): Correction => ({
  reason: 'the document holds three cell lines, and chooses the first',
  text: new RegExp(`(?<=<parameter [^>]*id="${parameter}"[^>]* value=")0(?=")`, 'g'),
  becomes: '1',
})

export const comparisons: readonly Comparison[] = [
  {
    document: 'BIOMD0000001011',
    id: 'leon-triana-2021',
    end: 300,
    corrections: [],
    quantities: leonTriana,
    left: { rho_C: follows },
  },
  {
    document: 'BIOMD0000001012',
    id: 'leon-triana-2021-precursors',
    end: 300,
    corrections: [],
    quantities: leonTriana,
    left: {
      rho_C: follows,
      k: follows,
      B_cell_progenitors: 'gains their number every day and gives off that of I_0; nothing depends on it',
    },
  },
  {
    document: 'BIOMD0000001019',
    id: 'barros-2021',
    end: 400,
    corrections: [
      { reason: 'the paper gives CAR-T cells on day 42', text: /<cn> 45 <\/cn>/g, becomes: '<cn> 42 </cn>' },
    ],
    quantities: hdlm2,
  },
  { document: 'BIOMD0000001019', id: 'barros-2021', scenario: 'day-45', end: 400, corrections: [], quantities: hdlm2 },
  {
    document: 'BIOMD0000001020',
    id: 'barros-2021',
    scenario: 'raji',
    end: 60,
    corrections: [],
    quantities: hdlm2,
    left: { alpha: follows },
  },
  {
    document: 'BIOMD0000001020',
    id: 'barros-2021',
    scenario: 'raji-ido',
    end: 60,
    corrections: [switchedOn('Raji_IDO_CAT19')],
    quantities: hdlm2,
    left: { alpha: follows },
  },
  {
    document: 'BIOMD0000001020',
    id: 'barros-2021',
    scenario: 'raji-ido-1mt',
    end: 60,
    corrections: [switchedOn('Raji_IDO_CART_19_1MT')],
    quantities: hdlm2,
    left: { alpha: follows },
  },
  {
    document: 'BIOMD0000001024',
    id: 'chaudhury-2020-lotka-volterra',
    end: 60,
    corrections: [],
    quantities: { Expanding_CAR_T_cells: 'C', Tumor_cells: 'U' },
  },
  {
    document: 'BIOMD0000001025',
    id: 'chaudhury-2020-saturable',
    end: 60,
    corrections: [],
    quantities: { Expanding_CAR_T_cells: 'C_E', Persistent_CAR_T_cells: 'C_P', Tumor_cells: 'U', CAR_T_cells: 'CAR' },
    left: { F_cure: follows },
  },
  {
    document: 'MODEL2109110005',
    id: 'chaudhury-2020-first-order',
    end: 60,
    corrections: [
      {
        reason: 'the tumour falls to 0 within rounding, where its logarithm is not defined',
        text: /(?<=<ln\/>\s*)<ci> U <\/ci>/g,
        becomes: floored('U'),
      },
    ],
    quantities: expanding,
    left: { F_cure: follows },
  },
  {
    document: 'BIOMD0000001041',
    id: 'kimmel-2021',
    end: 180,
    corrections: [],
    quantities: {
      Normal_T_cells: 'N',
      CAR_T_cells: 'C',
      Antigen_presenting_tumour_cells: 'B',
      Total_lymphocyte_count: 'T',
      r_C: 'rC',
    },
  },
]
