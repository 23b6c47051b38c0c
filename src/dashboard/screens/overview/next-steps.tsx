import { Link, type LinkProps } from '@tanstack/react-router'
import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Product, Store } from '../../api/catalog.ts'
import { useRight } from '../../api/session.ts'
import type { TextKey } from '../../text/messages.ts'
import { usePerson } from '../../text/person.tsx'
import { Card } from '../../ui/page.tsx'
import { Said } from '../../ui/show.tsx'

type Step = { id: string; text: TextKey; about?: Product; go: Pick<LinkProps, 'to' | 'params' | 'search'> }

const mostShown = 3

/** What would help most next, read from what is there: at most three, and none that is done. */
export function NextSteps({ store, products }: { store: Store; products: readonly Product[] }): ReactNode {
  const { t, pick } = usePerson()
  const mayProducts = useRight('products:write')
  const mayStore = useRight('store:write')
  const steps = [
    ...(mayProducts ? productSteps(products) : []),
    ...(mayStore ? storeSteps(store) : []),
  ].slice(0, mostShown)
  if (steps.length === 0) return null
  return (
    <Card title={t('overview.next')}>
      <ul className="items">
        {steps.map(({ id, text, about, go }) => (
          <li key={id}>
            <Link {...go} className="row" style={{ flexWrap: 'nowrap' }}>
              <span className="grow">
                {t(text)} {about !== undefined && <Said>{pick(about.title)}</Said>}
              </span>
              <ArrowRight size={16} className="turn" aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function productSteps(products: readonly Product[]): Step[] {
  const sold = products.filter(({ status }) => status === 'published')
  const ways: [TextKey, string, (product: Product) => boolean][] = [
    ['overview.step.picture', 'pictures', ({ pictures }) => pictures.length === 0],
    ['overview.step.summary', 'words', ({ summary }) => summary.ar === '' && summary.en === ''],
    ['overview.step.other-language', 'words', ({ title }) => title.ar === '' || title.en === ''],
    ['overview.step.questions', 'questions', ({ faq }) => faq.length === 0],
  ]
  return ways.flatMap(([text, tab, lacks]) => {
    const about = sold.find(lacks)
    if (about === undefined) return []
    const go = { to: '/products/$productId', params: { productId: about.id }, search: { tab } } as const
    return [{ id: text, text, about, go }]
  })
}

function storeSteps(store: Store): Step[] {
  const lacksPolicy = store.refundPolicy.ar === '' && store.refundPolicy.en === ''
  return [
    ...(lacksPolicy
      ? [{ id: 'policy', text: 'overview.step.policy', go: { to: '/settings/selling' } } as const]
      : []),
    ...(store.supportEmail === ''
      ? [{ id: 'support', text: 'overview.step.support', go: { to: '/settings' } } as const]
      : []),
  ]
}
