import { lupusAssays, oncologyAssays } from '../assays/assay-models.ts'
import { cartKineticsCore } from '../empirical/cart-kinetics-core.ts'
import { lupusQsp } from '../lupus/lupus-qsp.ts'
import { oncologyQsp } from '../oncology/oncology-qsp.ts'
import { barros2021 } from '../published/barros-2021.ts'
import {
  chaudhury2020FirstOrder,
  chaudhury2020LotkaVolterra,
  chaudhury2020Saturable,
} from '../published/chaudhury-2020.ts'
import { hardiansyah2019 } from '../published/hardiansyah-2019.ts'
import { kimmel2021 } from '../published/kimmel-2021.ts'
import { leonTriana2021, leonTriana2021Precursors } from '../published/leon-triana-2021.ts'
import { minucci2024 } from '../published/minucci-2024.ts'
import { muellerSchoell2021 } from '../published/mueller-schoell-2021.ts'
import { ogasawara2021 } from '../published/ogasawara-2021.ts'
import { park2025, park2025Fast } from '../published/park-2025.ts'
import { singh2021 } from '../published/singh-2021.ts'
import { stein2019 } from '../published/stein-2019.ts'
import { tocilizumab } from '../side-effects/tocilizumab.ts'
import type { LibraryModel } from './library-model.ts'

/** All models of the library. */
export const libraryModels: readonly LibraryModel[] = [
  cartKineticsCore,
  stein2019,
  ogasawara2021,
  muellerSchoell2021,
  kimmel2021,
  singh2021,
  hardiansyah2019,
  chaudhury2020LotkaVolterra,
  chaudhury2020FirstOrder,
  chaudhury2020Saturable,
  barros2021,
  leonTriana2021,
  leonTriana2021Precursors,
  minucci2024,
  park2025,
  park2025Fast,
  oncologyQsp,
  oncologyAssays,
  lupusQsp,
  lupusAssays,
  tocilizumab,
]

/** The library's model with this id; throws a RangeError that lists the known ids. */
export function libraryModel(id: string): LibraryModel {
  const model = libraryModels.find((candidate) => candidate.id === id)
  if (model === undefined)
    throw new RangeError(
      `the library has no model '${id}'; it has ${libraryModels.map((candidate) => candidate.id).join(', ')}`,
    )
  return model
}
