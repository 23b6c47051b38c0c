import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { createProduct, type Bilingual } from '../../api/catalog.ts'
import { wrongInBoth } from '../../api/errors-of.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { BilingualField } from '../../ui/fields.tsx'
import { Card, PageHead } from '../../ui/page.tsx'
import { Notice, ProblemNotice } from '../../ui/show.tsx'
import { UnsavedGuard } from '../../ui/unsaved.tsx'
import { useKept } from '../../ui/use-kept.ts'

/** Begins a product with what it is called; all else is in its editor. */
export function NewProductScreen(): ReactNode {
  const t = useText()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { found, keep } = useKept<{ title: Bilingual; summary: Bilingual }>('new-product')
  const [title, setTitle] = useState(found?.value.title ?? { ar: '', en: '' })
  const [summary, setSummary] = useState(found?.value.summary ?? { ar: '', en: '' })
  const making = useMutation({
    mutationFn: () => createProduct({ title, summary }),
    onSuccess: (product) => {
      keep(undefined)
      queries.setQueryData(['product', product.id], product)
      void queries.invalidateQueries({ queryKey: ['products'] })
      return navigate({ to: '/products/$productId', params: { productId: product.id }, replace: true })
    },
  })
  const named = (title.ar + title.en).trim() !== ''
  const typed = named || summary.ar + summary.en !== ''
  useEffect(() => {
    if (!making.isSuccess) keep(typed ? { title, summary } : undefined)
  }, [making.isSuccess, typed, title, summary, keep])
  return (
    <>
      <PageHead
        title={t('products.new')}
        lead={t('products.new-lead')}
        back={{ to: '/products', label: t('nav.products') }}
      />
      <UnsavedGuard dirty={typed && !making.isPending && !making.isSuccess} />
      <Form
        className="stack loose"
        onSubmit={(event) => {
          event.preventDefault()
          making.mutate()
        }}
      >
        <Card>
          <BilingualField
            label={t('products.title')}
            maxLength={150}
            value={title}
            onChange={setTitle}
            hint={t('products.title-hint')}
            wrong={wrongInBoth(making.error, '/title')}
          />
          <BilingualField
            label={t('products.summary')}
            lines="many"
            maxLength={400}
            value={summary}
            onChange={setSummary}
            hint={t('products.summary-hint')}
            wrong={wrongInBoth(making.error, '/summary')}
          />
        </Card>
        <Notice>{t('products.new-next')}</Notice>
        <ProblemNotice error={making.error} />
        <div className="row">
          <Button type="submit" look="primary" isPending={making.isPending} isDisabled={!named}>
            {t('products.create')}
          </Button>
        </div>
      </Form>
    </>
  )
}
