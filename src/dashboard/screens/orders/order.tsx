import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Ban, FileText, MailPlus, Undo2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { cancelOrder, documentPath, orderQuery, resendReceipt, type OrderStory } from '../../api/checkout.ts'
import { newKey } from '../../api/client-key.ts'
import { useRight } from '../../api/session.ts'
import { usePerson, useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Card, PageHead } from '../../ui/page.tsx'
import { Badge, Notice, ProblemNotice, Said, Time } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { OrderBadge } from './order-badge.tsx'
import { Deliveries } from './deliveries.tsx'
import { OrderLines } from './order-lines.tsx'
import { PaymentProblems } from './payment-problem.tsx'
import { RefundDialog } from './refund-dialog.tsx'
import { Story } from './story.tsx'

/** One order: who, what, how it was paid, and all that happened. */
export function OrderScreen(): ReactNode {
  const t = useText()
  const { orderId } = useParams({ from: '/inside/orders/$orderId' })
  const { data: order } = useSuspenseQuery({
    ...orderQuery(orderId),
    // What the provider still has to say shows up by itself.
    refetchInterval: ({ state }) => (state.data !== undefined && isMoving(state.data) ? 3_000 : false),
  })
  return (
    <>
      <PageHead
        title={
          <span className="row">
            <bdi dir="ltr">{order.number}</bdi>
            <OrderBadge status={order.status} />
          </span>
        }
        name={order.number}
        back={{ to: '/orders', label: t('nav.orders') }}
        actions={<OrderActions order={order} />}
      />
      <OrderNotices order={order} />
      <div className="split">
        <div className="stack loose">
          <Card title={t('orders.lines')} flush>
            <OrderLines order={order} />
          </Card>
          <Card title={t('orders.story')}>
            <Story order={order} />
          </Card>
        </div>
        <div className="stack loose">
          <Buyer order={order} />
          <Deliveries order={order} />
          <Documents order={order} />
        </div>
      </div>
    </>
  )
}

function isMoving({ payment, refunds }: OrderStory): boolean {
  return payment?.status === 'processing' || refunds.some(({ status }) => status === 'pending')
}

function OrderNotices({ order }: { order: OrderStory }): ReactNode {
  const { t, money } = usePerson()
  const queries = useQueryClient()
  const pending = order.refunds.filter(({ status }) => status === 'pending')
  const failed = order.refunds.filter(({ status }) => status === 'failed')
  return (
    <>
      {pending.map(({ id, total }) => (
        <Notice key={id} tone="accent">
          {t('orders.refund-pending', { amount: money(total) })}
        </Notice>
      ))}
      {failed.map(({ id, total, failedReason }) => (
        <Notice key={id} tone="bad" title={t('orders.refund-failed', { amount: money(total) })}>
          {failedReason !== null && <Said>{failedReason}</Said>}
        </Notice>
      ))}
      <PaymentProblems order={order} onDone={() => void queries.invalidateQueries()} />
    </>
  )
}

