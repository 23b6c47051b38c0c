import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { createProduct } from '../../api/catalog.ts'
import { wrongInBoth } from '../../api/errors-of.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { BilingualField } from '../../ui/fields.tsx'
import { Card, PageHead } from '../../ui/page.tsx'
import { Notice, ProblemNotice } from '../../ui/show.tsx'
import { DraftGuard } from '../../ui/unsaved.tsx'
import { useDraft } from '../../ui/use-draft.ts'

const blank = { title: { ar: '', en: '' }, summary: { ar: '', en: '' } }

/** Begins a product with what it is called; all else is in its editor. */
export function NewProductScreen(): ReactNode {
  const t = useText()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const draft = useDraft(blank, 'new-product')
  const { title, summary } = draft.value
  const making = useMutation({
    mutationFn: () => createProduct({ title, summary }),
    onSuccess: (product) => {
      draft.reset()
      queries.setQueryData(['product', product.id], product)
      void queries.invalidateQueries({ queryKey: ['products'] })
      return navigate({ to: '/products/$productId', params: { productId: product.id }, replace: true })
    },
  })
  const named = (title.ar + title.en).trim() !== ''
  return (
    <>
      <PageHead
        title={t('products.new')}
        lead={t('products.new-lead')}
        back={{ to: '/products', label: t('nav.products') }}
      />
      <DraftGuard draft={draft} isSent={making.isPending || making.isSuccess} />
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
            onChange={(text) => draft.change({ title: text })}
            hint={t('products.title-hint')}
            wrong={wrongInBoth(making.error, '/title')}
          />
          <BilingualField
            label={t('products.summary')}
            lines="many"
            maxLength={400}
            value={summary}
            onChange={(text) => draft.change({ summary: text })}
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
