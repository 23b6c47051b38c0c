import { lookup, Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { mayReach, type Fence } from './fence.ts'

/** All addresses of a name, or an empty list; simulated in tests. */
export type Resolve = (name: string, fence: Fence) => Promise<readonly string[]>

const TIMEOUT_MS = 4_000
const PATIENCE_MS = 250

const none = (): readonly string[] => []

/**
 * Asks the name service directly: the system's own look-up holds one of few threads for as long as a foreign name server
 * cares to be slow, and files wait for the same threads. Names of one's own network, which only the system may know, are
 * looked up there where the operator has opened it.
 */
export const resolveName: Resolve = async (name, fence) => {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 2 })
  const asked = resolver.resolve6(name).catch(none)
  const older = await resolver.resolve4(name).catch(none)
  // Some name servers never answer for the newer kind; where the older is known nobody waits for that.
  const patience = setTimeout(PATIENCE_MS, none(), { ref: false })
  const newer = await (older.length === 0 ? asked : Promise.race([asked, patience]))
  resolver.cancel()
  const addresses = [...older, ...newer]
  if (addresses.length > 0 || !fence.privateNetworks) return addresses
  try {
    return (await lookup(name, { all: true })).map(({ address }) => address)
  } catch {
    return []
  }
}

/** Where a request goes: addresses to be tried in turn, or why to none. */
export type Destination = { addresses: readonly string[] } | { refused: 'name' | 'address' }

/**
 * Resolves a host once. A name of which one address is out of bounds is refused altogether: no honest name leads to the
 * world and to somebody's own network at the same time.
 */
export async function findDestination(host: string, fence: Fence, resolve: Resolve): Promise<Destination> {
  const addresses = isIP(host) === 0 ? await resolve(host, fence) : [host]
  if (addresses.length === 0) return { refused: 'name' }
  return addresses.every((address) => mayReach(address, fence)) ? { addresses } : { refused: 'address' }
}
