import { hashesAt } from '../../compute/same-bits/hash-runs.ts'

addEventListener('message', async ({ data }: MessageEvent<readonly number[]>) => {
  postMessage(await hashesAt(data))
})
