import type { ReactNode } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'

/** The ways on a narrow screen, over the page. */
export default function Drawer(props: {
  label: string
  onClose: () => void
  children: ReactNode
}): ReactNode {
  const { label, onClose, children } = props
  return (
    <ModalOverlay className="veil" isOpen onOpenChange={(open) => !open && onClose()} isDismissable>
      <Modal className="drawer">
        <Dialog aria-label={label}>{children}</Dialog>
      </Modal>
    </ModalOverlay>
  )
}
