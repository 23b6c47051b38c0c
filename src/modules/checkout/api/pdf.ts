import { z } from '@hono/zod-openapi'
import type { HttpContext } from '../../../platform/http/env.ts'

/** The answer of a route that gives a PDF. */
export const pdfAnswer = {
  description: 'The document.',
  content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } },
}

/** Answers with a PDF that browsers show and nobody but this reader keeps. */
export function sendPdf(c: HttpContext, { name, bytes }: { name: string; bytes: Uint8Array }): Response {
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="${name}"`,
    'cache-control': 'private, no-store',
  })
}
