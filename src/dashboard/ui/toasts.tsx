import { Check, X } from 'lucide-react'
import { createContext, use, useCallback, useMemo, useRef, useState, type ReactNode } from 'react'
import { useText } from '../text/person.tsx'
import { Button } from './button.tsx'

type Toast = { id: number; text: string; undo: (() => void) | undefined }

type Notify = (text: string, undo?: () => void) => void

const ToastContext = createContext<Notify>(() => undefined)

const shownMs = 6_000

/** Says shortly that something was done, with a way back where there is one. */
export function useNotify(): Notify {
  return use(ToastContext)
}

/** Shows what `useNotify` says, and reads it out. */
export function ToastProvider({ children }: { children: ReactNode }): ReactNode {
  const t = useText()
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const last = useRef(0)
  const close = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), [])
  const notify = useCallback<Notify>(
    (text, undo) => {
      last.current += 1
      const id = last.current
      setToasts((all) => [...all.slice(-2), { id, text, undo }])
      // What can be undone stays long enough to be read by anybody.
      setTimeout(() => close(id), undo === undefined ? shownMs : shownMs * 3)
    },
    [close],
  )
  const list = useMemo(
    () =>
      toasts.map(({ id, text, undo }) => (
        <span key={id} className="toast">
          <Check size={18} aria-hidden />
          <span className="grow">{text}</span>
          {undo !== undefined && (
            <Button
              small
              onPress={() => {
                undo()
                close(id)
              }}
            >
              {t('action.undo')}
            </Button>
          )}
          <Button small icon={X} label={t('common.action.close')} onPress={() => close(id)} />
        </span>
      )),
    [toasts, close, t],
  )
  return (
    <ToastContext value={notify}>
      {children}
      <output className="toasts" aria-live="polite" data-react-aria-top-layer>
        {list}
      </output>
    </ToastContext>
  )
}
