import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where native peers are built and kept: `$CARTKIN_PEERS`, or `cartkin-peers` in the user's cache. */
export function cacheFolder(): string {
  const { CARTKIN_PEERS, XDG_CACHE_HOME } = process.env
  return CARTKIN_PEERS ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cartkin-peers')
}
