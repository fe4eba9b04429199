import { alemtuzumab } from '../allogeneic/alemtuzumab.ts'
import { hostRejection } from '../allogeneic/host-rejection.ts'
import { lupusAssays, oncologyAssays } from '../assays/assay-models.ts'
import { bcmaCart } from '../bcma/bcma-cart.ts'
import { belimumab } from '../comparators/belimumab.ts'
import { chen2024 } from '../comparators/chen-2024.ts'
import { obinutuzumab } from '../comparators/obinutuzumab.ts'
import { rituximab } from '../comparators/rituximab.ts'
import { fluCyNeutrophils } from '../compositions/flu-cy-neutrophils.ts'
import { lupusAllogeneic } from '../compositions/lupus-allogeneic.ts'
import { lupusAntibodies } from '../compositions/lupus-antibodies.ts'
import { lupusBcmaCd19 } from '../compositions/lupus-bcma-cd19.ts'
import { lupusCrsCare } from '../compositions/lupus-crs-care.ts'
import { lupusFluCy } from '../compositions/lupus-flu-cy.ts'
import { lupusInfectionRisk } from '../compositions/lupus-infection-risk.ts'
import { lupusVeinToVein } from '../compositions/lupus-vein-to-vein.ts'
import { oncologyAllogeneic } from '../compositions/oncology-allogeneic.ts'
import { oncologyCrsCare } from '../compositions/oncology-crs-care.ts'
import { oncologyFluCy } from '../compositions/oncology-flu-cy.ts'
import { oncologyInfectionRisk } from '../compositions/oncology-infection-risk.ts'
import { oncologyVeinToVein } from '../compositions/oncology-vein-to-vein.ts'
import { cartKineticsCore } from '../empirical/cart-kinetics-core.ts'
import { cd4Recovery } from '../infection/cd4-recovery.ts'
import { immunoglobulin } from '../infection/immunoglobulin.ts'
import { infectionRisk } from '../infection/infection-risk.ts'
import { lupusQsp } from '../lupus/lupus-qsp.ts'
import { cyclophosphamide } from '../lymphodepletion/cyclophosphamide.ts'
import { fludarabine } from '../lymphodepletion/fludarabine.ts'
import { interleukin7 } from '../lymphodepletion/interleukin-7.ts'
import { lymphodepletion } from '../lymphodepletion/lymphodepletion.ts'
import { neutrophils } from '../lymphodepletion/neutrophils.ts'
import { axiCelManufacturing } from '../manufacturing/axi-cel-manufacturing.ts'
import { cartManufacturing } from '../manufacturing/cart-manufacturing.ts'
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
import { anakinra } from '../side-effects/anakinra.ts'
import { dexamethasone } from '../side-effects/dexamethasone.ts'
import { methylprednisolone } from '../side-effects/methylprednisolone.ts'
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
  fludarabine,
  cyclophosphamide,
  lymphodepletion,
  neutrophils,
  interleukin7,
  fluCyNeutrophils,
  lupusFluCy,
  oncologyFluCy,
  tocilizumab,
  dexamethasone,
  methylprednisolone,
  anakinra,
  oncologyCrsCare,
  lupusCrsCare,
  immunoglobulin,
  cd4Recovery,
  infectionRisk,
  lupusInfectionRisk,
  oncologyInfectionRisk,
  cartManufacturing,
  axiCelManufacturing,
  lupusVeinToVein,
  oncologyVeinToVein,
  rituximab,
  obinutuzumab,
  belimumab,
  chen2024,
  lupusAntibodies,
  bcmaCart,
  lupusBcmaCd19,
  alemtuzumab,
  hostRejection,
  lupusAllogeneic,
  oncologyAllogeneic,
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
