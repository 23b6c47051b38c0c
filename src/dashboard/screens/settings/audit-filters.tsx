import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import { useRight } from '../../api/session.ts'
import { membersQuery, type LogFilter } from '../../api/workspaces.ts'
import { endOfDay, startOfDay } from '../../days.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { SearchSelect, Select } from '../../ui/choice-fields.tsx'
import { TextField } from '../../ui/fields.tsx'
import { auditActions } from './audit-actions.ts'

const kinds = [
  'all',
  'store',
  'product',
  'version',
  'file',
  'order',
  'ledger-entry',
  'ledger-hold',
  'ledger-period',
  'token',
  'member',
  'invitation',
  'workspace',
  'webhook-endpoint',
  'message',
  'person',
  'privacy-request',
  'stream-import',
] as const

/** What the reader looks for; empty where it does not matter. Days are those of the reader's clock. */
export type Wanted = {
  person: string
  action: string
  kind: (typeof kinds)[number]
  since: string
  until: string
}

/** Everything. */
const noFilter: Wanted = { person: '', action: '', kind: 'all', since: '', until: '' }

/** What is asked of the server; the last day counts whole. */
export function filterOf({ person, action, kind, since, until }: Wanted): LogFilter {
  const [from, to] = [startOfDay(since), endOfDay(until)]
  return {
    ...(person !== '' && { userId: person }),
    ...(action !== '' && { action }),
    ...(kind !== 'all' && { subjectKind: kind }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  }
}

type Search = { person?: string; action?: string; kind?: string; since?: string; until?: string }

/** What the address says, as the fields have it. */
export function wantedOf({ person = '', action = '', kind, since = '', until = '' }: Search): Wanted {
  return { person, action, kind: kinds.find((known) => known === kind) ?? 'all', since, until }
}

/** What is said in the address: nothing of what does not matter. */
export function searchOf({ kind, ...rest }: Wanted): Search {
  const said = Object.entries({ ...rest, kind: kind === 'all' ? '' : kind }).filter(([, text]) => text !== '')
  return Object.fromEntries(said)
}

/** By whom, what, of what, and when. */
export function AuditFilters(props: { wanted: Wanted; onChange: (wanted: Wanted) => void }): ReactNode {
  const { wanted, onChange } = props
  const t = useText()
  const mayReadMembers = useRight('members:read')
  const members = useQuery({ ...membersQuery, enabled: mayReadMembers }).data?.items
  const people = useMemo(
    () => [
      { id: '', label: t('settings.audit.anybody') },
      ...(members ?? []).map(({ userId, name }) => ({ id: userId, label: name })),
    ],
    [members, t],
  )
  const actions = useMemo(
    () => [
      { id: '', label: t('settings.audit.any-action') },
      ...auditActions.map((id) => ({ id, label: t(`settings.audit.does.${id}`) })),
    ],
    [t],
  )
  const put = (change: Partial<Wanted>) => onChange({ ...wanted, ...change })
  return (
    <div className="columns">
      {mayReadMembers && (
        <SearchSelect
          label={t('settings.audit.person')}
          choices={people}
          value={wanted.person}
          onChange={(person) => put({ person })}
        />
      )}
      <SearchSelect
        label={t('settings.audit.action')}
        choices={actions}
        value={wanted.action}
        onChange={(action) => put({ action })}
      />
      <Select
        label={t('settings.audit.subject')}
        choices={kinds.map((id) => ({ id, label: t(`settings.audit.kinds.${id}`) }))}
        value={wanted.kind}
        onChange={(kind) => put({ kind })}
      />
      <TextField
        label={t('settings.audit.since')}
        type="date"
        value={wanted.since}
        onChange={(since) => put({ since })}
      />
      <TextField
        label={t('settings.audit.until')}
        type="date"
        value={wanted.until}
        onChange={(until) => put({ until })}
      />
      {Object.keys(searchOf(wanted)).length > 0 && (
        <div className="field" style={{ justifyContent: 'end' }}>
          <Button look="quiet" icon={X} onPress={() => onChange(noFilter)}>
            {t('settings.audit.clear')}
          </Button>
        </div>
      )}
    </div>
  )
}
