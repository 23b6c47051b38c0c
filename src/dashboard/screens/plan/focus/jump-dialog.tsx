import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState, type ReactNode } from 'react'
import { decideJump, jumpFiguresQuery, type JumpFigures } from '../../../api/focus.ts'
import { usePerson, useText } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { Amount, Ghost, Notice, ProblemNotice, Said } from '../../../ui/show.tsx'
import { Table, type Column } from '../../../ui/table.tsx'
import { useNotify } from '../../../ui/toasts.tsx'

type Jump = JumpFigures['jumps'][number]

/** Before another stream is begun: the last jumps in figures, what one takes, and the present one. Then the person decides. */
export function JumpDialog(props: { wanted?: string; onClose: () => void; onJump: () => void }): ReactNode {
  const t = useText()
  return (
    <Dialog title={t('jump.title')} isOpen onClose={props.onClose} wide>
      <Suspense fallback={<Ghost lines={5} />}>
        <Deciding {...props} />
      </Suspense>
    </Dialog>
  )
}

function Deciding(props: { wanted?: string; onClose: () => void; onJump: () => void }): ReactNode {
  const { wanted: given = '', onClose, onJump } = props
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const { data: figures } = useSuspenseQuery(jumpFiguresQuery)
  const [wanted, setWanted] = useState(given)
  const [reason, setReason] = useState('')
  const deciding = useMutation({
    mutationFn: (decision: 'stay' | 'jump') => decideJump({ wanted, reason, decision }),
    onSuccess: async (_, decision) => {
      await queries.invalidateQueries({ queryKey: ['focus'] })
      if (decision === 'jump') return onJump()
      notify(t('jump.stayed'))
      onClose()
    },
  })
  const isReady = wanted.trim() !== ''
  return (
    <div className="stack">
      <Figures figures={figures} />
      <TextField label={t('jump.wanted')} isRequired maxLength={200} value={wanted} onChange={setWanted} />
      <TextField
        label={t('jump.reason')}
        optional
        lines="many"
        maxLength={1000}
        value={reason}
        onChange={setReason}
      />
      <ProblemNotice error={deciding.error} />
      <div className="actions">
        <Button
          isDisabled={!isReady}
          isPending={deciding.isPending && deciding.variables === 'jump'}
          onPress={() => deciding.mutate('jump')}
        >
          {t('jump.jump')}
        </Button>
        <Button
          look="primary"
          isDisabled={!isReady}
          isPending={deciding.isPending && deciding.variables === 'stay'}
          onPress={() => deciding.mutate('stay')}
        >
          {t('jump.stay')}
        </Button>
      </div>
    </div>
  )
}

function Figures({ figures }: { figures: JumpFigures }): ReactNode {
  const { t, number, date } = usePerson()
  const { jumps, usualMinutes, present } = figures
  const hours = (minutes: number) => number(Math.round(minutes / 60))
  const columns: Column<Jump>[] = [
    { id: 'name', title: t('jump.stream'), main: true, cell: ({ name }) => <Said>{name}</Said> },
    { id: 'months', title: t('jump.stayed-with'), cell: ({ months }) => t('jump.months', { count: months }) },
    { id: 'hours', title: t('jump.hours'), figure: true, cell: ({ minutes }) => hours(minutes) },
    {
      id: 'first',
      title: t('jump.first-income'),
      cell: ({ monthsToIncome }) =>
        monthsToIncome === null ? t('jump.no-income') : t('jump.months', { count: monthsToIncome }),
    },
    {
      id: 'net',
      title: t('jump.left'),
      figure: true,
      cell: ({ net }) =>
        net.length === 0 ? '—' : net.map((amount) => <Amount key={amount.currency} of={amount} />),
    },
  ]
  return (
    <>
      {present !== null && (
        <Notice title={present.streamName}>
          <p>
            {t('jump.present', {
              days: Math.max(0, present.daysToKill),
              date: date(`${present.killOn}T12:00:00`),
              hours: hours(present.minutes),
              met: number(present.met),
              needed: number(present.needed),
            })}
          </p>
        </Notice>
      )}
      {jumps.length === 0 ? (
        <p className="muted">{t('jump.none')}</p>
      ) : (
        <Table
          label={t('jump.last')}
          columns={columns}
          rows={jumps}
          keyOf={({ name, leftOn }) => name + leftOn}
        />
      )}
      <p>
        {usualMinutes === null
          ? t('jump.cost-unknown')
          : t('jump.cost', { hours: Math.round(usualMinutes / 60) })}
      </p>
    </>
  )
}
