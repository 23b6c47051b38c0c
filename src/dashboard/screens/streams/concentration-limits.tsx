import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { setAlarmMails, setLimits, type Concentration, type Dimension } from '../../api/coverage.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Switch, TextField } from '../../ui/fields.tsx'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { readShare } from './concentration-share.ts'

/** From where on the person wants to be told, and why the usual limits are what they are. */
export function ConcentrationLimits({
  all,
  dimension,
}: {
  all: Concentration
  dimension: Dimension
}): ReactNode {
  const { t } = usePerson()
  const notify = useNotify()
  const queries = useQueryClient()
  const { by, limits } = dimension
  const [hhi, setHhi] = useState(() => typed(limits.hhi, 1))
  const [largest, setLargest] = useState(() => typed(limits.largest, 100))
  const read = { hhi: readShare(hhi, 1), largest: readShare(largest, 100) }
  const saving = useMutation({
    mutationFn: (those: readonly Dimension['by'][]) =>
      setLimits(those.map((one) => ({ by: one, hhi: read.hhi ?? null, largest: read.largest ?? null }))),
    onSuccess: async () => {
      notify(t('concentration.limits-saved'))
      await queries.invalidateQueries({ queryKey: ['streams', 'concentration'] })
    },
  })
  const unreadable = read.hhi === undefined || read.largest === undefined
  return (
    <Card title={t('concentration.limits')}>
      <p className="muted prose">{t('concentration.limits-lead')}</p>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate([by])
        }}
      >
        <div className="columns">
          <TextField
            label={t('concentration.limit-hhi')}
            hint={t('concentration.limit-hhi-hint')}
            wrong={read.hhi === undefined ? t('concentration.limit-hhi-wrong') : undefined}
            direction="ltr"
            inputMode="decimal"
            value={hhi}
            onChange={setHhi}
          />
          <TextField
            label={t('concentration.limit-largest')}
            hint={t('concentration.limit-largest-hint')}
            wrong={read.largest === undefined ? t('concentration.limit-largest-wrong') : undefined}
            direction="ltr"
            inputMode="decimal"
            value={largest}
            onChange={setLargest}
          />
        </div>
        <ProblemNotice error={saving.error} />
        <div className="row">
          <Button type="submit" isPending={saving.isPending} isDisabled={unreadable}>
            {t('concentration.limits-save')}
          </Button>
          <Button
            look="quiet"
            isDisabled={unreadable || saving.isPending}
            onPress={() => saving.mutate(all.dimensions.map((one) => one.by))}
          >
            {t('concentration.limits-save-all')}
          </Button>
        </div>
      </Form>
      <Mails mails={all.mails} />
    </Card>
  )
}

/** Whether the owners are told by mail, once for each time that a limit is passed. */
function Mails({ mails }: Pick<Concentration, 'mails'>): ReactNode {
  const { t } = usePerson()
  const notify = useNotify()
  const queries = useQueryClient()
  const turning = useMutation({
    mutationFn: setAlarmMails,
    onSuccess: async ({ on }) => {
      await queries.invalidateQueries({ queryKey: ['streams', 'concentration'] })
      notify(t(on ? 'concentration.mails-on' : 'concentration.mails-off'))
    },
  })
  const on = turning.isPending ? turning.variables : mails.on
  return (
    <div className="stack tight">
      <Switch isSelected={on} onChange={(wanted) => turning.mutate(wanted)}>
        {t('concentration.mails')}
      </Switch>
      <p className="hint">
        {t(mails.possible ? 'concentration.mails-hint' : 'concentration.mails-impossible')}
      </p>
      <ProblemNotice error={turning.error} />
    </div>
  )
}

function typed(share: number | null, unit: number): string {
  return share === null ? '' : String(Math.round(share * unit * 100) / 100)
}
