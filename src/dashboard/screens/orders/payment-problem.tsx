import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { isCurrencyCode } from '../../../shared/currencies.ts'
import { settleMismatch, type OrderStory, type SettleMismatch } from '../../api/checkout.ts'
import { newKey } from '../../api/client-key.ts'
import { useRight } from '../../api/session.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioChoice } from '../../ui/choice-fields.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Notice, ProblemNotice } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'

type Payment = OrderStory['payments'][number]

/** Payments of another amount than the order’s: what arrived, and the way to settle each. */
export function PaymentProblems({ order, onDone }: { order: OrderStory; onDone: () => void }): ReactNode {
  const { t, money } = usePerson()
  const maySettle = useRight('orders:refund')
  const [asked, setAsked] = useState<Payment | undefined>(undefined)
  return (
    <>
      {order.payments
        .filter(({ problem }) => problem !== null)
        .map((payment) => (
          <Notice
            key={payment.id}
            tone="bad"
            title={t('orders.mismatch')}
            action={
              maySettle && (
                <div>
                  <Button small onPress={() => setAsked(payment)}>
                    {t('orders.settle')}
                  </Button>
                </div>
              )
            }
          >
            {t('orders.mismatch-detail', { asked: money(payment.amount), said: saidAmount(payment, money) })}
          </Notice>
        ))}
      {asked !== undefined && (
        <SettleDialog order={order} payment={asked} onClose={() => setAsked(undefined)} onDone={onDone} />
      )}
    </>
  )
}

/** A currency that is unknown here is shown as the provider wrote it. */
function saidAmount({ observed }: Payment, money: ReturnType<typeof usePerson>['money']): string {
  if (observed === null) return '–'
  const { amount, currency } = observed
  return isCurrencyCode(currency) ? money({ amount, currency }) : `${amount} ${currency}`
}

function SettleDialog(props: {
  order: OrderStory
  payment: Payment
  onClose: () => void
  onDone: () => void
}): ReactNode {
  const { order, payment, onClose, onDone } = props
  const { t, money } = usePerson()
  const notify = useNotify()
  const returnable = payment.observed?.status === 'paid' && isCurrencyCode(payment.observed.currency)
  const [action, setAction] = useState<SettleMismatch['action']>(returnable ? 'return' : 'note')
  const [note, setNote] = useState('')
  const [key, setKey] = useState(newKey)
  const said = saidAmount(payment, money)
  const settling = useMutation({
    mutationFn: () => settleMismatch({ orderId: order.id, paymentId: payment.id }, { action, note }, key),
    onSuccess: () => {
      notify(t('orders.settled'))
      onDone()
      onClose()
    },
  })
  return (
    <Dialog title={t('orders.settle-title')} isOpen onClose={onClose}>
      <p className="muted">{t('orders.mismatch-detail', { asked: money(payment.amount), said })}</p>
      {returnable && (
        <RadioChoice
          label={t('orders.settle-how')}
          value={action}
          onChange={(chosen) => {
            setAction(chosen)
            setKey(newKey())
          }}
          choices={[
            { id: 'return', label: t('orders.settle-return', { amount: said }) },
            { id: 'note', label: t('orders.settle-note') },
          ]}
        />
      )}
      <TextField
        label={t('orders.settle-words')}
        optional={action === 'return'}
        lines="many"
        maxLength={500}
        hint={t('orders.settle-words-hint')}
        value={note}
        onChange={(text) => {
          setNote(text)
          setKey(newKey())
        }}
      />
      <ProblemNotice error={settling.error} />
      <div className="actions">
        <Button onPress={onClose}>{t('common.action.cancel')}</Button>
        <Button
          look="primary"
          isPending={settling.isPending}
          isDisabled={action === 'note' && note.trim() === ''}
          onPress={() => settling.mutate()}
        >
          {action === 'return' ? t('orders.settle-return', { amount: said }) : t('orders.settle')}
        </Button>
      </div>
    </Dialog>
  )
}
