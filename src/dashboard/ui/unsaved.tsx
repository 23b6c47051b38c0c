import { useBlocker } from '@tanstack/react-router'
import { Save } from 'lucide-react'
import type { ReactNode } from 'react'
import { useText } from '../text/person.tsx'
import { Button } from './button.tsx'
import { Confirm } from './dialog.tsx'

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
}): ReactNode {
  const { dirty, isPending, onReset, form } = props
  const t = useText()
  return (
    <>
      <UnsavedGuard dirty={dirty} />
      {dirty && (
        <div className="savebar no-print">
          <output className="muted">{t('unsaved.state')}</output>
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
