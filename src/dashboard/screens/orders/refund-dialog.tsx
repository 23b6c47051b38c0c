import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { refundOrder, type OrderStory, type RefundOrder } from '../../api/checkout.ts'
import { newKey } from '../../api/client-key.ts'
import { wrongAt } from '../../api/errors-of.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioChoice } from '../../ui/choice-fields.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Checkbox, TextField } from '../../ui/fields.tsx'
import { MoneyField, typedAmount, type TypedAmount } from '../../ui/money-field.tsx'
import { Amount, Notice, ProblemNotice, Said } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { asksForStock, leftOfLine, leftOfOrder, refundWish, type RefundForm } from './refund-wish.ts'

/** Gives money back: all that is left, an amount, or lines. Nothing beyond what is left can be sent. */
export function RefundDialog(props: {
  order: OrderStory
  onClose: () => void
  onDone: () => void
}): ReactNode {
  const { order, onClose, onDone } = props
  const { t, money } = usePerson()
  const notify = useNotify()
  const left = leftOfOrder(order)
  const [form, setForm] = useState<RefundForm>({
    how: 'all',
    amount: typedAmount(undefined, order.currency),
    lines: [],
    reason: '',
    restock: true,
  })
  // One key for what the form says now: pressing twice refunds once, a changed form is another wish.
  const [key, setKey] = useState(newKey)
  const change = (part: Partial<RefundForm>) => {
    setForm((before) => ({ ...before, ...part }))
    setKey(newKey())
  }
  const outcome = refundWish(order, form)
  const refunding = useMutation({
    mutationFn: (wish: RefundOrder) => refundOrder(order.id, wish, key),
    onSuccess: ({ status, total }) => {
      notify(t(status === 'done' ? 'refund.done' : 'refund.on-its-way', { amount: money(total) }))
      onDone()
      onClose()
    },
  })
  const several = order.lines.length > 1
  return (
    <Dialog title={t('refund.title', { number: order.number })} isOpen onClose={onClose}>
      <p className="muted">
        {t('refund.left')} <Amount of={left} />
      </p>
      <RadioChoice
        label={t('refund.how')}
        value={form.how}
        onChange={(how) => change({ how })}
        choices={[
          { id: 'all', label: t('refund.all') },
          { id: 'amount', label: t('refund.amount') },
          ...(several ? [{ id: 'lines' as const, label: t('refund.lines') }] : []),
        ]}
      />
      {form.how === 'amount' && (
        <MoneyField
          label={t('refund.amount-label')}
          currency={order.currency}
          value={form.amount}
          onChange={(amount: TypedAmount) => change({ amount })}
          wrong={
            outcome.fault === 'too-much'
              ? t('refund.too-much', { amount: money(left) })
              : wrongAt(refunding.error, '/amount', true)
          }
        />
      )}
      {form.how === 'lines' && (
        <LineChoice order={order} chosen={form.lines} onChange={(lines) => change({ lines })} />
      )}
      <TextField
        label={t('refund.reason')}
        optional
        lines="many"
        maxLength={500}
        hint={t('refund.reason-hint')}
        value={form.reason}
        onChange={(reason) => change({ reason })}
      />
      {asksForStock(order, form) && (
        <Checkbox isSelected={form.restock} onChange={(restock) => change({ restock })}>
          {t('refund.restock')}
        </Checkbox>
      )}
      <Notice tone="warm">{t('refund.warning')}</Notice>
      <ProblemNotice error={refunding.error} />
      <div className="actions">
        <Button onPress={onClose}>{t('common.action.cancel')}</Button>
        <Button
          look="primary"
          isPending={refunding.isPending}
          isDisabled={outcome.wish === undefined}
          onPress={() => outcome.wish !== undefined && refunding.mutate(outcome.wish)}
        >
          {outcome.total === undefined
            ? t('orders.refund')
            : t('refund.submit', {
                amount: money({ amount: outcome.total.toString(), currency: order.currency }),
              })}
        </Button>
      </div>
    </Dialog>
  )
}

function LineChoice(props: {
  order: OrderStory
  chosen: readonly number[]
  onChange: (lines: number[]) => void
}): ReactNode {
  const { order, chosen, onChange } = props
  const { t, pick } = usePerson()
  return (
    <fieldset className="group">
      <legend>{t('refund.which-lines')}</legend>
      {order.lines
        .filter((line) => leftOfLine(line) > 0n)
        .map((line) => (
          <Checkbox
            key={line.line}
            isSelected={chosen.includes(line.line)}
            onChange={(on) =>
              onChange(on ? [...chosen, line.line] : chosen.filter((number) => number !== line.line))
            }
          >
            <Said>{pick(line.title)}</Said> ·{' '}
            <Amount of={{ amount: leftOfLine(line).toString(), currency: order.currency }} />
          </Checkbox>
        ))}
    </fieldset>
  )
}
