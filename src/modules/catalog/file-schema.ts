import { z } from '@hono/zod-openapi'
import { idSchema } from '../../shared/ids.ts'
import { bilingual } from './text-schema.ts'

/** One size and format of a picture, by its place in storage. */
export type PictureRendition = {
  width: number
  height: number
  format: 'webp' | 'jpeg' | 'avif'
  storageKey: string
  sizeBytes: number
}

/** How far a picture is: being resized, ready to show, or refused with the reason. */
export const pictureSchema = z
  .object({
    id: idSchema,
    status: z.enum(['pending', 'ready', 'failed']),
    failedReason: z.string().nullable(),
    alt: bilingual(200),
    renditions: z.array(
      z.object({
        width: z.number().int(),
        height: z.number().int(),
        format: z.enum(['webp', 'jpeg', 'avif']),
        url: z.string(),
      }),
    ),
  })
  .openapi('Picture')

/** See pictureSchema. */
export type Picture = z.infer<typeof pictureSchema>

/** A picture to add: an uploaded file and what it shows, for those who do not see it. */
export const addPictureSchema = z.strictObject({
  fileId: idSchema,
  alt: bilingual(200).default({ ar: '', en: '' }),
})

/** All pictures of a product in their new order; the first is the cover. */
export const orderPicturesSchema = z.strictObject({ pictureIds: z.array(idSchema).max(20) })

/** An uploaded file. */
export const fileSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    mediaType: z.string(),
    sizeBytes: z.number().int(),
    sha256: z.string().nullable().openapi({ description: 'Hexadecimal; null while it is being computed.' }),
    risky: z
      .boolean()
      .openapi({ description: 'The file is, or may hold, a program that runs when it is opened.' }),
    createdAt: z.iso.datetime(),
  })
  .openapi('File')

/** See fileSchema. */
export type FileRecord = z.infer<typeof fileSchema>

/** An edition of a product's files. */
export const versionSchema = z
  .object({
    id: idSchema,
    number: z.number().int(),
    notes: bilingual(5000),
    files: z.array(fileSchema),
    publishedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .openapi('ProductVersion')

/** See versionSchema. */
export type Version = z.infer<typeof versionSchema>

const fileIdsSchema = z
  .array(idSchema)
  .max(100)
  .refine((ids) => new Set(ids).size === ids.length, 'problems.field.doubled')

/** A new edition, a draft until it is published. */
export const createVersionSchema = z.strictObject({
  notes: bilingual(5000).default({ ar: '', en: '' }),
  fileIds: fileIdsSchema.default([]),
})

/** What to change of an edition that is not published yet; the files are all of them, in order. */
export const updateVersionSchema = z
  .strictObject({ notes: bilingual(5000), fileIds: fileIdsSchema })
  .partial()

/** Publishing may bring the notes along. */
export const publishVersionSchema = z.strictObject({ notes: bilingual(5000).optional() })
