import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { isProblem } from '../../api/client.ts'
import { statusQuery, type ApiStatus } from '../../api/status.ts'
import { useText } from '../../text/person.tsx'
import { Card } from '../../ui/page.tsx'
import { Badge, Empty, Ghost, Notice, ProblemNotice, Said, Time } from '../../ui/show.tsx'

const MEGABYTE = 1_000_000
const tones = { good: 'good', poor: 'warm', bad: 'bad' } as const

type Finding = ApiStatus['findings'][number]

/** How the server is, in words: what is wrong first, and what to do about it. */
export function StatusSettings(): ReactNode {
  const t = useText()
  const found = useQuery(statusQuery)
  if (found.isPending) return <Ghost lines={8} />
  if (isProblem(found.error) && found.error.problem.status === 404)
    return <Empty title={t('settings.status.elsewhere')}>{t('settings.status.elsewhere-why')}</Empty>
  if (found.data === undefined)
    return <ProblemNotice error={found.error} retry={() => void found.refetch()} />
  const { findings, version } = found.data
  const wrong = findings.filter(({ state }) => state !== 'good')
  const broken = findings.some(({ state }) => state === 'bad')
  const sorted = [
    ...wrong.toSorted((one) => (one.state === 'bad' ? -1 : 1)),
    ...findings.filter(({ state }) => state === 'good'),
  ]
  return (
    <>
      <p className="muted prose">{t('settings.status.lead')}</p>
      {wrong.length === 0 ? (
        <Notice tone="good" title={t('settings.status.all-good')} />
      ) : (
        <Notice
          tone={broken ? 'bad' : 'warm'}
          title={t(broken ? 'settings.status.broken' : 'settings.status.look')}
        />
      )}
      <Card title={t('settings.status.parts')} flush>
        <ul className="findings">
          {sorted.map((one) => (
            <Row key={`${one.check} ${one.says}`} of={one} />
          ))}
        </ul>
      </Card>
      <BackupCard of={found.data} />
      <p className="muted">{t('settings.status.version', { version })}</p>
    </>
  )
}

function Row({ of }: { of: Finding }): ReactNode {
  const t = useText()
  return (
    <li>
      <Badge tone={tones[of.state]}>{t(`settings.status.states.${of.state}`)}</Badge>
      <div className="stack tight">
        <strong>{of.name}</strong>
        <span>{of.says}</span>
        {of.do !== '' && <span className="muted">{of.do}</span>}
      </div>
    </li>
  )
}

function BackupCard({ of: { backup, backupEveryHours } }: { of: ApiStatus }): ReactNode {
  const t = useText()
  return (
    <Card title={t('settings.status.backup.title')}>
      {backup === null ? (
        <p>{t('settings.status.backup.none')}</p>
      ) : (
        <dl className="facts">
          <dt>{t('settings.status.backup.at')}</dt>
          <dd>
            <Time at={backup.finishedAt} exact />
          </dd>
          <dt>{t('settings.status.backup.place')}</dt>
          <dd>
            <Said ltr>{backup.place}</Said>
          </dd>
          <dt>{t('settings.status.backup.holds')}</dt>
          <dd>
            {t('settings.status.backup.amount', {
              rows: backup.rows,
              files: backup.files,
              megabytes: Math.round(backup.bytes / MEGABYTE),
            })}
          </dd>
          <dt>{t('settings.status.backup.keys')}</dt>
          <dd>
            {t(backup.secrets ? 'settings.status.backup.with-keys' : 'settings.status.backup.without-keys')}
          </dd>
        </dl>
      )}
      <p className="muted">
        {backupEveryHours === null
          ? t('settings.status.backup.by-hand', { variable: 'BACKUP_TO', command: 'rafid backup' })
          : t('settings.status.backup.by-itself', { hours: backupEveryHours })}
      </p>
    </Card>
  )
}
