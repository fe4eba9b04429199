import { allogeneicStudies } from './allogeneic-key-numbers.ts'
import { barrosStudy } from './barros-key-numbers.ts'
import { bcmaStudies } from './bcma-key-numbers.ts'
import { chaudhuryStudies } from './chaudhury-key-numbers.ts'
import { comparatorStudies } from './comparator-key-numbers.ts'
import { hardiansyahStudies } from './hardiansyah-key-numbers.ts'
import { infectionStudies } from './infection-key-numbers.ts'
import type { KeyNumberStudy } from './key-number-study.ts'
import { kimmelStudy } from './kimmel-key-numbers.ts'
import { leonTrianaStudy } from './leon-triana-key-numbers.ts'
import { lupusStudy } from './lupus-key-numbers.ts'
import { fluCyStudy, lupusFluCyStudy } from './lymphodepletion-key-numbers.ts'
import { manufacturingStudy } from './manufacturing-key-numbers.ts'
import { minucciStudy } from './minucci-key-numbers.ts'
import { muellerSchoellStudy } from './mueller-schoell-key-numbers.ts'
import { oncologyStudy } from './oncology-key-numbers.ts'
import { parkStudy } from './park-key-numbers.ts'
import { sideEffectStudies } from './side-effects-key-numbers.ts'
import { singhStudies } from './singh-key-numbers.ts'
import { steinStudy } from './stein-key-numbers.ts'

/** The studies behind the calibration targets and the reference values, but for the virtual population. */
export const keyNumberStudies: readonly KeyNumberStudy[] = [
  steinStudy,
  muellerSchoellStudy,
  kimmelStudy,
  ...singhStudies,
  ...hardiansyahStudies,
  ...chaudhuryStudies,
  barrosStudy,
  leonTrianaStudy,
  minucciStudy,
  parkStudy,
  oncologyStudy,
  lupusStudy,
  manufacturingStudy,
  ...sideEffectStudies,
  fluCyStudy,
  lupusFluCyStudy,
  ...comparatorStudies,
  ...infectionStudies,
  ...bcmaStudies,
  ...allogeneicStudies,
]
