import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { StickyNote } from 'lucide-react'
import { useState, type FormEvent, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { addNote, orderQuery, removeNote, type OrderStory } from '../../api/checkout.ts'
import { wrongAt } from '../../api/errors-of.ts'
import { messagesOfOrderQuery } from '../../api/messages.ts'
import { useRight } from '../../api/session.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { ProblemNotice } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { useKept } from '../../ui/use-kept.ts'
import { Timeline } from './timeline.tsx'

/** All that happened to an order, the mails about it among the rest, and room for a note. */
export function Story({ order }: { order: OrderStory }): ReactNode {
  const mails = useQuery({ ...messagesOfOrderQuery(order.id), enabled: useRight('messages:read') }).data
  const mayWrite = useRight('orders:write')
  const notify = useNotify()
  const t = useText()
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: orderQuery(order.id).queryKey })
  const removing = useMutation({
    mutationFn: ({ noteId }: { noteId: string; body: string }) => removeNote({ orderId: order.id, noteId }),
    onSuccess: (_, { body }) => {
      // Taken back by writing it anew: its words are all that a note is.
      notify(t('orders.note-removed'), () => void addNote(order.id, { body }).then(refresh))
      return refresh()
    },
  })
  return (
    <>
      <Timeline
        entries={order.timeline}
        mails={mails?.items ?? []}
        {...(mayWrite ? { onRemoveNote: (noteId, body) => removing.mutate({ noteId, body }) } : {})}
      />
      <ProblemNotice error={removing.error} />
      {mayWrite && <NoteForm orderId={order.id} onDone={() => void refresh()} />}
    </>
  )
}

function NoteForm({ orderId, onDone }: { orderId: string; onDone: () => void }): ReactNode {
  const t = useText()
  const notify = useNotify()
  const kept = useKept<string>(`note.${orderId}`)
  const [body, setBody] = useState(kept.found?.value ?? '')
  const type = (text: string) => {
    setBody(text)
    kept.keep(text === '' ? undefined : text)
  }
  const adding = useMutation({
    mutationFn: () => addNote(orderId, { body: body.trim() }),
    onSuccess: () => {
      type('')
      notify(t('orders.note-added'))
      onDone()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (body.trim() !== '') adding.mutate()
  }
  return (
    <Form className="stack" onSubmit={submit}>
      <TextField
        label={t('orders.note')}
        hint={t('orders.note-hint')}
        lines="many"
        value={body}
        onChange={type}
        maxLength={2000}
        wrong={wrongAt(adding.error, '/body')}
      />
      <ProblemNotice error={adding.error} />
      <div>
        <Button type="submit" icon={StickyNote} isPending={adding.isPending} isDisabled={body.trim() === ''}>
          {t('orders.note-add')}
        </Button>
      </div>
    </Form>
  )
}
