import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { languageMarkdown } from '@cartkin/model'

writeFileSync(join(import.meta.dirname, '../docs/language.md'), languageMarkdown())
