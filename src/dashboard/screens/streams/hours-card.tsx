import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { wrongAt } from '../../api/errors-of.ts'
import { enterHours, hoursQuery, removeHours, type Hours } from '../../api/streams.ts'
import { useRight, useSession } from '../../api/session.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Card } from '../../ui/page.tsx'
import { Badge, ProblemNotice, Said } from '../../ui/show.tsx'
import { More, Table, type Column } from '../../ui/table.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { DraftGuard } from '../../ui/unsaved.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { Purpose } from './purpose.tsx'
import { DurationField, readDuration } from './duration-field.tsx'
import { saidDuration } from './duration.ts'
import { today } from './today.ts'

/** The hours of a stream. */
export function HoursCard({ streamId }: { streamId: string }): ReactNode {
  const { t } = usePerson()
  const mayWrite = useRight('streams:write')
  const [entering, setEntering] = useState(false)
  const found = useInfiniteQuery(hoursQuery(streamId))
  const hours = found.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Card
      title={t('streams.hours.title')}
      flush
      actions={
        <>
          {hours.length > 0 && (
            <FileButton
              path="/exports/stream-hours"
              name={`${t('streams.hours.title')}.csv`}
              query={{ streamId }}
            >
              {t('list.export')}
            </FileButton>
          )}
          {mayWrite && (
            <Button small onPress={() => setEntering(true)}>
              {t('streams.hours.enter')}
            </Button>
          )}
        </>
      }
    >
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      {hours.length === 0 ? (
        <p className="muted">{t('streams.hours.empty')}</p>
      ) : (
        <HoursTable hours={hours} mayWrite={mayWrite} />
      )}
      <More
        hasMore={found.hasNextPage}
        isPending={found.isFetchingNextPage}
        onMore={() => void found.fetchNextPage()}
      />
      {entering && <HoursDialog streamId={streamId} onClose={() => setEntering(false)} />}
    </Card>
  )
}

function HoursTable({ hours, mayWrite }: { hours: readonly Hours[]; mayWrite: boolean }): ReactNode {
  const { t, date, number } = usePerson()
  const queries = useQueryClient()
  const notify = useNotify()
  const { person } = useSession()
  const refresh = () => queries.invalidateQueries({ queryKey: ['streams'] })
  const removing = useMutation({
    mutationFn: ({ id }: Hours) => removeHours(id),
    onSuccess: (_, { streamId, purpose, day, minutes, note, userId }) => {
      const again = () => enterHours({ streamId, purpose, day, minutes, note }).then(refresh)
      // Another person's hours would come back as one's own.
      if (userId === person.id) notify(t('streams.hours.removed'), () => void again())
      else notify(t('streams.hours.removed'))
      return refresh()
    },
  })
  const columns: Column<Hours>[] = [
    { id: 'day', title: t('streams.hours.day'), main: true, cell: ({ day }) => date(`${day}T12:00:00`) },
    {
      id: 'purpose',
      title: t('streams.hours.purpose'),
      cell: ({ purpose }) => <Badge>{t(`streams.hours.purposes.${purpose}`)}</Badge>,
    },
    {
      id: 'minutes',
      title: t('streams.hours.duration'),
      figure: true,
      cell: ({ minutes }) => saidDuration(minutes, t, number),
    },
    { id: 'note', title: t('streams.money.note'), cell: ({ note }) => note !== '' && <Said>{note}</Said> },
    ...(mayWrite
      ? [
          {
            id: 'acts',
            title: t('action.actions'),
            bare: true,
            cell: (entry: Hours) => (
              <Button
                look="quiet"
                small
                isPending={removing.isPending && removing.variables.id === entry.id}
                onPress={() => removing.mutate(entry)}
              >
                {t('streams.hours.remove')}
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <>
      <Table label={t('streams.hours.title')} columns={columns} rows={hours} keyOf={({ id }) => id} />
      <ProblemNotice error={removing.error} />
    </>
  )
}

type Wish = Pick<Hours, 'purpose' | 'day' | 'note'> & { typed: string }

function HoursDialog({ streamId, onClose }: { streamId: string; onClose: () => void }): ReactNode {
  const { t } = usePerson()
  const notify = useNotify()
  const queries = useQueryClient()
  const draft = useDraft<Wish>(
    { purpose: 'upkeep', typed: '', day: today(), note: '' },
    `new-hours.${streamId}`,
  )
  const { purpose, typed, day, note } = draft.value
  const minutes = readDuration(typed)
  const saving = useMutation({
    mutationFn: () => enterHours({ streamId, purpose, day, minutes: minutes ?? 0, note }),
    onSuccess: async () => {
      draft.reset()
      notify(t('streams.hours.entered'))
      await queries.invalidateQueries({ queryKey: ['streams'] })
      onClose()
    },
  })
  return (
    <Dialog title={t('streams.hours.enter')} isOpen onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        <DraftGuard draft={draft} isSent={saving.isPending || saving.isSuccess} />
        <DurationField
          value={typed}
          onChange={(text) => draft.change({ typed: text })}
          error={saving.error}
        />
        <Purpose value={purpose} onChange={(id) => draft.change({ purpose: id })} />
        <TextField
          label={t('streams.hours.day')}
          type="date"
          direction="ltr"
          value={day}
          onChange={(text) => draft.change({ day: text })}
          wrong={wrongAt(saving.error, '/day')}
        />
        <TextField
          label={t('streams.money.note')}
          optional
          maxLength={200}
          value={note}
          onChange={(text) => draft.change({ note: text })}
        />
        <ProblemNotice error={saving.error} />
        <div className="actions">
          <Button onPress={onClose}>{t('common.action.cancel')}</Button>
          <Button
            type="submit"
            look="primary"
            isPending={saving.isPending}
            isDisabled={minutes === undefined}
          >
            {t('streams.hours.do')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
