import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Archive, CircleCheck, Circle, Ellipsis, EyeOff, ExternalLink, Rocket } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { moveProduct, productQuery, type Product, type Version } from '../../api/catalog.ts'
import { useRight, useStoreSlug } from '../../api/session.ts'
import { usePerson, useText } from '../../text/person.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { lacksForSale } from './product-draft.ts'

/** Putting up for sale, taking off, putting away, and looking at the public page. */
export function ProductMoves({ product, dirty }: { product: Product; dirty: boolean }): ReactNode {
  const { t, locale } = usePerson()
  const notify = useNotify()
  const queries = useQueryClient()
  const slug = useStoreSlug()
  const mayWrite = useRight('products:write')
  const [asking, setAsking] = useState<'archive' | undefined>(undefined)
  const moving = useMutation({
    mutationFn: (to: 'publish' | 'unpublish' | 'archive') => moveProduct(product.id, to),
    onSuccess: (after, to) => {
      queries.setQueryData(productQuery(product.id).queryKey, after)
      void queries.invalidateQueries({ queryKey: ['products'] })
      void queries.invalidateQueries({ queryKey: ['versions', product.id] })
      setAsking(undefined)
      if (to === 'unpublish') notify(t('products.unpublished'), () => moving.mutate('publish'))
      else notify(t(to === 'publish' ? 'products.published' : 'products.archived'))
    },
    onError: () => setAsking(undefined),
  })
  const menu = [
    ...(product.status === 'published'
      ? [
          {
            id: 'hide',
            label: t('products.unpublish'),
            icon: EyeOff,
            onAction: () => moving.mutate('unpublish'),
          },
        ]
      : []),
    {
      id: 'archive',
      label: t('products.archive'),
      icon: Archive,
      bad: true,
      onAction: () => setAsking('archive'),
    },
  ]
  return (
    <>
      {product.status === 'published' && slug !== undefined && (
        <a
          className={buttonClass()}
          href={`/${locale}/${slug}/${product.slug}`}
          target="_blank"
          rel="noreferrer"
        >
          <ExternalLink size={18} className="turn" aria-hidden />
          {t('products.public-page')}
        </a>
      )}
      {mayWrite && product.status === 'draft' && (
        <Button
          look="primary"
          icon={Rocket}
          isDisabled={dirty}
          isPending={moving.isPending}
          onPress={() => moving.mutate('publish')}
        >
          {t('products.publish')}
        </Button>
      )}
      {mayWrite && product.status !== 'archived' && (
        <Menu label={t('products.more-actions')} entries={menu}>
          <Button icon={Ellipsis} label={t('products.more-actions')} />
        </Menu>
      )}
      <Confirm
        title={t('products.archive-title')}
        action={t('products.archive')}
        isOpen={asking === 'archive'}
        isPending={moving.isPending}
        onConfirm={() => moving.mutate('archive')}
        onClose={() => setAsking(undefined)}
      >
        <p>{t('products.archive-detail')}</p>
      </Confirm>
      {moving.error !== null && (
        <div style={{ flexBasis: '100%' }}>
          <ProblemNotice error={moving.error} />
        </div>
      )}
    </>
  )
}

const places = { title: 'words', price: 'prices', files: 'files' } as const

/** What a draft still lacks, with the way to each. */
export function WhatIsMissing({
  product,
  versions,
}: {
  product: Product
  versions: readonly Version[]
}): ReactNode {
  const t = useText()
  const edition = versions.find(({ publishedAt }) => publishedAt !== null) ?? versions[0]
  const missing = lacksForSale(product, edition?.files.length ?? 0)
  return (
    <Card title={t(missing.length === 0 ? 'products.ready' : 'products.missing')}>
      <ul className="row" style={{ gap: 'var(--s2) var(--s5)' }}>
        {(['title', 'price', 'files'] as const).map((part) => {
          const lacking = missing.includes(part)
          const Icon = lacking ? Circle : CircleCheck
          return (
            <li key={part} className="row">
              <Icon size={18} aria-hidden style={{ color: lacking ? 'var(--edge)' : 'var(--good)' }} />
              {lacking ? (
                <Link
                  to="/products/$productId"
                  params={{ productId: product.id }}
                  search={{ tab: places[part] }}
                  replace
                >
                  {t(`products.lacks.${part}`)}
                </Link>
              ) : (
                <span className="muted">{t(`products.has.${part}`)}</span>
              )}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
