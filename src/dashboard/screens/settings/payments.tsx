import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CreditCard, Mail } from 'lucide-react'
import type { ReactNode } from 'react'
import { storeQuery } from '../../api/catalog.ts'
import { mailStateQuery } from '../../api/messages.ts'
import { useRight } from '../../api/session.ts'
import { useText } from '../../text/person.tsx'
import { Card } from '../../ui/page.tsx'
import { Badge, Notice, Said, Time } from '../../ui/show.tsx'

/** How buyers pay, and how e-mail goes out. Both are the operator's: here one sees how they stand. */
export function PaymentSettings(): ReactNode {
  const t = useText()
  const { data: store } = useSuspenseQuery(storeQuery)
  const testOnly = store.providers.every((name) => name === 'test')
  const mayReadMail = useRight('messages:read')
  return (
    <div className="stack loose">
      <Card title={t('settings.payments.title')}>
        <ul className="items">
          {store.providers.map((name) => (
            <li key={name}>
              <div className="row between">
                <span className="row">
                  <CreditCard size={20} aria-hidden />
                  {name === 'test' ? t('orders.provider-test') : <Said>{name}</Said>}
                </span>
                <Badge tone={name === 'test' ? 'warm' : 'good'}>
                  {t(name === 'test' ? 'settings.payments.trial' : 'settings.payments.live')}
                </Badge>
              </div>
              {name === 'test' && <p className="muted">{t('settings.payments.test-detail')}</p>}
            </li>
          ))}
        </ul>
        {testOnly && <Notice tone="warm">{t('settings.payments.test-only')}</Notice>}
      </Card>
      {mayReadMail && <MailState />}
    </div>
  )
}

function MailState(): ReactNode {
  const t = useText()
  const { data } = useQuery(mailStateQuery)
  return (
    <Card
      title={
        <span className="row">
          <Mail size={20} aria-hidden />
          {t('settings.mail.title')}
        </span>
      }
      actions={<Link to="/messages">{t('settings.mail.all')}</Link>}
    >
      {data?.waiting === true ? (
        <Notice tone="warm" title={t('messages.no-server')}>
          {t('messages.no-server-detail')}
        </Notice>
      ) : data?.lastSentAt !== undefined ? (
        <Notice tone="good">
          {t('settings.mail.works')} <Time at={data.lastSentAt} />
        </Notice>
      ) : (
        <p className="muted">{t('settings.mail.unused')}</p>
      )}
    </Card>
  )
}
