import type { Locale } from '../../shared/locale.ts'
import type { Store } from './catalog.ts'
import { request } from './client.ts'

type Preview = { html: string }

/** The store's front page as it would be with these settings. */
export function previewStore(part: object, locale: Locale): Promise<Preview> {
  return request('POST', '/store/preview', { body: { ...part, locale } })
}

/** A product's page as it would be with these words and prices. */
export function previewProduct(id: string): (part: object, locale: Locale) => Promise<Preview> {
  return (part, locale) => request('POST', `/products/${id}/preview`, { body: { ...part, locale } })
}

/** Puts an uploaded picture at the head of the store. */
export function setCover(fileId: string): Promise<Store> {
  return request('PUT', '/store/cover', { body: { fileId } })
}

/** Takes the picture at the head of the store away. */
export function removeCover(): Promise<Store> {
  return request('DELETE', '/store/cover')
}
