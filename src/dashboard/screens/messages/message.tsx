import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Paperclip, Send } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { messageQuery, resendMessage, type ApiMessage } from '../../api/messages.ts'
import { useRight } from '../../api/session.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { Card, PageHead } from '../../ui/page.tsx'
import { Notice, ProblemNotice, Said, Time } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { MailFrame } from './mail-frame.tsx'
import { MessageBadge } from './message-badge.tsx'

/** One e-mail, as its reader sees it. */
export function MessageScreen(): ReactNode {
  const t = useText()
  const { messageId } = useParams({ from: '/inside/messages/$messageId' })
  const { data: message } = useSuspenseQuery(messageQuery(messageId))
  const [view, setView] = useState<'page' | 'text'>('page')
  return (
    <>
      <PageHead
        title={<Said>{message.subject}</Said>}
        name={message.subject}
        back={{ to: '/messages', label: t('nav.messages') }}
        actions={<Resend message={message} />}
      />
      <StateNotice message={message} />
      <div className="split">
        <div className="stack">
          <Segments
            label={t('messages.view')}
            choices={[
              { id: 'page', label: t('messages.as-page') },
              { id: 'text', label: t('messages.as-text') },
            ]}
            value={view}
            onChange={setView}
          />
          {view === 'page' ? (
            <MailFrame html={message.html} title={t('messages.frame', { subject: message.subject })} />
          ) : (
            <Card>
              <div dir="auto" lang={message.locale} style={{ whiteSpace: 'pre-wrap' }}>
                {message.text}
              </div>
            </Card>
          )}
        </div>
        <Facts message={message} />
      </div>
    </>
  )
}

function StateNotice({ message }: { message: ApiMessage }): ReactNode {
  const t = useText()
  const { status, lastError } = message
  if (status !== 'failed' && status !== 'unknown' && status !== 'no-server') return null
  return (
    <Notice tone={status === 'failed' ? 'bad' : 'warm'} title={t(`messages.state.${status}`)}>
      <p>{t(`messages.why.${status}`)}</p>
      {lastError !== null && (
        <p className="small">
          <Said ltr>{lastError}</Said>
        </p>
      )}
    </Notice>
  )
}

function Facts({ message }: { message: ApiMessage }): ReactNode {
  const t = useText()
  const { to, fromName, replyTo, status, createdAt, sentAt, attachments } = message
  return (
    <Card title={t('messages.facts')}>
      <dl className="facts">
        <dt>{t('messages.state.label')}</dt>
        <dd>
          <MessageBadge status={status} />
        </dd>
        <dt>{t('messages.to')}</dt>
        <dd>
          {to.name !== '' && (
            <div>
              <Said>{to.name}</Said>
            </div>
          )}
          <Said ltr>{to.email}</Said>
        </dd>
        <dt>{t('messages.from')}</dt>
        <dd>
          <Said>{fromName}</Said>
        </dd>
        {replyTo !== null && (
          <>
            <dt>{t('messages.reply-to')}</dt>
            <dd>
              <Said ltr>{replyTo}</Said>
            </dd>
          </>
        )}
        <dt>{t('messages.made')}</dt>
        <dd>
          <Time at={createdAt} exact />
        </dd>
        {sentAt !== null && (
          <>
            <dt>{t('messages.sent')}</dt>
            <dd>
              <Time at={sentAt} exact />
            </dd>
          </>
        )}
      </dl>
      {attachments.length > 0 && (
        <ul className="items" aria-label={t('messages.attachments')}>
          {attachments.map(({ filename }) => (
            <li key={filename} className="row">
              <span className="row">
                <Paperclip size={16} aria-hidden /> <Said>{filename}</Said>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Resend({ message }: { message: ApiMessage }): ReactNode {
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const mayWrite = useRight('messages:write')
  const [asking, setAsking] = useState(false)
  const resending = useMutation({
    mutationFn: () => resendMessage(message.id),
    onSuccess: () => {
      notify(t('messages.queued-again'))
      void queries.invalidateQueries({ queryKey: ['messages'] })
      return queries.invalidateQueries({ queryKey: ['message', message.id] })
    },
    onSettled: () => setAsking(false),
  })
  if (!mayWrite || (message.status !== 'failed' && message.status !== 'unknown')) return null
  return (
    <>
      <Button icon={Send} turn look="primary" onPress={() => setAsking(true)}>
        {t('messages.resend')}
      </Button>
      <Confirm
        title={t('messages.resend-title')}
        action={t('messages.resend')}
        look="primary"
        isOpen={asking}
        isPending={resending.isPending}
        onConfirm={() => resending.mutate()}
        onClose={() => setAsking(false)}
      >
        <p>{t(message.status === 'unknown' ? 'messages.resend-unknown' : 'messages.resend-failed')}</p>
        <ProblemNotice error={resending.error} />
      </Confirm>
    </>
  )
}
