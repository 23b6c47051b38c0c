// Completes package-lock.json with the packages for other platforms that the registry in use did not list: npm ci refuses
// a lock file without them, and never fetches them where they are not for. Run after each npm install of a package.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const path = fileURLToPath(new URL('../package-lock.json', import.meta.url))
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

/** The optional packages that the lock file asks for and does not hold: path, and what stands for it. */
export function missingFrom(packages) {
  const missing = {}
  for (const [parent, { optionalDependencies = {} }] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(optionalDependencies)) {
      const version = range.replace(/^[^\d]*/, '')
      const found = find({ ...packages, ...missing }, parent, name)
      if (found === undefined) missing[`node_modules/${name}`] = standIn(name, version, packages[parent])
    }
  }
  return missing
}

function find(packages, parent, name) {
  for (let folder = parent; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const entry = packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`]
    if (entry !== undefined || folder === '') return entry
    if (!folder.includes('/node_modules/')) folder = ''
  }
}

function standIn(name, version, parent) {
  const words = name.split(/[/-]/)
  const os = OS.filter((one) => words.includes(one))
  const cpu = CPU.filter((one) => words.includes(one))
  if (os.length + cpu.length === 0)
    throw new Error(`${name} is missing from package-lock.json and names no platform`)
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : undefined
  return {
    version,
    ...(cpu.length && { cpu }),
    ...(parent.dev && { dev: true }),
    ...(libc && os.includes('linux') && { libc }),
    optional: true,
    ...(os.length && { os }),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(path, 'utf8'))
  const missing = missingFrom(lock.packages)
  const { '': root, ...others } = { ...lock.packages, ...missing }
  const sorted = Object.entries(others).sort(([a], [b]) => a.localeCompare(b, 'en'))
  lock.packages = { '': root, ...Object.fromEntries(sorted) }
  if (Object.keys(missing).length > 0) writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
  for (const name of Object.keys(missing)) console.log(`added ${name}`)
}
