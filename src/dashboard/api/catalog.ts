import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type {
  Bilingual,
  CreateProduct,
  Picture,
  Price,
  Product,
  Store,
  UpdateProduct,
  UpdateStore,
  Version,
} from '../../modules/catalog/schema.ts'
import { request, type Page } from './client.ts'

export type { Bilingual, CreateProduct, Picture, Price, Product, Store, UpdateProduct, UpdateStore, Version }

/** The store with its settings. */
export const storeQuery = queryOptions({
  queryKey: ['store'],
  queryFn: () => request<Store>('GET', '/store'),
  staleTime: 60_000,
})

/** Changes settings of the store; what is left out stays. */
export function updateStore(change: UpdateStore): Promise<Store> {
  return request('PATCH', '/store', { body: change })
}

/** In which order products are listed, each way. */
export const productSorts = ['-changed', 'changed', 'title', '-title'] as const

/** Products. */
export function productsQuery(filter: {
  status?: Product['status'] | undefined
  query?: string | undefined
  sort?: (typeof productSorts)[number]
}) {
  return infiniteQueryOptions({
    queryKey: ['products', filter],
    queryFn: ({ pageParam }) =>
      request<Page<Product>>('GET', '/products', { query: { ...filter, after: pageParam } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
}

/** One product. */
export function productQuery(id: string) {
  return queryOptions({
    queryKey: ['product', id],
    queryFn: () => request<Product>('GET', `/products/${id}`),
  })
}

/** Makes a draft. */
export function createProduct(input: CreateProduct): Promise<Product> {
  return request('POST', '/products', { body: input })
}

/** A product as it was read: what is changed since by somebody else is not overwritten. */
type ReadProduct = Pick<Product, 'id' | 'revision'>

/** Changes a product; what is left out stays. */
export function updateProduct({ id, revision }: ReadProduct, change: UpdateProduct): Promise<Product> {
  return request('PATCH', `/products/${id}`, { body: change, ifMatch: revision })
}

/** Sets all prices of a product. */
export function setPrices({ id, revision }: ReadProduct, prices: readonly Price[]): Promise<Product> {
  return request('PUT', `/products/${id}/prices`, { body: { prices }, ifMatch: revision })
}

/** Sets how many copies there are; null for no limit. */
export function setStock({ id, revision }: ReadProduct, limit: number | null): Promise<Product> {
  return request('PUT', `/products/${id}/stock`, { body: { limit }, ifMatch: revision })
}

/** Puts a product up for sale, takes it off, or puts it away. */
export function moveProduct(id: string, to: 'publish' | 'unpublish' | 'archive'): Promise<Product> {
  return request('POST', `/products/${id}/${to}`)
}

/** The editions of a product, the newest first. */
export function versionsQuery(productId: string) {
  return queryOptions({
    queryKey: ['versions', productId],
    queryFn: () => request<{ items: Version[] }>('GET', `/products/${productId}/versions`),
  })
}

/** What an edition holds. */
export type VersionContent = { notes?: Bilingual; fileIds?: readonly string[] }

/** Makes an edition, a draft until it is published. */
export function createVersion(productId: string, content: VersionContent): Promise<Version> {
  return request('POST', `/products/${productId}/versions`, { body: content })
}

/** Changes an edition that is not published. */
export function updateVersion(productId: string, id: string, content: VersionContent): Promise<Version> {
  return request('PATCH', `/products/${productId}/versions/${id}`, { body: content })
}

/** Publishes an edition: buyers get it from now on, earlier ones too. */
export function publishVersion(productId: string, id: string): Promise<Version> {
  return request('POST', `/products/${productId}/versions/${id}/publish`, { body: {} })
}

/** Adds an uploaded picture to a product. */
export function addPicture(productId: string, fileId: string): Promise<Product> {
  return request('POST', `/products/${productId}/pictures`, { body: { fileId } })
}

/** Puts the pictures in order; the first is the cover. */
export function orderPictures(productId: string, pictureIds: readonly string[]): Promise<Product> {
  return request('PUT', `/products/${productId}/pictures/order`, { body: { pictureIds } })
}

/** Takes a picture away. */
export function removePicture(productId: string, pictureId: string): Promise<Product> {
  return request('DELETE', `/products/${productId}/pictures/${pictureId}`)
}
