import { X, type LucideIcon } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { isProblem } from '../api/client.ts'
import { useText } from '../text/person.tsx'
import { Button, type ButtonLook } from './button.tsx'
import { Confirm } from './dialog.tsx'
import { Notice, Said } from './show.tsx'
import { useNotify } from './toasts.tsx'
import { useBulk, type BulkProgress, type Chosen } from './use-bulk.ts'

/** One thing that can be done to all that are chosen. */
export type BulkAction = {
  id: string
  label: string
  icon: LucideIcon
  look?: ButtonLook
  one: (id: string) => Promise<unknown>
  /** What undoes it, where it can be undone. */
  undo?: (id: string) => Promise<unknown>
  /** What is asked before, where it cannot. */
  ask?: { title: string; detail: string }
}

/** What can be done to the chosen ones, how far it is, and how it went with each. */
export function BulkBar(props: {
  chosen: readonly Chosen[]
  actions: readonly BulkAction[]
  onClear: () => void
  onDone: () => void
}): ReactNode {
  const { chosen, actions, onClear, onDone } = props
  const t = useText()
  const notify = useNotify()
  const bulk = useBulk(onDone)
  const [asking, setAsking] = useState<BulkAction | undefined>(undefined)
  const run = async (action: BulkAction) => {
    setAsking(undefined)
    onClear()
    const done = await bulk.start(action.label, chosen, action.one)
    const { undo } = action
    if (done.length === 0) return
    const said = t('bulk.done', { action: action.label, count: done.length })
    if (undo === undefined) notify(said)
    else notify(said, () => void bulk.start(t('action.undo'), done, undo))
  }
  const isRunning = bulk.progress?.state === 'running'
  return (
    <>
      {bulk.progress !== undefined && (
        <Results progress={bulk.progress} onStop={bulk.stop} onClose={bulk.clear} />
      )}
      {chosen.length > 0 && !isRunning && (
        <section className="savebar no-print" aria-label={t('bulk.label')}>
          <output className="muted">{t('bulk.chosen', { count: chosen.length })}</output>
          <div className="row">
            {actions.map((action) => (
              <Button
                key={action.id}
                icon={action.icon}
                look={action.look ?? 'plain'}
                onPress={() => (action.ask === undefined ? void run(action) : setAsking(action))}
              >
                {action.label}
              </Button>
            ))}
            <Button look="quiet" icon={X} label={t('bulk.clear')} onPress={onClear} />
          </div>
        </section>
      )}
      {asking?.ask !== undefined && (
        <Confirm
          title={asking.ask.title}
          action={asking.label}
          isOpen
          onConfirm={() => void run(asking)}
          onClose={() => setAsking(undefined)}
        >
          <p>{asking.ask.detail}</p>
        </Confirm>
      )}
    </>
  )
}

/** How far it is, and afterwards which were refused, each with its reason. All that went well needs no words of its own. */
function Results(props: { progress: BulkProgress; onStop: () => void; onClose: () => void }): ReactNode {
  const { progress, onStop, onClose } = props
  const { label, total, done, failed, state } = progress
  const t = useText()
  const past = done.length + failed.length
  if (state === 'finished' && failed.length === 0) return null
  const said = t('bulk.progress', { action: label, done: past, total })
  return (
    <Notice
      tone={failed.length > 0 ? 'warm' : 'accent'}
      title={said}
      action={
        <div>
          <Button small onPress={state === 'running' ? onStop : onClose}>
            {t(state === 'running' ? 'bulk.stop' : 'common.action.close')}
          </Button>
        </div>
      }
    >
      {state === 'running' && <progress className="progress" aria-label={said} value={past} max={total} />}
      {failed.length > 0 && (
        <ul className="items" aria-label={t('bulk.failed', { count: failed.length })}>
          {failed.map(({ id, name, error }) => (
            <li key={id}>
              <Said>{name}</Said>
              {': '}
              {isProblem(error) ? (error.problem.detail ?? error.problem.title) : t('problem.no-answer')}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}
