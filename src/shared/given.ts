/** The fields that have a value: what was left out of a change, and what was sent as nothing, is not there. */
export function given<Part extends object>(
  part: Part,
): { [Name in keyof Part]?: Exclude<Part[Name], undefined> } {
  // What is left has values alone.
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Part]?: Exclude<Part[Name], undefined>
  }
}
