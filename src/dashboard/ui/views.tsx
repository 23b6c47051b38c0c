import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { BookmarkPlus, ChevronDown, Pencil, Trash2, UserRound, UsersRound } from 'lucide-react'
import { useState, type FormEvent, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { changeView, keepView, removeView, viewsQuery, type View, type ViewSearch } from '../api/views.ts'
import { wrongAt } from '../api/errors-of.ts'
import { useText } from '../text/person.tsx'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Checkbox, TextField } from './fields.tsx'
import { Menu } from './menu.tsx'
import { ProblemNotice, Said } from './show.tsx'
import { useNotify } from './toasts.tsx'

/** A list's own parameters, as its address has them. */
type Search = Readonly<Record<string, string | undefined>>

/**
 * The kept views of a list in a row, the present one marked, and the way to keep what is narrowed now. `search` is what the
 * list's address says.
 */
export function Views(props: {
  screen: View['screen']
  search: Search
  onOpen: (search: ViewSearch) => void
}): ReactNode {
  const { screen, search, onOpen } = props
  const t = useText()
  const views = useQuery(viewsQuery(screen)).data?.items ?? []
  const [naming, setNaming] = useState<'new' | View | undefined>(undefined)
  const now = setParts(search)
  const current = views.find((view) => isSame(view.search, now))
  const isNarrowed = Object.keys(now).length > 0
  if (views.length === 0 && !isNarrowed) return null
  return (
    <section className="row views no-print" aria-label={t('views.label')}>
      {views.map((view) => (
        <Button
          key={view.id}
          small
          look={view === current ? 'plain' : 'quiet'}
          aria-pressed={view === current}
          onPress={() => onOpen(view === current ? {} : view.search)}
        >
          <Said>{view.name}</Said>
          {view.shared && <UsersRound size={15} aria-label={t('views.is-shared')} />}
        </Button>
      ))}
      {current?.own === true && <ViewMenu view={current} onRename={() => setNaming(current)} />}
      {isNarrowed && current === undefined && (
        <Button small look="quiet" icon={BookmarkPlus} onPress={() => setNaming('new')}>
          {t('views.keep')}
        </Button>
      )}
      {naming !== undefined && (
        <NameDialog
          screen={screen}
          search={now}
          {...(naming === 'new' ? {} : { view: naming })}
          onClose={() => setNaming(undefined)}
        />
      )}
    </section>
  )
}

function setParts(search: Search): ViewSearch {
  const set = Object.entries(search).filter(
    (part): part is [string, string] => part[1] !== undefined && part[1] !== '',
  )
  return Object.fromEntries(set)
}

function isSame(one: ViewSearch, other: ViewSearch): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
}

function ViewMenu({ view, onRename }: { view: View; onRename: () => void }): ReactNode {
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: viewsQuery(view.screen).queryKey })
  const sharing = useMutation({
    mutationFn: () => changeView(view.id, { shared: !view.shared }),
    onSuccess: () => {
      notify(t(view.shared ? 'views.unshared' : 'views.shared'))
      return refresh()
    },
  })
  const removing = useMutation({
    mutationFn: () => removeView(view.id),
    onSuccess: () => {
      const { screen, name, search, shared } = view
      notify(t('views.removed'), () => void keepView({ screen, name, search, shared }).then(refresh))
      return refresh()
    },
  })
  const entries = [
    { id: 'name', label: t('views.rename'), icon: Pencil, onAction: onRename },
    {
      id: 'share',
      label: t(view.shared ? 'views.unshare' : 'views.share'),
      icon: view.shared ? UserRound : UsersRound,
      onAction: () => sharing.mutate(),
    },
    { id: 'remove', label: t('views.remove'), icon: Trash2, bad: true, onAction: () => removing.mutate() },
  ]
  return (
    <>
      <Menu label={t('views.menu')} entries={entries}>
        <Button small look="quiet" icon={ChevronDown} label={t('views.menu')} />
      </Menu>
      <ProblemNotice error={sharing.error ?? removing.error} />
    </>
  )
}

function NameDialog(props: {
  screen: View['screen']
  search: ViewSearch
  view?: View
  onClose: () => void
}): ReactNode {
  const { screen, search, view, onClose } = props
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const [name, setName] = useState(view?.name ?? '')
  const [shared, setShared] = useState(view?.shared ?? false)
  const keeping = useMutation({
    mutationFn: () =>
      view === undefined ? keepView({ screen, name, search, shared }) : changeView(view.id, { name, shared }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: viewsQuery(screen).queryKey })
      notify(t('views.kept'))
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    keeping.mutate()
  }
  return (
    <Dialog title={t(view === undefined ? 'views.keep' : 'views.rename')} isOpen onClose={onClose}>
      <Form className="stack" onSubmit={submit}>
        <TextField
          label={t('views.name')}
          value={name}
          onChange={setName}
          maxLength={60}
          isRequired
          // A window that asks for one thing: whoever opened it means to write it.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          wrong={wrongAt(keeping.error, '/name')}
        />
        <Checkbox isSelected={shared} onChange={setShared} hint={t('views.share-hint')}>
          {t('views.share')}
        </Checkbox>
        <ProblemNotice error={keeping.error} />
        <div className="actions">
          <Button onPress={onClose}>{t('common.action.cancel')}</Button>
          <Button type="submit" look="primary" isPending={keeping.isPending} isDisabled={name.trim() === ''}>
            {t('common.action.save')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
