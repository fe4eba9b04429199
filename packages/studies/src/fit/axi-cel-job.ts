import { axiCelFit } from '@cartkin/cart-models'
import type { FitJob } from '@cartkin/compute'
import { parameterVector, regimenRecords } from '@cartkin/simulation'
import { evidence } from '../files/evidence.ts'
import { modelSource } from '../steps/model-source.ts'
import type { ModelSource } from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'
import type { SearchPlan } from '../subjects/noted-plan.ts'

/** Data of the axi-cel fit and the terms of their licence. */
const data = 'data/bwh-cc-by-nc/daily_summary.csv'

export interface PreparedFit {
  readonly job: FitJob
  readonly source: ModelSource
  readonly data: { readonly file: string; readonly bytes: Uint8Array }
  readonly attribution: string
  /** How the times of the data became those of the model; empty where they are the same. */
  readonly timeNote: string
  /** What else was done to the data. */
  readonly dataNotes: readonly string[]
  /** What was taken from the library model's note on how it is fitted; empty where nothing was. */
  readonly fittingNote: string
  /** Where the searches begin without being asked for others; absent: at the starting values. */
  readonly starts?: SearchPlan['starts']
  /** What became of values below quantification; empty where there are none. */
  readonly blqNote: string
  readonly licences: readonly string[]
}

/** The library's fit of the oncology model to axicabtagene ciloleucel; starts at the published values. */
export async function axiCelJob(context: StudyContext): Promise<PreparedFit> {
  const { file, bytes, text } = await evidence(data)
  const { model: id, start, regimen, estimated, endpoints, observations, attribution } = axiCelFit(text)
  const source = await modelSource(id, context)
  const records = regimenRecords(source.model, regimen, parameterVector(source.model))
  return {
    source,
    data: { file, bytes },
    attribution,
    timeNote: '',
    dataNotes: [],
    fittingNote: '',
    blqNote: '',
    licences: [attribution],
    job: {
      kind: 'fit',
      text: source.text,
      problem: {
        parameters: {},
        errorParameters: {},
        estimated,
        endpoints,
        subjects: [{ id: 'axi-cel', start, records, observations, parameters: {} }],
      },
      solver: context.plan.solver,
    },
  }
}
