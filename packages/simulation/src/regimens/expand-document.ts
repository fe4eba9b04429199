import type { Model } from '@cartkin/model'
import { RuleTextError, readRule } from '../decisions/written-rule.ts'
import { type ExpandedRegimen, expandRegimen } from './expand-regimen.ts'
import type { RegimenDocument } from './regimen-document.ts'
import type { RegimenIssue } from './regimen-issues.ts'

/** `expandRegimen`, with the rules of the document in the terms of the model. */
export function expandDocument(document: RegimenDocument, model: Model | null): ExpandedRegimen {
  const expanded = expandRegimen(document, model)
  const { rules: written = [], patient = {} } = document
  if (written.length === 0 || !expanded.ok) return expanded
  if (model === null)
    return { ok: false, issues: [{ path: ['rules'], message: 'rules are about the course of a model; name one' }] }
  const issues: RegimenIssue[] = []
  const rules = written.flatMap((rule, index) => {
    try {
      return [readRule(model, rule, patient)]
    } catch (error) {
      if (!(error instanceof RuleTextError)) throw error
      issues.push({ path: ['rules', index, ...error.path], message: error.message })
      return []
    }
  })
  return issues.length > 0 ? { ok: false, issues } : { ok: true, regimen: { ...expanded.regimen, rules } }
}
