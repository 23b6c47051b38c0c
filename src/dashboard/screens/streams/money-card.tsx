import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { moneyQuery, reverseMoney, type IncomeStream, type MoneyEntry } from '../../api/streams.ts'
import { useRight } from '../../api/session.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Card } from '../../ui/page.tsx'
import { Amount, Badge, ProblemNotice, Said } from '../../ui/show.tsx'
import { More, Table, type Column } from '../../ui/table.tsx'
import { MoneyDialog } from './money-dialog.tsx'

/** What was posted of a stream. */
export function MoneyCard({ stream, currency }: { stream: IncomeStream; currency: CurrencyCode }): ReactNode {
  const { t } = usePerson()
  const found = useInfiniteQuery(moneyQuery(stream.id))
  const entries = found.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Card
      title={t('streams.money.title')}
      flush
      actions={
        entries.length > 0 && (
          <FileButton
            path="/exports/stream-money"
            name={`${stream.name}.csv`}
            query={{ streamId: stream.id }}
          >
            {t('list.export')}
          </FileButton>
        )
      }
    >
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      {entries.length === 0 ? (
        <p className="muted">
          {t(stream.productId === null ? 'streams.money.empty' : 'streams.money.empty-product')}
        </p>
      ) : (
        <Entries entries={entries} stream={stream} currency={currency} />
      )}
      <More
        hasMore={found.hasNextPage}
        isPending={found.isFetchingNextPage}
        onMore={() => void found.fetchNextPage()}
      />
    </Card>
  )
}

type EntriesProps = { entries: readonly MoneyEntry[]; stream: IncomeStream; currency: CurrencyCode }

function Entries({ entries, stream, currency }: EntriesProps): ReactNode {
  const { t, date } = usePerson()
  const mayWrite = useRight('streams:write')
  const [correcting, setCorrecting] = useState<MoneyEntry | undefined>(undefined)
  const [reversing, setReversing] = useState<MoneyEntry | undefined>(undefined)
  const columns: Column<MoneyEntry>[] = [
    { id: 'on', title: t('streams.money.on'), main: true, cell: ({ on }) => date(`${on}T12:00:00`) },
    {
      id: 'what',
      title: t('streams.money.what'),
      cell: ({ origin, note, reversed }) => (
        <span className="row">
          <Badge>{t(`streams.money.origins.${origin}`)}</Badge>
          {reversed && <Badge tone="warm">{t('streams.money.reversed')}</Badge>}
          {note !== '' && <Said>{note}</Said>}
        </span>
      ),
    },
    {
      id: 'amount',
      title: t('streams.money.amount'),
      figure: true,
      cell: ({ parts }) => (
        <span className="stack" style={{ gap: 0 }}>
          {parts.map(({ kind, amount }, at) => (
            // Lines of one entry have no name but their place.
            <span key={at}>
              {kind === 'cost' && <span className="muted small">{t('streams.money.kinds.cost')} </span>}
              <Amount of={amount} />
            </span>
          ))}
        </span>
      ),
    },
    ...(mayWrite
      ? [
          {
            id: 'acts',
            title: t('action.actions'),
            bare: true,
            cell: (entry: MoneyEntry) =>
              isChangeable(entry) && (
                <span className="row">
                  <Button look="quiet" small onPress={() => setCorrecting(entry)}>
                    {t('streams.money.correct')}
                  </Button>
                  <Button look="quiet" small onPress={() => setReversing(entry)}>
                    {t('streams.money.reverse')}
                  </Button>
                </span>
              ),
          },
        ]
      : []),
  ]
  return (
    <>
      <Table label={t('streams.money.title')} columns={columns} rows={entries} keyOf={({ id }) => id} />
      {correcting !== undefined && (
        <MoneyDialog
          streams={[stream]}
          streamId={stream.id}
          currency={currency}
          correcting={correcting}
          onClose={() => setCorrecting(undefined)}
        />
      )}
      {reversing !== undefined && (
        <Reverse streamId={stream.id} entry={reversing} onClose={() => setReversing(undefined)} />
      )}
    </>
  )
}

function isChangeable({ origin, reversed }: MoneyEntry): boolean {
  return !reversed && (origin === 'hand' || origin === 'recurring' || origin === 'import')
}

function Reverse(props: { streamId: string; entry: MoneyEntry; onClose: () => void }): ReactNode {
  const { streamId, entry, onClose } = props
  const { t } = usePerson()
  const queries = useQueryClient()
  const reversing = useMutation({
    mutationFn: () => reverseMoney(streamId, entry.id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['streams'] })
      onClose()
    },
  })
  return (
    <Confirm
      title={t('streams.money.reverse-title')}
      action={t('streams.money.reverse')}
      isOpen
      isPending={reversing.isPending}
      onConfirm={() => reversing.mutate()}
      onClose={onClose}
    >
      <p>{t('streams.money.reverse-detail')}</p>
      <ProblemNotice error={reversing.error} />
    </Confirm>
  )
}
