import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { entryQuery, type Entry } from '../../api/ledger.ts'
import { useSession } from '../../api/session.ts'
import { usePerson, useText } from '../../text/person.tsx'
import { Card, PageHead } from '../../ui/page.tsx'
import { Notice, Said, Time } from '../../ui/show.tsx'
import { EntryKind, SourceKind } from './entry-kind.tsx'
import { EntryTable } from './entry-table.tsx'
import { Reverse } from './reverse-entry.tsx'
import { isOpen } from './reversal-form.ts'

/** One entry: its lines, where it came from, and what was done about it. */
export function EntryScreen(): ReactNode {
  const { t, number } = usePerson()
  const { entryId } = useParams({ from: '/inside/ledger/entries/$entryId' })
  const { data: entry } = useSuspenseQuery(entryQuery(entryId))
  return (
    <>
      <PageHead
        title={<EntryKind kind={entry.kind} />}
        name={t('ledger.entry')}
        lead={entry.memo === '' ? undefined : <Said>{entry.memo}</Said>}
        back={{ to: '/ledger/journal', label: t('ledger.tab.journal') }}
        actions={<Reverse entry={entry} />}
      />
      {entry.reversedBy.length > 0 && (
        <Notice tone="warm">
          {t(entry.postings.some(isOpen) ? 'ledger.was-reversed-in-part' : 'ledger.was-reversed')}{' '}
          {entry.reversedBy.map((id, at) => (
            <Link key={id} to="/ledger/entries/$entryId" params={{ entryId: id }} className="spaced">
              {t('ledger.show-reversal')} {entry.reversedBy.length > 1 && number(at + 1)}
            </Link>
          ))}
        </Notice>
      )}
      <div className="split">
        <Card title={t('ledger.lines')} flush>
          <EntryTable postings={entry.postings} />
        </Card>
        <Story entry={entry} />
      </div>
    </>
  )
}

function Story({ entry }: { entry: Entry }): ReactNode {
  const t = useText()
  const { effectiveAt, recordedAt, source, actor, reverses, posts, id, hash } = entry
  return (
    <Card title={t('ledger.story')}>
      <dl className="facts">
        <dt>{t('ledger.effective')}</dt>
        <dd>
          <Time at={effectiveAt} exact />
        </dd>
        <dt>{t('ledger.recorded')}</dt>
        <dd>
          <Time at={recordedAt} exact />
        </dd>
        {actor !== null && (
          <>
            <dt>{t('ledger.actor')}</dt>
            <dd>
              <Actor actor={actor} />
            </dd>
          </>
        )}
        {source !== null && (
          <>
            <dt>{t('ledger.source')}</dt>
            <dd>
              {source.kind === 'order' ? (
                <Link to="/orders/$orderId" params={{ orderId: source.id }}>
                  {t('ledger.source-order')}
                </Link>
              ) : (
                <SourceKind kind={source.kind} />
              )}
              {' · '}
              <Link to="/ledger/journal" search={{ source: `${source.kind}/${source.id}` }}>
                {t('ledger.same-source')}
              </Link>
            </dd>
          </>
        )}
        {reverses !== null && (
          <>
            <dt>{t('ledger.reverses')}</dt>
            <dd>
              <Link to="/ledger/entries/$entryId" params={{ entryId: reverses }}>
                {t('ledger.show-original')}
              </Link>
            </dd>
          </>
        )}
        {posts !== null && (
          <>
            <dt>{t('ledger.posts-hold')}</dt>
            <dd>
              <bdi dir="ltr" className="code small">
                {posts}
              </bdi>
            </dd>
          </>
        )}
        <dt>{t('ledger.chain')}</dt>
        <dd>
          {hash === null ? (
            t('ledger.chain-soon')
          ) : (
            <bdi dir="ltr" className="code">{`${hash.slice(0, 12)}…`}</bdi>
          )}
        </dd>
        <dt>{t('ledger.entry-id')}</dt>
        <dd>
          <bdi dir="ltr" className="code small">
            {id}
          </bdi>
        </dd>
      </dl>
    </Card>
  )
}

/** Who posted it. The books keep no names: a person is known here if they are the reader. */
function Actor({ actor }: { actor: NonNullable<Entry['actor']> }): ReactNode {
  const t = useText()
  const session = useSession()
  switch (actor.kind) {
    case 'member':
      return t(session?.person?.id === actor.id ? 'ledger.actor-you' : 'ledger.actor-member')
    case 'token':
      return t('ledger.actor-token')
    default:
      return t('ledger.actor-program')
  }
}
