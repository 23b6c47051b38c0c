import type { ReactNode } from 'react'
import { Form } from 'react-aria-components'
import type { Store } from '../../api/catalog.ts'
import { wrongAt, wrongInBoth } from '../../api/errors-of.ts'
import { useText } from '../../text/person.tsx'
import { Segments } from '../../ui/segments.tsx'
import { BilingualField, TextField } from '../../ui/fields.tsx'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/show.tsx'
import { SaveBar } from '../../ui/unsaved.tsx'
import { useStoreDraft } from './use-store-draft.ts'

function pick({ name, tagline, about, refundPolicy, slug, supportEmail, defaultLocale }: Store) {
  return { name, tagline, about, refundPolicy, slug, supportEmail, defaultLocale }
}

/** What the store is called and says of itself. */
export function StoreSettings(): ReactNode {
  const t = useText()
  const { draft, error, isPending, isWaiting, submit } = useStoreDraft(pick, (changed) => changed)
  const { value, change } = draft
  return (
    <Form className="stack loose" onSubmit={submit}>
      <ProblemNotice error={error} />
      <Card title={t('settings.store.names')}>
        <BilingualField
          label={t('settings.store.name')}
          maxLength={100}
          value={value.name}
          onChange={(name) => change({ name })}
          wrong={wrongInBoth(error, '/name')}
        />
        <BilingualField
          label={t('settings.store.tagline')}
          maxLength={200}
          hint={t('settings.store.tagline-hint')}
          value={value.tagline}
          onChange={(tagline) => change({ tagline })}
          wrong={wrongInBoth(error, '/tagline')}
        />
        <TextField
          label={t('settings.store.slug')}
          value={value.slug}
          onChange={(slug) => change({ slug })}
          hint={<bdi dir="ltr">{`${location.origin}/${value.defaultLocale}/${value.slug}`}</bdi>}
          wrong={wrongAt(error, '/slug')}
        />
        <div className="field">
          <span className="label">{t('settings.store.language')}</span>
          <Segments
            label={t('settings.store.language')}
            choices={(['ar', 'en'] as const).map((id) => ({ id, label: t(`common.language.${id}`) }))}
            value={value.defaultLocale}
            onChange={(defaultLocale) => change({ defaultLocale })}
          />
          <span className="hint">{t('settings.store.language-hint')}</span>
        </div>
        <TextField
          label={t('settings.store.support')}
          optional
          type="email"
          direction="ltr"
          value={value.supportEmail}
          onChange={(supportEmail) => change({ supportEmail })}
          hint={t('settings.store.support-hint')}
          wrong={wrongAt(error, '/supportEmail')}
        />
      </Card>
      <Card title={t('settings.store.about')}>
        <BilingualField
          label={t('settings.store.about')}
          lines="tall"
          value={value.about}
          onChange={(about) => change({ about })}
          hint={t('field.markdown-hint')}
          wrong={wrongInBoth(error, '/about')}
        />
      </Card>
      <Card title={t('products.refund-policy')}>
        <p className="muted">{t('settings.store.refund-lead')}</p>
        <BilingualField
          label={t('products.refund-policy')}
          lines="tall"
          value={value.refundPolicy}
          onChange={(refundPolicy) => change({ refundPolicy })}
          hint={t('field.markdown-hint')}
          wrong={wrongInBoth(error, '/refundPolicy')}
        />
      </Card>
      <SaveBar dirty={draft.dirty} isPending={isPending} isWaiting={isWaiting} onReset={draft.reset} />
    </Form>
  )
}
