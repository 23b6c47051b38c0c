import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { wrongAt } from '../api/errors-of.ts'
import { sessionQuery, setUp, setUpQuery, type SetUp } from '../api/workspaces.ts'
import { usePerson } from '../text/person.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { Segments } from '../ui/segments.tsx'
import { CurrencyField } from '../ui/currency-field.tsx'
import { OwnEmailField, PasswordField, TextField } from '../ui/fields.tsx'
import { Card, PageHead } from '../ui/page.tsx'
import { Notice, ProblemNotice } from '../ui/show.tsx'
import { Gate } from './frame.tsx'

/** The first page of an installation, opened by the link that the server shows when it starts. */
export function SetUpScreen(): ReactNode {
  const { t, locale, preferences, prefer } = usePerson()
  const router = useRouter()
  const queries = useQueryClient()
  const [token] = useState(() => location.hash.slice(1))
  const [form, setForm] = useState<Omit<SetUp, 'token' | 'locale'>>({
    name: '',
    email: '',
    password: '',
    storeNameAr: '',
    storeNameEn: '',
    currency: 'SAR',
  })
  const change = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }))
  const done = useQuery(setUpQuery).data?.done === true
  const making = useMutation({
    mutationFn: () => {
      const names = [form.storeNameAr.trim(), form.storeNameEn.trim()]
      const [storeNameAr = '', storeNameEn = ''] = names.map((name) => (name === '' ? names.join('') : name))
      return setUp({ ...form, storeNameAr, storeNameEn, token, locale: preferences.locale })
    },
    onSuccess: async () => {
      queries.removeQueries({ queryKey: sessionQuery.queryKey })
      await router.navigate({ to: '/', replace: true })
    },
  })
  const wrong = (pointer: string) => wrongAt(making.error, pointer)
  if (done && !making.isSuccess) return <AlreadyDone />
  return (
    <Gate>
      <PageHead title={t('setup.title')} lead={t('setup.lead')} />
      {token === '' && (
        <Notice tone="warm" title={t('setup.no-token')}>
          {t('setup.no-token-detail')}
        </Notice>
      )}
      <Form
        className="stack loose"
        onSubmit={(event) => {
          event.preventDefault()
          making.mutate()
        }}
      >
        <Card title={t('setup.you')}>
          <TextField
            label={t('setup.your-name')}
            autoComplete="name"
            isRequired
            maxLength={120}
            value={form.name}
            onChange={(name) => change({ name })}
            wrong={wrong('/name')}
          />
          <OwnEmailField value={form.email} onChange={(email) => change({ email })} wrong={wrong('/email')} />
          <PasswordField
            label={t('common.field.password')}
            autoComplete="new-password"
            isRequired
            hint={t('setup.password-hint')}
            value={form.password}
            onChange={(password) => change({ password })}
            wrong={wrong('/password')}
          />
        </Card>
        <Card title={t('setup.store')}>
          <p className="muted">{t('setup.store-lead')}</p>
          <TextField
            label={t('setup.store-name-ar')}
            lang="ar"
            maxLength={120}
            value={form.storeNameAr}
            onChange={(storeNameAr) => change({ storeNameAr })}
            wrong={wrong('/storeNameAr')}
          />
          <TextField
            label={t('setup.store-name-en')}
            lang="en"
            maxLength={120}
            value={form.storeNameEn}
            onChange={(storeNameEn) => change({ storeNameEn })}
            wrong={wrong('/storeNameEn')}
            hint={t('setup.one-name')}
          />
          <CurrencyField
            label={t('setup.currency')}
            hint={t('setup.currency-hint')}
            value={form.currency}
            onChange={(currency) => change({ currency })}
          />
          <div className="field">
            <span className="label">{t('setup.language')}</span>
            <Segments
              label={t('setup.language')}
              choices={(['ar', 'en'] as const).map((id) => ({ id, label: t(`common.language.${id}`) }))}
              value={locale}
              onChange={(id) => void prefer({ locale: id })}
            />
          </div>
        </Card>
        <ProblemNotice error={making.error} />
        <Button
          type="submit"
          look="primary"
          isPending={making.isPending}
          isDisabled={token === '' || (form.storeNameAr + form.storeNameEn).trim() === ''}
        >
          {t('setup.submit')}
        </Button>
      </Form>
    </Gate>
  )
}

function AlreadyDone(): ReactNode {
  const { t } = usePerson()
  return (
    <Gate small>
      <PageHead title={t('setup.done')} lead={t('setup.done-detail')} />
      <Link to="/sign-in" className={buttonClass('primary')}>
        {t('common.action.sign-in')}
      </Link>
    </Gate>
  )
}
