import { apiUrl, toError, requestHeaders, type RequestOptions } from './client.ts'

/**
 * Fetches a file of the API and hands it to the browser to keep. A plain link would ask without the workspace and in the
 * browser's language instead of the reader's. @throws ProblemError
 */
export async function downloadFile(
  path: string,
  name: string,
  query: RequestOptions['query'] = {},
): Promise<void> {
  const response = await fetch(apiUrl(path, query), { headers: requestHeaders() })
  if (!response.ok) throw await toError(response)
  await keepFile(response, name)
}

/** Hands the file of an answer to the browser to keep. */
export async function keepFile(response: Response, name: string): Promise<void> {
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has the file's bytes once the click was handled, but says so to nobody.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
