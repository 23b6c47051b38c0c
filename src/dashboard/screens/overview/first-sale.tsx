import { Link, useNavigate, useSearch, type LinkProps } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { Product, Store } from '../../api/catalog.ts'
import { overviewQuery } from '../../api/overview.ts'
import { useSession } from '../../api/session.ts'
import { usePerson } from '../../text/person.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Card } from '../../ui/page.tsx'

/** What the guide looks at. */
export type Progress = { store: Store; products: readonly Product[]; hasOrder: boolean }

type StepId = 'store' | 'product' | 'file' | 'publish' | 'sale'
type Step = {
  id: StepId
  done: boolean
  go: Pick<LinkProps, 'to' | 'params' | 'search'> & { outside?: string }
}

/** 'Your first sale in five steps': knows what is done, can be put away and found again. */
export function FirstSale(props: Progress): ReactNode {
  const { t, number, locale } = usePerson()
  const workspaceId = useSession().current?.workspaceId ?? ''
  const key = `rafid.guide-away.${workspaceId}`
  const search = useSearch({ from: '/inside/' })
  const wanted = 'guide' in search
  const [gone, setAway] = useState(() => localStorage.getItem(key) !== null)
  const away = gone && !wanted
  const navigate = useNavigate({ from: '/' })
  const hasFile = useQuery(overviewQuery).data?.hasFile ?? false
  const steps = stepsOf(props, hasFile, locale)
  const done = steps.filter((step) => step.done).length
  if (done === steps.length) return null
  const put = (gone: boolean) => {
    if (gone) localStorage.setItem(key, 'away')
    else localStorage.removeItem(key)
    setAway(gone)
    void navigate({ search: {}, replace: true, resetScroll: false })
  }
  if (away)
    return (
      <div>
        <Button small look="quiet" onPress={() => put(false)}>
          {t('guide.again', { done, total: steps.length })}
        </Button>
      </div>
    )
  const next = steps.find((step) => !step.done)
  return (
    <Card
      title={t('guide.title')}
      actions={
        <>
          <span className="muted small">
            {t('guide.progress', { done: number(done), total: number(steps.length) })}
          </span>
          <Button small look="quiet" onPress={() => put(true)}>
            {t('guide.away')}
          </Button>
        </>
      }
    >
      <ol className="steps">
        {steps.map((step, at) => (
          <li key={step.id} className={step.done ? 'done' : step === next ? 'next' : ''}>
            <span className="dot">
              {step.done ? <Check size={18} aria-label={t('guide.done')} /> : number(at + 1)}
            </span>
            <div>
              <strong>{t(`guide.step.${step.id}`)}</strong>
              {step === next && <p className="muted">{t(`guide.why.${step.id}`)}</p>}
            </div>
            {step === next && <Go step={step} />}
          </li>
        ))}
      </ol>
    </Card>
  )
}

function Go({ step: { id, go } }: { step: Step }): ReactNode {
  const { t } = usePerson()
  const { outside, ...link } = go
  if (outside !== undefined)
    return (
      <a className={buttonClass('primary')} href={outside} target="_blank" rel="noreferrer">
        {t(`guide.go.${id}`)}
      </a>
    )
  return (
    <Link {...link} className={buttonClass('primary')}>
      {t(`guide.go.${id}`)}
    </Link>
  )
}

/** The five steps and which of them are done; a later step done makes those that it needs done too. */
export function stepsOf(
  { store, products, hasOrder }: Progress,
  hasFile: boolean,
  locale: 'ar' | 'en',
): Step[] {
  const published = products.find(({ status }) => status === 'published')
  const draft = products.find(({ status }) => status === 'draft')
  const inEditor = (tab: string): Step['go'] =>
    draft === undefined
      ? { to: '/products' }
      : { to: '/products/$productId', params: { productId: draft.id }, search: { tab } }
  const named = store.name.ar !== '' && store.name.en !== '' && store.tagline.ar + store.tagline.en !== ''
  const selling = published !== undefined || hasOrder
  return [
    { id: 'store', done: named || selling, go: { to: '/settings' } },
    { id: 'product', done: products.length > 0 || selling, go: { to: '/products/new' } },
    { id: 'file', done: hasFile || selling, go: inEditor('files') },
    { id: 'publish', done: selling, go: inEditor('prices') },
    {
      id: 'sale',
      done: hasOrder,
      go:
        published === undefined
          ? { to: '/products' }
          : { outside: `/${locale}/${store.slug}/${published.slug}` },
    },
  ]
}
