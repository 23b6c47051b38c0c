import { SETTINGS } from '../config.ts'

/** The settings that are given, apart by whether anyone may see them. */
export type GivenSettings = { open: Record<string, string>; secret: Record<string, string> }

/** Reads the environment's settings as they are written, for a backup to keep. */
export function givenSettings(env: Readonly<Record<string, string | undefined>>): GivenSettings {
  const given: GivenSettings = { open: {}, secret: {} }
  for (const name of SETTINGS) {
    const value = name === 'DATA_DIR' ? undefined : env[name]
    if (value === undefined || value === '') continue
    const part =
      /URL|KEY|SECRET|PASSPHRASE|TOKEN/.test(name) && name !== 'PUBLIC_URL' ? given.secret : given.open
    part[name] = value
  }
  return given
}

/** A file that a shell or systemd reads: one `NAME='value'` per line. */
export function settingsFile(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}='${value.replaceAll("'", `'\\''`)}'\n`)
    .join('')
}
