import { CircleAlert, CircleCheck, Info, RotateCw, TriangleAlert } from 'lucide-react'
import { useSyncExternalStore, type ReactNode } from 'react'
import { isProblem } from '../api/client.ts'
import type { ApiMoney } from '../../shared/money.ts'
import { usePerson, useText } from '../text/person.tsx'
import { Button } from './button.tsx'

/** Good, bad, wants a look, or plain. */
export type Tone = 'plain' | 'accent' | 'good' | 'warm' | 'bad'

/**
 * A moment, the one way in which all screens show one: as people say it, or to the minute where that is the point (`exact`) or the
 * reader prefers it. The other form is under the pointer and is read out; the exact one names the day in both calendars. What
 * people say grows old, so it is said anew every half minute.
 */
export function Time({ at, exact = false }: { at: string; exact?: boolean }): ReactNode {
  const { relative, dateTime, exactly, preferences } = usePerson()
  useSyncExternalStore(onHalfMinute, halfMinute)
  const isExact = exact || preferences.times === 'exact'
  const behind = isExact ? relative(at) : exactly(at)
  return (
    <time dateTime={at} title={isExact ? `${exactly(at)} · ${behind}` : behind}>
      {isExact ? dateTime(at) : relative(at)}
      <span className="hide"> ({behind})</span>
    </time>
  )
}

const halfMinuteMs = 30_000

function halfMinute(): number {
  return Math.floor(Date.now() / halfMinuteMs)
}

const onlookers = new Set<() => void>()
let clock: ReturnType<typeof setInterval> | undefined

/** One clock for all times on the screen, and none while there is no time. */
function onHalfMinute(tell: () => void): () => void {
  onlookers.add(tell)
  clock ??= setInterval(() => {
    for (const onlooker of onlookers) onlooker()
  }, halfMinuteMs)
  return () => {
    onlookers.delete(tell)
    if (onlookers.size > 0) return
    clearInterval(clock)
    clock = undefined
  }
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
