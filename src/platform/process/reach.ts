import { networkInterfaces } from 'node:os'
import type { Config } from '../config.ts'

/**
 * What to tell an operator whose server nobody else can reach: the setting that would change it, with an address of this
 * machine if it has one. Undefined where a public address is set.
 */
export function reachHint({
  host,
  port,
  publicUrl,
}: Pick<Config, 'host' | 'port' | 'publicUrl'>): string | undefined {
  if (!isLoopback(host) || !isLoopback(new URL(publicUrl).hostname)) return undefined
  return `PUBLIC_URL=http://${ownAddress() ?? 'store.example'}:${port} npm start`
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || host.startsWith('127.')
}

function ownAddress(): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  return all.find(({ internal, family }) => !internal && family === 'IPv4')?.address
}
