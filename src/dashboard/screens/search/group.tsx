import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Collection, Header, MenuItem, MenuSection } from 'react-aria-components'
import { highlight } from '../../../shared/arabic.ts'
import type { Hit } from '../../api/search.ts'
import type { OrderSummary } from '../../api/checkout.ts'
import type { ApiMessageSummary } from '../../api/messages.ts'
import type { Product } from '../../api/catalog.ts'
import { usePerson } from '../../text/person.tsx'
import { Amount, Said, Time } from '../../ui/show.tsx'
import { MessageBadge } from '../messages/message-badge.tsx'
import { OrderBadge } from '../orders/order-badge.tsx'
import { ProductBadge } from '../products/price-text.tsx'

/** One line that can be chosen: something found, or a text. */
export type Row = { id: string; run: () => void; keepOpen?: boolean; quiet?: boolean } & (
  { hit: Hit } | { text: string; said?: boolean }
)

/** The lines of one kind, under their name. */
export function Group(props: { id: string; title: string; rows: readonly Row[]; query: string }): ReactNode {
  const { id, title, rows, query } = props
  const { pick } = usePerson()
  return (
    <MenuSection id={id} aria-label={title}>
      <Header className="palette-title">{title}</Header>
      <Collection items={rows}>
        {(row) => (
          <MenuItem
            id={row.id}
            className={row.quiet === true ? 'option muted' : 'option'}
            textValue={'hit' in row ? pick(row.hit.title) : row.text}
            onAction={row.run}
            shouldCloseOnSelect={row.keepOpen !== true}
          >
            {'hit' in row ? (
              <HitLine hit={row.hit} query={query} />
            ) : (
              <>
                <span className="grow">
                  {row.said === true ? <Said>{row.text}</Said> : <Marked text={row.text} query={query} />}
                </span>
                <ArrowRight size={16} className="turn" aria-hidden />
              </>
            )}
          </MenuItem>
        )}
      </Collection>
    </MenuSection>
  )
}

function HitLine({ hit, query }: { hit: Hit; query: string }): ReactNode {
  const { pick } = usePerson()
  const { kind, title, detail, amount, at } = hit
  return (
    <>
      <span className="grow palette-hit">
        <bdi dir={kind === 'order' ? 'ltr' : 'auto'}>
          <Marked text={pick(title)} query={query} />
        </bdi>
        {detail !== '' && (
          <span className="muted small">
            <bdi dir="auto">
              <Marked text={detail} query={query} />
            </bdi>
          </span>
        )}
      </span>
      <State hit={hit} />
      {amount !== null && <Amount of={amount} />}
      {at !== null && (
        <span className="muted small palette-at">
          <Time at={at} />
        </span>
      )}
    </>
  )
}

/** States come from the same words as in the lists. */
function State({ hit: { kind, state } }: { hit: Hit }): ReactNode {
  if (state === '') return null
  // The server names each kind's states as the kind's own route does.
  if (kind === 'order') return <OrderBadge status={state as OrderSummary['status']} />
  if (kind === 'product') return <ProductBadge status={state as Product['status']} />
  if (kind === 'message') return <MessageBadge status={state as ApiMessageSummary['status']} />
  return null
}

function Marked({ text, query }: { text: string; query: string }): ReactNode {
  let at = 0
  return highlight(text, query).map(({ text: part, hit }) => {
    at += part.length
    return hit ? <mark key={at}>{part}</mark> : part
  })
}
