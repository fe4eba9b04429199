import type { Metadata, Parameter } from '../model.ts'
import type { MetadataList, MetadataValue } from '../syntax/syntax.ts'

/** What a text says about itself, from its metadata. `title` is its first comment. */
export function aboutModel(metadata: ReadonlyMap<string, MetadataValue>, title: string): Metadata {
  const units = new Map<string, string>()
  for (const [name, value] of listOf(metadata.get('units'))?.entries ?? []) {
    if (typeof value === 'string') units.set(name, value)
  }
  return {
    description: textOf(metadata.get('description')) ?? title,
    reference: textOf(metadata.get('reference')) ?? '',
    units,
  }
}

/** Unit and label of an input, from `covariateData <- list(WT = list(units = "kg", description = "…"))`. */
export function aboutInput(
  metadata: ReadonlyMap<string, MetadataValue>,
  name: string,
): Partial<Pick<Parameter, 'unit' | 'label'>> {
  const known = listOf(metadata.get('covariateData'))?.entries.get(name)
  if (typeof known === 'string') return { label: known }
  const entries = listOf(known)?.entries
  const unit = textOf(entries?.get('units'))
  const label = textOf(entries?.get('description'))
  return { ...(unit === undefined ? {} : { unit }), ...(label === undefined ? {} : { label }) }
}

function listOf(value: MetadataValue): MetadataList | undefined {
  return typeof value === 'object' ? value : undefined
}

function textOf(value: MetadataValue): string | undefined {
  return typeof value === 'string' ? value : undefined
}
