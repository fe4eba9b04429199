/** What the model of Mueller-Schoell 2021 knows of a patient before the infusion, and one count after it. */
export interface MuellerSchoellPatient {
  readonly id: number
  /** Tumour with CD19 before the infusion, mL. */
  readonly mtv_mL: number
  /** Earlier autologous transplantation, 0 or 1. */
  readonly prior_asct: 0 | 1
  /** CD4/CD8 ratio of the CAR-T cells on day 7. */
  readonly cd4cd8_d7: number
  /** Class of low expansion, 0 or 1. */
  readonly low_expansion: 0 | 1
}

const patient = (
  id: number,
  mtv_mL: number,
  prior_asct: 0 | 1,
  cd4cd8_d7: number,
  low_expansion: 0 | 1,
): MuellerSchoellPatient => ({ id, mtv_mL, prior_asct, cd4cd8_d7, low_expansion })

/** The 19 patients: V. Mueller-Schoell et al., Cancers 13:2782, 2021, as tabulated in nlmixr2lib. */
export const muellerSchoellPatients: readonly MuellerSchoellPatient[] = [
  patient(1, 894, 0, 8.94, 0),
  patient(2, 102, 0, 0.357, 0),
  patient(3, 13, 1, 0.126, 0),
  patient(4, 264, 0, 4.01, 1),
  patient(5, 14.2, 1, 1.34, 0),
  patient(6, 70.5, 1, 0.364, 0),
  patient(7, 13.1, 1, 3.56, 0),
  patient(8, 142, 0, 0.405, 0),
  patient(9, 1118, 0, 0.413, 1),
  patient(10, 305, 0, 0.549, 1),
  patient(11, 479, 0, 0.223, 0),
  patient(12, 2.54, 1, 0.0512, 0),
  patient(13, 34.2, 0, 4.53, 0),
  patient(14, 85.7, 1, 0.13, 0),
  patient(15, 64.1, 0, 0.0845, 0),
  patient(16, 663, 0, 0.764, 0),
  patient(17, 3555, 1, 0.0866, 1),
  patient(18, 20, 0, 0.182, 0),
  patient(19, 32.5, 0, 0.126, 0),
]
