import { extendZodWithOpenApi, z } from '@hono/zod-openapi'

// A schema has what describes it in the API only if that was there when the schema was made, and a bundle in several parts
// runs its files in another order than their imports say: whoever loads those parts loads this before them.
extendZodWithOpenApi(z)
