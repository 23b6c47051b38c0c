import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo, useState, type FormEvent, type ReactNode } from 'react'
import { Form, Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import {
  productQuery,
  setPrices,
  setStock,
  storeQuery,
  updateProduct,
  versionsQuery,
  type Product,
} from '../../api/catalog.ts'
import { usePerson } from '../../text/person.tsx'
import { PageHead } from '../../ui/page.tsx'
import { Notice, ProblemNotice, Said } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { SaveBar } from '../../ui/unsaved.tsx'
import { useMedia } from '../../ui/use-media.ts'
import { changedParts, useDraft, type Draft } from '../../ui/use-draft.ts'
import { FilesTab } from './files-tab.tsx'
import { ProductPreview } from './product-preview.tsx'
import { MoreTab } from './more-tab.tsx'
import { PicturesTab } from './pictures-tab.tsx'
import { PricesTab } from './prices-tab.tsx'
import { ProductBadge } from './price-text.tsx'
import { canSave, draftOf, pricesOf, stockOf, wordsOf, type ProductDraft } from './product-draft.ts'
import { ProductMoves, WhatIsMissing } from './product-moves.tsx'
import { QuestionsTab } from './questions-tab.tsx'
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
  const saved = useMemo(() => draftOf(product, store.currencies), [product, store.currencies])
  const draft = useDraft(saved)
  const { saving, submit, unready } = useSaving(product, draft, saved)
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
        <ProblemNotice error={saving.error} />
        {unready && <Notice tone="bad">{t('products.unready')}</Notice>}
        <div className={isWide ? 'beside' : undefined}>
          <EditorTabs product={product} draft={draft} error={saving.error} isWide={isWide} />
          {isWide && <ProductPreview product={product} draft={draft} />}
        </div>
        {!archived && <SaveBar dirty={draft.dirty} isPending={saving.isPending} onReset={draft.reset} />}
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

/** Saves what changed: words, prices and stock each where they belong, and only if all of it can be sent. */
function useSaving(product: Product, draft: Draft<ProductDraft>, saved: ProductDraft) {
  const { t } = usePerson()
  const notify = useNotify()
  const queries = useQueryClient()
  const [unready, setUnready] = useState(false)
  const saving = useMutation({
    mutationFn: async () => {
      const changed = changedParts(draft.value, saved)
      const words = wordsOf(changed)
      let after = product
      if (Object.keys(words).length > 0) after = await updateProduct(product.id, words)
      if (changed.prices !== undefined) after = await setPrices(product.id, pricesOf(changed.prices))
      if (changed.stock !== undefined) after = await setStock(product.id, stockOf(changed.stock) ?? null)
      return after
    },
    onSuccess: (after) => {
      queries.setQueryData(productQuery(product.id).queryKey, after)
      draft.reset()
      notify(t('common.state.saved'))
    },
    // A part may have been saved before another was refused.
    onError: () => void queries.invalidateQueries({ queryKey: productQuery(product.id).queryKey }),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['products'] }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const ready = canSave(draft.value)
    setUnready(!ready)
    if (ready) saving.mutate()
  }
  return { saving, submit, unready }
}
