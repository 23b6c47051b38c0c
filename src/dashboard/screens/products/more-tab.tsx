import type { ReactNode } from 'react'
import { wrongAt, wrongInBoth } from '../../api/errors-of.ts'
import { useStoreSlug } from '../../api/session.ts'
import { useText } from '../../text/person.tsx'
import { BilingualField, Switch, TextField } from '../../ui/fields.tsx'
import { Card } from '../../ui/page.tsx'
import type { TabProps } from './product.tsx'
import { SampleCard } from './sample-card.tsx'

/** The product's addresses, its sample, its proof and its own refund policy. */
export function MoreTab({ product, draft, error }: TabProps): ReactNode {
  const t = useText()
  const store = useStoreSlug() ?? ''
  const { value, change } = draft
  return (
    <div className="stack loose">
      <Card title={t('products.address')}>
        <TextField
          label={t('products.slug')}
          value={value.slug}
          onChange={(slug) => change({ slug })}
          hint={<bdi dir="ltr">{`/${store}/${value.slug}`}</bdi>}
          wrong={wrongAt(error, '/slug')}
        />
        <TextField
          label={t('products.short-slug')}
          optional
          direction="ltr"
          value={value.shortSlug}
          onChange={(shortSlug) => change({ shortSlug })}
          hint={t('products.short-slug-hint')}
          wrong={wrongAt(error, '/shortSlug')}
        />
      </Card>
      <SampleCard product={product} />
      <Card title={t('products.proof')}>
        <Switch isSelected={value.showsSold} onChange={(showsSold) => change({ showsSold })}>
          {t('products.shows-sold')}
        </Switch>
        <p className="hint">{t('products.shows-sold-hint')}</p>
      </Card>
      <Card title={t('products.refund-policy')}>
        <p className="muted">{t('products.refund-policy-lead')}</p>
        <BilingualField
          label={t('products.refund-policy')}
          lines="many"
          value={value.refundPolicy}
          onChange={(refundPolicy) => change({ refundPolicy })}
          hint={t('field.markdown-hint')}
          wrong={wrongInBoth(error, '/refundPolicy')}
        />
      </Card>
    </div>
  )
}
