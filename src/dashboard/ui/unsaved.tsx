import { useBlocker } from '@tanstack/react-router'
import { Save, WifiOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { useText } from '../text/person.tsx'
import { Button } from './button.tsx'
import { Confirm } from './dialog.tsx'
import { Notice, Time } from './show.tsx'

/** Warns before leaving while something is not saved; leaving the browser's page too. */
export function UnsavedGuard({ dirty }: { dirty: boolean }): ReactNode {
  const t = useText()
  const blocker = useBlocker({
    // Another tab of the same screen loses nothing.
    shouldBlockFn: ({ current, next }) => dirty && current.pathname !== next.pathname,
    enableBeforeUnload: () => dirty,
    withResolver: true,
  })
  return (
    <Confirm
      title={t('unsaved.title')}
      action={t('unsaved.leave')}
      isOpen={blocker.status === 'blocked'}
      onConfirm={() => blocker.proceed?.()}
      onClose={() => blocker.reset?.()}
    >
      <p>{t('unsaved.detail')}</p>
    </Confirm>
  )
}

/** The bar that appears with the first change and saves it. It is the form's submit button. */
export function SaveBar(props: {
  dirty: boolean
  isPending: boolean
  onReset: () => void
  form?: string
  /** The save waits for the connection. */
  isWaiting?: boolean
}): ReactNode {
  const { dirty, isPending, onReset, form, isWaiting = false } = props
  const t = useText()
  return (
    <>
      <UnsavedGuard dirty={dirty} />
      {dirty && (
        <div className="savebar no-print">
          <output className={isWaiting ? 'row' : 'muted'}>
            {isWaiting && <WifiOff size={18} aria-hidden />}
            {t(isWaiting ? 'unsaved.waiting' : 'unsaved.state')}
          </output>
          <div className="row">
            <Button onPress={onReset} isDisabled={isPending}>
              {t('unsaved.discard')}
            </Button>
            <Button
              type="submit"
              look="primary"
              icon={Save}
              isPending={isPending}
              {...(form === undefined ? {} : { form })}
            >
              {t('common.action.save')}
            </Button>
          </div>
        </div>
      )}
    </>
  )
}

/**
 * For a form that is no page of settings: says what is here again, and warns before leaving. While it is being sent (`isSent`) it
 * does neither. Closing a window loses nothing either: what was typed is there when it is opened again.
 */
export function DraftGuard(props: {
  draft: { dirty: boolean; keptAt: string | undefined; reset: () => void }
  isSent: boolean
}): ReactNode {
  const { draft, isSent } = props
  return (
    <>
      <UnsavedGuard dirty={draft.dirty && !isSent} />
      {!isSent && <KeptNotice at={draft.keptAt} onDiscard={draft.reset} />}
    </>
  )
}

/** Says that what was typed at an earlier time is here again, with the way back to what is saved. */
export function KeptNotice({ at, onDiscard }: { at: string | undefined; onDiscard: () => void }): ReactNode {
  const t = useText()
  if (at === undefined) return null
  return (
    <Notice
      tone="accent"
      title={
        <>
          {t('unsaved.kept')} <Time at={at} />
        </>
      }
      action={
        <div>
          <Button small onPress={onDiscard}>
            {t('unsaved.discard')}
          </Button>
        </div>
      }
    >
      {t('unsaved.kept-detail')}
    </Notice>
  )
}