function OrderActions({ order }: { order: OrderStory }): ReactNode {
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const mayRefund = useRight('orders:refund')
  const mayWrite = useRight('orders:write')
  const [asking, setAsking] = useState<'refund' | 'cancel' | undefined>(undefined)
  const refresh = () => {
    void queries.invalidateQueries({ queryKey: ['orders'] })
    void queries.invalidateQueries({ queryKey: ['messages'] })
    return queries.invalidateQueries({ queryKey: ['order', order.id] })
  }
  const resending = useMutation({
    mutationFn: () => resendReceipt(order.id, newKey()),
    onSuccess: () => {
      notify(t('orders.receipt-sent'))
      return refresh()
    },
  })
  const cancelling = useMutation({
    mutationFn: () => cancelOrder(order.id),
    onSuccess: () => {
      notify(t('orders.cancelled'))
      return refresh()
    },
    onSettled: () => setAsking(undefined),
  })
  const left = BigInt(order.total.amount) - BigInt(order.refunded.amount)
  const paid = order.paidAt !== null
  return (
    <>
      {mayWrite && paid && (
        <Button icon={MailPlus} isPending={resending.isPending} onPress={() => resending.mutate()}>
          {t('orders.resend-receipt')}
        </Button>
      )}
      {mayRefund && paid && left > 0n && (
        <Button icon={Undo2} turn look="danger" onPress={() => setAsking('refund')}>
          {t('orders.refund')}
        </Button>
      )}
      {mayWrite && order.status === 'pending' && (
        <Button icon={Ban} look="danger" onPress={() => setAsking('cancel')}>
          {t('orders.cancel')}
        </Button>
      )}
      {asking === 'refund' && (
        <RefundDialog order={order} onClose={() => setAsking(undefined)} onDone={() => void refresh()} />
      )}
      <Confirm
        title={t('orders.cancel-title')}
        action={t('orders.cancel')}
        isOpen={asking === 'cancel'}
        isPending={cancelling.isPending}
        onConfirm={() => cancelling.mutate()}
        onClose={() => setAsking(undefined)}
      >
        <p>{t('orders.cancel-detail')}</p>
      </Confirm>
      {(resending.error ?? cancelling.error) !== null && (
        <div style={{ flexBasis: '100%' }}>
          <ProblemNotice error={resending.error ?? cancelling.error} />
        </div>
      )}
    </>
  )
}

function Buyer({ order }: { order: OrderStory }): ReactNode {
  const t = useText()
  const payment = order.payment ?? order.payments.at(-1)
  return (
    <Card title={t('orders.buyer')}>
      <dl className="facts">
        <dt>{t('common.field.name')}</dt>
        <dd>
          <Said>{order.buyerName}</Said>
        </dd>
        <dt>{t('common.field.email')}</dt>
        <dd>
          <a href={`mailto:${order.email}`}>
            <Said ltr>{order.email}</Said>
          </a>
        </dd>
        <dt>{t('orders.language')}</dt>
        <dd>{t(`common.language.${order.locale}`)}</dd>
        <dt>{t('orders.placed')}</dt>
        <dd>
          <Time at={order.placedAt} exact />
        </dd>
        {payment !== undefined && payment !== null && (
          <>
            <dt>{t('orders.payment')}</dt>
            <dd>
              {payment.provider === 'test' ? t('orders.provider-test') : <Said>{payment.provider}</Said>}{' '}
              <Badge
                tone={
                  payment.status === 'captured' ? 'good' : payment.status === 'declined' ? 'bad' : 'plain'
                }
              >
                {t(`orders.payment-state.${payment.status}`)}
              </Badge>
            </dd>
          </>
        )}
      </dl>
    </Card>
  )
}

function Documents({ order }: { order: OrderStory }): ReactNode {
  const t = useText()
  const free = order.paidAt !== null && order.total.amount === '0'
  const issued = order.documents.filter(({ kind }) => kind !== 'receipt')
  return (
    <Card title={t('orders.documents')}>
      {free && (
        <FileButton look="quiet" icon={FileText} path={documentPath(order.id, 'receipt')} name="receipt.pdf">
          {t('orders.document.receipt')}
        </FileButton>
      )}
      {issued.length === 0 ? (
        !free && (
          <p className="muted">
            {t(order.paidAt === null ? 'orders.no-documents' : 'orders.documents-soon')}
          </p>
        )
      ) : (
        <ul className="items">
          {issued.map(({ id, kind, number, issuedAt }) => (
            <li key={id}>
              <FileButton
                look="quiet"
                icon={FileText}
                path={documentPath(order.id, id)}
                name={`${number}.pdf`}
              >
                {t(`orders.document.${kind}`)} <bdi dir="ltr">{number}</bdi>
              </FileButton>
              <span className="muted small">
                <Time at={issuedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
