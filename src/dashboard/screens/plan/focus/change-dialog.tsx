import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { updateFocus, type Focus } from '../../../api/focus.ts'
import { fromApi } from '../../../../shared/money.ts'
import { useText } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { typedAmount } from '../../../ui/money-field.tsx'
import { ProblemNotice } from '../../../ui/show.tsx'
import { LimitsFields, readLimits, type TypedLimits } from './limits-fields.tsx'

/** Changes the limits and the rule of the one stream. */
export function ChangeDialog({ focus, onClose }: { focus: Focus; onClose: () => void }): ReactNode {
  const t = useText()
  const queries = useQueryClient()
  const [typed, setTyped] = useState(() => typedOf(focus))
  const limits = readLimits(typed)
  const saving = useMutation({
    mutationFn: async () => {
      if (limits !== undefined) await updateFocus(limits)
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['focus'] })
      onClose()
    },
  })
  return (
    <Dialog title={t('focus.change')} isOpen onClose={onClose} wide>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        <p className="prose">{t('focus.change-lead')}</p>
        <LimitsFields value={typed} error={saving.error} fixedCurrency onChange={setTyped} />
        <ProblemNotice error={saving.error} />
        <div className="actions">
          <Button onPress={onClose}>{t('common.action.cancel')}</Button>
          <Button type="submit" look="primary" isPending={saving.isPending} isDisabled={limits === undefined}>
            {t('common.action.save')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

function typedOf({ killOn, lossCap, rule }: Focus): TypedLimits {
  const { currency } = lossCap
  return {
    killOn,
    currency,
    lossCap: typedAmount(fromApi(lossCap).amountMinor, currency),
    amount: typedAmount(fromApi(rule.amount).amountMinor, currency),
    months: String(rule.months),
    of: String(rule.of),
    upkeepHours: String(rule.upkeepHours),
  }
}
