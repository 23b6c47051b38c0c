export { createStore } from './operations/create-store.ts'
export { updateStore } from './operations/update-store.ts'
export { getStore } from './operations/get-store.ts'
export { getPublicStore } from './operations/get-public-store.ts'
export { touchStore } from './operations/touch-store.ts'
export { createProduct } from './operations/create-product.ts'
export { updateProduct } from './operations/update-product.ts'
export { getProduct } from './operations/get-product.ts'
export { findWaitingProducts } from './operations/find-waiting.ts'
export { listProducts } from './operations/list-products.ts'
export { listProductsSchema } from './schema.ts'
export { setPrices } from './operations/set-prices.ts'
export { setStock } from './operations/set-stock.ts'
export { publishProduct } from './operations/publish-product.ts'
export { archiveProduct, unpublishProduct } from './operations/withdraw-product.ts'
export { createVersion } from './operations/create-version.ts'
export { updateVersion } from './operations/update-version.ts'
export { publishVersion } from './operations/publish-version.ts'
export { getVersion, listVersions } from './operations/get-version.ts'
export { findProductPage } from './operations/find-product-page.ts'
export { listShelf } from './operations/list-shelf.ts'
export { listShelfProducts } from './operations/list-shelf-products.ts'
export { pages } from './pages/index.ts'
export { storeFrame, visit, type Visit } from './pages/visit.ts'
export { priceIn } from './pages/offer.tsx'
export { ChosenPrice, readChosenPrice, type PriceProblem } from './pages/chosen-price.tsx'
export { ProductArt } from './pages/product-art.tsx'
export { fileKind, fileSize } from './pages/file-words.ts'
export { searchProducts, type FoundProduct, type SearchProducts } from './operations/search-products.ts'
export { pricesForCart, type CartPrice } from './operations/prices-for-cart.ts'
export {
  LOW_STOCK,
  releaseStock,
  reserveStock,
  returnStock,
  sellStock,
  sellUnreservedStock,
  type Shortage,
  type StockItem,
} from './operations/move-stock.ts'
export {
  findPublishedFile,
  latestFiles,
  latestVersions,
  type DeliverableFile,
  type PublishedVersion,
} from './operations/files-of-versions.ts'
export { announcements } from './announcements.ts'
export { api } from './api.ts'
export { jobs } from './jobs.ts'
export { addPicture, orderPictures, removePicture } from './operations/change-pictures.ts'
export { getFile, listFiles } from './operations/get-file.ts'
export { receiveFile, type ReceiveFile } from './operations/receive-file.ts'
export { versionPublished } from './events.ts'
export { getVersionNews, type VersionNews } from './operations/get-version-news.ts'
export { productsThatTellSold, recordSold } from './operations/record-sold.ts'
export { removeCover, setCover } from './operations/change-cover.ts'
export { productSettings } from './operations/product-settings.ts'
export { registerPaymentProvider } from './rules/providers.ts'
export { registerProductKind, type ProductKind } from './rules/kinds.ts'
export { renderMarkdown } from './rules/render-markdown.ts'
export { asCurrency } from './schema.ts'
export type {
  Bilingual,
  CreateProduct,
  CreateStore,
  Faq,
  FileRecord,
  Picture,
  Price,
  Product,
  ProductPage,
  PublicStore,
  ShelfProduct,
  Store,
  StoreAddress,
  Version,
} from './schema.ts'
export { personal } from './personal.ts'
