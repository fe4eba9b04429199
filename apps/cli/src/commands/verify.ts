import { resolve } from 'node:path'
import { verifyResult } from '@cartkin/studies'
import { command } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { toJson } from '../output/to-json.ts'

export const verify = command({
  name: 'verify',
  summary: 'Compare a result folder with its manifest: every file by its SHA-256',
  positionals: ['DIR'],
  options: {},
  examples: ['cartkin verify results/lupus'],
  async execute({ positionals: [folder = ''], options: { json } }, io) {
    const { files, findings } = await verifyResult(resolve(io.folder, folder), folder)
    if (json) io.out(toJson({ folder, files, ok: findings.length === 0, findings }))
    else if (findings.length === 0) io.out(`${folder}: ${files} files, all as they were written\n`)
    for (const { message } of findings) io.note(`${folder}: ${message}\n`)
    return findings.length === 0 ? exitCode.ok : exitCode.badInput
  },
})
