/** Files of published targets, below the package's folder: the reference models and published models first. */
export const targetFiles = [
  'evidence/targets/calibration_targets.json',
  'evidence/targets/manufacturing_targets.json',
  'evidence/targets/lymphodepletion_targets.json',
  'evidence/targets/infection_targets.json',
  'evidence/targets/side-effects_targets.json',
  'evidence/targets/comparators_targets.json',
  'evidence/targets/bcma_targets.json',
  'evidence/targets/allogeneic_targets.json',
] as const
