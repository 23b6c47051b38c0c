import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useText } from '../text/person.tsx'
import { Button, type ButtonLook } from './button.tsx'

/** A window over the page that wants an answer; focus stays inside and returns to where it was. */
export function Dialog(props: {
  title: ReactNode
  isOpen: boolean
  onClose: () => void
  children: ReactNode
  wide?: boolean
  /** Whether a press outside closes it; not where something was typed. */
  dismissable?: boolean
}): ReactNode {
  const { title, isOpen, onClose, children, wide = false, dismissable = false } = props
  const t = useText()
  return (
    <ModalOverlay
      className="veil"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={dismissable}
    >
      <Modal className={wide ? 'modal wide' : 'modal'}>
        <AriaDialog>
          <div className="row between">
            <Heading slot="title" level={2} className="grow">
              {title}
            </Heading>
            <Button look="quiet" small icon={X} label={t('common.action.close')} onPress={onClose} />
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

/** Asks before something that cannot be undone. */
export function Confirm(props: {
  title: string
  children: ReactNode
  action: string
  look?: ButtonLook
  isOpen: boolean
  isPending?: boolean
  onConfirm: () => void
  onClose: () => void
}): ReactNode {
  const { title, children, action, look = 'danger', isOpen, isPending = false, onConfirm, onClose } = props
  const t = useText()
  return (
    <ModalOverlay className="veil" isOpen={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Modal className="modal">
        <AriaDialog role="alertdialog">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          <div className="stack">{children}</div>
          <div className="actions">
            <Button onPress={onClose}>{t('common.action.cancel')}</Button>
            <Button look={look} isPending={isPending} onPress={onConfirm}>
              {action}
            </Button>
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
