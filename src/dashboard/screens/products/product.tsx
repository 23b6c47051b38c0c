import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, type ReactNode } from 'react'
import { Form, Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { productQuery, storeQuery, versionsQuery, type Product } from '../../api/catalog.ts'
import { isRefusedAs } from '../../api/errors-of.ts'
import { usePerson } from '../../text/person.tsx'
import { PageHead } from '../../ui/page.tsx'
import { Notice, ProblemNotice, Said } from '../../ui/show.tsx'
import { KeptNotice, SaveBar } from '../../ui/unsaved.tsx'
import { useMedia } from '../../ui/use-media.ts'
import { useDraft, type Draft } from '../../ui/use-draft.ts'
import { ProductConflicts } from './conflicts.tsx'
import { FilesTab } from './files-tab.tsx'
import { ProductPreview } from './product-preview.tsx'
import { MoreTab } from './more-tab.tsx'
import { PicturesTab } from './pictures-tab.tsx'
import { PricesTab } from './prices-tab.tsx'
import { ProductBadge } from './price-text.tsx'
import { draftOf, type ProductDraft } from './product-draft.ts'
import { ProductMoves, WhatIsMissing } from './product-moves.tsx'
import { QuestionsTab } from './questions-tab.tsx'
import { useSavingProduct } from './use-saving-product.ts'
import { WordsTab } from './words-tab.tsx'

const tabs = ['words', 'prices', 'files', 'pictures', 'questions', 'more', 'preview'] as const

/** What every tab of the editor gets. `error` is what the server refused when it was last saved. */
export type TabProps = { product: Product; draft: Draft<ProductDraft>; error: unknown }

/** The editor of one product. */
export function ProductScreen(): ReactNode {
  const { productId } = useParams({ from: '/inside/products/$productId' })
  const { data: product } = useSuspenseQuery(productQuery(productId))
  // Another product is another form: nothing typed for one may end up in the other.
  return <Editor key={productId} product={product} />
}

function Editor({ product }: { product: Product }): ReactNode {
  const { t, pick } = usePerson()
  const { data: store } = useSuspenseQuery(storeQuery)
  const { data: versions } = useSuspenseQuery(versionsQuery(product.id))
  const read = useCallback((from: Product) => draftOf(from, store.currencies), [store.currencies])
  const saved = useMemo(() => read(product), [read, product])
  const draft = useDraft(saved, `product.${product.id}`)
  const { saving, submit, unready } = useSavingProduct(product, draft, read)
  const title = pick(product.title) || t('products.untitled')
  const isWide = useMedia('(min-width: 80rem)')
  const archived = product.status === 'archived'
  return (
    <>
      <PageHead
        title={
          <span className="row">
            <Said>{title}</Said>
            <ProductBadge status={product.status} />
          </span>
        }
        name={title}
        back={{ to: '/products', label: t('nav.products') }}
        actions={<ProductMoves product={product} dirty={draft.dirty} />}
      />
      {archived && <Notice tone="warm">{t('products.archived-notice')}</Notice>}
      {product.status === 'draft' && <WhatIsMissing product={product} versions={versions.items} />}
      <Form className="stack loose" onSubmit={submit}>
        <KeptNotice at={draft.keptAt} onDiscard={draft.reset} />
        <ProductConflicts draft={draft} saved={saved} />
        {draft.conflicts.length === 0 && !isRefusedAs(saving.error, 'changed-meanwhile') && (
          <ProblemNotice error={saving.error} />
        )}
        {unready && <Notice tone="bad">{t('products.unready')}</Notice>}
        <div className={isWide ? 'beside' : undefined}>
          <EditorTabs product={product} draft={draft} error={saving.error} isWide={isWide} />
          {isWide && <ProductPreview product={product} draft={draft} />}
        </div>
        {!archived && (
          <SaveBar
            dirty={draft.dirty}
            isPending={saving.isPending}
            isWaiting={saving.isWaiting}
            onReset={draft.reset}
          />
        )}
      </Form>
    </>
  )
}

function EditorTabs(props: TabProps & { isWide: boolean }): ReactNode {
  const { t } = usePerson()
  const { tab } = useSearch({ from: '/inside/products/$productId' })
  const navigate = useNavigate({ from: '/products/$productId' })
  // Where there is room the page stands beside the form.
  const shown = props.isWide ? tabs.filter((id) => id !== 'preview') : tabs
  const panels: Record<(typeof tabs)[number], ReactNode> = {
    words: <WordsTab {...props} />,
    prices: <PricesTab {...props} />,
    files: <FilesTab product={props.product} />,
    pictures: <PicturesTab product={props.product} />,
    questions: <QuestionsTab {...props} />,
    more: <MoreTab {...props} />,
    preview: <ProductPreview {...props} />,
  }
  return (
    <Tabs
      className="stack loose"
      selectedKey={shown.find((known) => known === tab) ?? 'words'}
      onSelectionChange={(key) =>
        void navigate({ search: { tab: String(key) }, replace: true, resetScroll: false })
      }
    >
      <TabList className="tabs" aria-label={t('products.parts')}>
        {shown.map((id) => (
          <Tab key={id} id={id}>
            {t(`products.tab.${id}`)}
          </Tab>
        ))}
      </TabList>
      {shown.map((id) => (
        <TabPanel key={id} id={id}>
          {panels[id]}
        </TabPanel>
      ))}
    </Tabs>
  )
}
