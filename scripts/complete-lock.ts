// Completes package-lock.json with the packages for other platforms that the registry in use did not list: npm ci refuses
// a lock file without them, and never fetches them where they are not for. Run after each npm install of a package.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What an entry of the lock file says of a package, as far as it matters here. */
type Entry = {
  version?: string
  dev?: boolean
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}
type Packages = Record<string, Entry>

const OS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
]
const CPU = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

/** The optional packages that the lock file asks for and does not hold: path, and what stands for each. */
export function missingFrom(packages: Packages): Packages {
  const missing: Packages = {}
  for (const [parent, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isHeld({ ...packages, ...missing }, parent, name)) continue
      missing[`node_modules/${name}`] = standIn(name, range.replace(/^\D*/, ''), entry.dev === true)
    }
  }
  return missing
}

/** Looks where Node would: in the parent's folder, then in each folder above it. */
function isHeld(packages: Packages, parent: string, name: string): boolean {
  const parts = parent === '' ? [] : parent.split('/node_modules/')
  const folders = parts.map((_, index) => `${parts.slice(0, index + 1).join('/node_modules/')}/`)
  return ['', ...folders].some((folder) => `${folder}node_modules/${name}` in packages)
}

function standIn(name: string, version: string, dev: boolean): Entry {
  const words = name.split(/[/-]/)
  const os = OS.filter((one) => words.includes(one))
  const cpu = CPU.filter((one) => words.includes(one))
  if (os.length + cpu.length === 0)
    throw new Error(`${name} is missing from package-lock.json and names no platform`)
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc'
  return {
    version,
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(dev ? { dev } : {}),
    ...(os.includes('linux') && words.some((word) => /^(gnu|musl)/.test(word)) ? { libc: [libc] } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = fileURLToPath(new URL('../package-lock.json', import.meta.url))
  const lock = JSON.parse(readFileSync(path, 'utf8')) as { packages: Packages }
  const missing = missingFrom(lock.packages)
  const { '': root = {}, ...others } = { ...lock.packages, ...missing }
  const sorted = Object.entries(others).toSorted(([a], [b]) => a.localeCompare(b, 'en'))
  lock.packages = { '': root, ...Object.fromEntries(sorted) }
  if (Object.keys(missing).length > 0) writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
  for (const name of Object.keys(missing)) console.log(`added ${name}`)
}
