/** PostgreSQL's text form of an array of numbers, ids or nulls: nothing in it needs quoting. */
export function sqlArray(values: readonly (string | number | bigint | undefined)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`
}

/** PostgreSQL's text form of an array of any texts. */
export function sqlTexts(values: readonly (string | undefined)[]): string {
  return `{${values.map((value) => (value === undefined ? 'NULL' : quote(value))).join(',')}}`
}

function quote(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
