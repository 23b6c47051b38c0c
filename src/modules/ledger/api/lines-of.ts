const MOST_LINE_LENGTH = 4_000_000

/** The lines of a body as they arrive. A line without an end is cut, so that memory stays small. */
export async function* linesOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<string> {
  if (body === null) return
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of body) {
    rest += decoder.decode(bytes, { stream: true })
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    yield* lines
    if (rest.length > MOST_LINE_LENGTH) break
  }
  if (rest !== '') yield rest
}
