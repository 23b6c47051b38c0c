import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Search, X } from 'lucide-react'
import { useDeferredValue, useEffect, useState, type ReactNode } from 'react'
import { Autocomplete, Dialog, Input, Menu, Modal, ModalOverlay, SearchField } from 'react-aria-components'
import { HITS_OF_A_KIND, searchQuery, type Hit } from '../../api/search.ts'
import { useSession, useStoreSlug } from '../../api/session.ts'
import '../../styles/palette.css'
import { usePerson, useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/show.tsx'
import { goals, listOf, openHit, says, type Goal } from './goals.ts'
import { Group, type Row } from './group.tsx'
import { forgetSearches, recentSearches, rememberSearch } from './recent.ts'

const settleMs = 120

/** One box for everything: products, orders, people, mails, books, screens and what can be done. */
export default function Palette({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText()
  return (
    <ModalOverlay className="veil above" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className="modal palette">
        <Dialog aria-label={t('search.label')}>
          <Box onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function Box({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText()
  const [typed, setTyped] = useState('')
  const query = useSettled(typed.trim())
  const found = useQuery(searchQuery(query))
  const groups = useGroups({
    typed: useDeferredValue(typed.trim()),
    found: found.data?.items,
    onClose,
    setTyped,
  })
  const count = groups.reduce((sum, { rows }) => sum + rows.length, 0)
  const isWaiting = query.length > 1 && found.isFetching
  return (
    <Autocomplete inputValue={typed} onInputChange={setTyped}>
      <div className="palette-head">
        {/* The window is opened to type into it. */}
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
        <SearchField aria-label={t('search.label')} className="searchfield" autoFocus>
          <Search size={20} aria-hidden />
          <Input placeholder={t('search.hint')} dir="auto" maxLength={200} />
        </SearchField>
        <Button look="quiet" icon={X} label={t('common.action.close')} onPress={onClose} />
      </div>
      <output className="hide" aria-live="polite">
        {typed.trim() !== '' && !isWaiting && t('search.count', { count })}
      </output>
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      <Menu
        className="menu palette-list"
        aria-label={t('search.label')}
        renderEmptyState={() => (typed.trim() === '' || isWaiting ? null : <Nothing query={typed.trim()} />)}
      >
        {groups.map((group) => (
          <Group key={group.id} {...group} query={typed} />
        ))}
      </Menu>
    </Autocomplete>
  )
}

function Nothing({ query }: { query: string }): ReactNode {
  const t = useText()
  return (
    <div className="palette-none">
      <strong>{t('search.none', { query })}</strong>
      <p className="muted">{t('search.none-detail')}</p>
    </div>
  )
}

/** What is typed, once the typing rests. */
function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), settleMs)
    return () => clearTimeout(timer)
  }, [typed])
  return settled
}

type Groups = { id: string; title: string; rows: Row[] }[]

function useGroups(props: {
  typed: string
  found: readonly Hit[] | undefined
  onClose: () => void
  setTyped: (text: string) => void
}): Groups {
  const { typed, found = [], onClose, setTyped } = props
  const { t } = usePerson()
  const router = useRouter()
  const workspaceId = useSession().current?.workspaceId ?? ''
  const goalRows = useGoalRows(typed, onClose)
  if (typed === '')
    return withoutEmpty([
      recentGroup(t, workspaceId, setTyped),
      { id: 'go', title: t('search.group.go'), rows: goalRows },
    ])
  const hits = typed.length > 1 ? found : []
  const open = (go: () => void) => () => {
    rememberSearch(workspaceId, typed)
    onClose()
    go()
  }
  const ofKind = (kind: Hit['kind']) => {
    const own = hits.filter((hit) => hit.kind === kind)
    const rows = own.map((hit): Row => ({
      id: `${kind} ${hit.id}`,
      hit,
      run: open(() => openHit(router, hit)),
    }))
    const list = own.length < HITS_OF_A_KIND ? undefined : listOf(kind, typed)
    if (list !== undefined)
      rows.push({
        id: `all ${kind}`,
        text: t('search.all-of', { list: t(list.text), query: typed }),
        run: open(() => list.go(router)),
      })
    return { id: kind, title: t(`search.group.${kind}`), rows }
  }
  const kinds = [...new Set(hits.map(({ kind }) => kind))]
  return withoutEmpty([{ id: 'go', title: t('search.group.go'), rows: goalRows }, ...kinds.map(ofKind)])
}

function withoutEmpty(groups: Groups): Groups {
  return groups.filter(({ rows }) => rows.length > 0)
}

function recentGroup(
  t: ReturnType<typeof useText>,
  workspaceId: string,
  setTyped: (text: string) => void,
): Groups[number] {
  const recent = recentSearches(workspaceId)
  const rows: Row[] = recent.map((query) => ({
    id: `recent ${query}`,
    text: query,
    said: true,
    keepOpen: true,
    run: () => setTyped(query),
  }))
  if (rows.length > 0)
    rows.push({
      id: 'forget',
      text: t('search.forget'),
      quiet: true,
      keepOpen: true,
      run: () => {
        forgetSearches(workspaceId)
        setTyped(' ')
      },
    })
  return { id: 'recent', title: t('search.recent'), rows }
}

const goalsAtFirst = 7
const goalsFound = 6

function useGoalRows(typed: string, onClose: () => void): Row[] {
  const { t, locale, prefer } = usePerson()
  const router = useRouter()
  const rights = useSession().current?.rights ?? []
  const slug = useStoreSlug()
  const may = goals.filter(({ right }) => right === undefined || rights.includes(right))
  const textsOf = ({ text, under }: Goal) => [t(text), ...(under === undefined ? [] : [t(under)])]
  const shown =
    typed === ''
      ? may.slice(0, goalsAtFirst)
      : may.filter((goal) => says(typed, textsOf(goal))).slice(0, goalsFound)
  const run = (goal: Goal) => {
    onClose()
    if ('to' in goal) return void router.navigate({ to: goal.to, search: goal.search ?? {} })
    if (goal.act === 'language') return void prefer({ locale: locale === 'ar' ? 'en' : 'ar' })
    if (goal.act === 'store') return void open(`/${locale}/${slug ?? ''}`, '_blank', 'noreferrer')
    void prefer({ theme: goal.act === 'theme-dark' ? 'dark' : 'light' })
  }
  return shown.map((goal) => ({
    id: goal.id,
    text: textsOf(goal).toReversed().join(' · '),
    run: () => run(goal),
  }))
}
