import { z } from '@hono/zod-openapi'
import { isHex, type Hex } from '../../shared/contrast.ts'
import { idSchema } from '../../shared/ids.ts'
import { faces } from '../../shared/look.ts'
import { themes } from '../../shared/palette.ts'

/** How the store looks: one of the themes, one of the typefaces, and a colour of its own. */
export const lookSchema = z.strictObject({
  theme: z.enum(themes),
  face: z.enum(faces),
  accent: z
    .custom<Hex>((value) => typeof value === 'string' && isHex(value), 'problems.field.colour')
    .openapi({
      type: 'string',
      pattern: '^#[0-9a-f]{6}$',
      example: '#0b5a54',
      description:
        'The store’s own colour; null for the theme’s. Where it could not be read, pages show the nearest that can.',
    })
    .nullable(),
})

/** The uploaded picture to put at the head of the store. */
export const setCoverSchema = z.strictObject({ fileId: idSchema })

/** A page as HTML, to be shown in a frame in which no script runs. */
export const previewSchema = z.object({ html: z.string() }).openapi('Preview')
