import { CircleAlert, CircleCheck, Info, RotateCw, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { isProblem } from '../api/client.ts'
import type { ApiMoney } from '../../shared/money.ts'
import { usePerson, useText } from '../text/person.tsx'
import { Button } from './button.tsx'

/** Good, bad, wants a look, or plain. */
export type Tone = 'plain' | 'accent' | 'good' | 'warm' | 'bad'

/** A time as people say it, with the exact one behind it. */
export function Time({ at, exact = false }: { at: string; exact?: boolean }): ReactNode {
  const { relative, dateTime } = usePerson()
  return (
    <time dateTime={at} title={exact ? relative(at) : dateTime(at)}>
      {exact ? dateTime(at) : relative(at)}
    </time>
  )
}

/** An amount of money. */
export function Amount({ of }: { of: ApiMoney }): ReactNode {
  const { money } = usePerson()
  return <bdi className={of.amount.startsWith('-') ? 'amount negative' : 'amount'}>{money(of)}</bdi>
}

/** Words that came from a person: their own direction, apart from the text around them. */
export function Said({ children, ltr = false }: { children: string; ltr?: boolean }): ReactNode {
  return <bdi dir={ltr ? 'ltr' : 'auto'}>{children}</bdi>
}

/** A state in one or two words. */
export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }): ReactNode {
  return <span className={`badge ${tone}`}>{children}</span>
}

const noticeIcons = { plain: Info, accent: Info, good: CircleCheck, warm: TriangleAlert, bad: CircleAlert }

/** Something that the reader should know here; a bad one is read out at once. */
export function Notice(props: {
  tone?: Tone
  title?: ReactNode
  children?: ReactNode
  action?: ReactNode
}): ReactNode {
  const { tone = 'plain', title, children, action } = props
  const Icon = noticeIcons[tone]
  return (
    <div className={`notice ${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon size={20} aria-hidden />
      <div className="stack tight">
        {title !== undefined && <strong>{title}</strong>}
        {children !== undefined && <div>{children}</div>}
        {action}
      </div>
    </div>
  )
}

/** What went wrong, in the server's words where it gave some. */
export function ProblemNotice({ error, retry }: { error: unknown; retry?: () => void }): ReactNode {
  const t = useText()
  if (error === null || error === undefined) return null
  const known = isProblem(error) ? error.problem : undefined
  return (
    <Notice
      tone="bad"
      title={known?.title ?? t('problem.no-answer')}
      action={
        retry !== undefined && (
          <div>
            <Button small icon={RotateCw} onPress={retry}>
              {t('common.action.retry')}
            </Button>
          </div>
        )
      }
    >
      <p>{known?.detail ?? t('problem.no-answer-detail')}</p>
      {known?.errors !== undefined && known.errors.length > 0 && (
        <ul>
          {known.errors.map(({ pointer, detail }) => (
            <li key={pointer + detail}>{detail}</li>
          ))}
        </ul>
      )}
    </Notice>
  )
}

/** A place where nothing is yet: what it is for, and what to do first. */
export function Empty(props: { title: string; children?: ReactNode; action?: ReactNode }): ReactNode {
  return (
    <div className="empty">
      <Streams />
      <h2>{props.title}</h2>
      {props.children !== undefined && <p>{props.children}</p>}
      {props.action}
    </div>
  )
}

/** Streams that join into one: the sign of the program. */
export function Streams({ size = 72 }: { size?: number }): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 48 48"
      fill="none"
      stroke="currentColor"
      strokeWidth="3"
      strokeLinecap="round"
      aria-hidden
    >
      <path d="M8 6c0 12 16 10 16 22v14" />
      <path d="M40 6c0 12-16 10-16 22" opacity=".65" />
      <path d="M24 6v14" opacity=".4" />
    </svg>
  )
}

/** Grey lines where something is about to be. */
export function Ghost({ lines = 3 }: { lines?: number }): ReactNode {
  const t = useText()
  const widths = ['72%', '94%', '58%', '83%']
  return (
    <output className="stack tight">
      <span className="hide">{t('common.state.loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="ghost" style={{ inlineSize: widths[line % widths.length] }} />
      ))}
    </output>
  )
}
