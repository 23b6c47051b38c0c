import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { Locale } from '../../shared/locale.ts'
import { usePerson } from '../text/person.tsx'
import '../styles/preview.css'
import { Segments } from './segments.tsx'
import { ProblemNotice } from './show.tsx'

const widths = { phone: 390, desk: 1280 } as const
const height = 760
const typingMs = 350

/**
 * A public page as the server renders it with what is being edited, in a frame in which nothing can run or be sent. What is typed
 * shows a moment after the last letter; the place that was being looked at stays.
 */
export function PagePreview(props: {
  label: string
  /** What is being edited, as the server is asked to show it. */
  part: object
  /** What else the page shows: when it is another, the page is asked for again. */
  seen?: unknown
  read: (part: object, locale: Locale) => Promise<{ html: string }>
}): ReactNode {
  const { label, part, seen, read } = props
  const { t, locale: own } = usePerson()
  const [locale, setLocale] = useState<Locale>(own)
  const [size, setSize] = useState<keyof typeof widths>('phone')
  const typed = useSettled(part)
  const { data, error, isFetching } = useQuery({
    queryKey: ['preview', label, locale, typed, seen],
    queryFn: () => read(typed, locale),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  })
  return (
    <section className="preview no-print" aria-label={label}>
      <div className="row between">
        <Segments
          label={t('preview.language')}
          choices={(['ar', 'en'] as const).map((id) => ({ id, label: t(`common.language.${id}`) }))}
          value={locale}
          onChange={setLocale}
        />
        <Segments
          label={t('preview.size')}
          choices={(['phone', 'desk'] as const).map((id) => ({ id, label: t(`preview.${id}`) }))}
          value={size}
          onChange={setSize}
        />
      </div>
      <ProblemNotice error={error} />
      <PageFrame html={data?.html ?? ''} title={label} width={widths[size]} isBusy={isFetching} />
    </section>
  )
}

/** A page in a frame of a window's width, made as small as there is room for. */
export function PageFrame(props: {
  html: string
  title: string
  width: number
  isBusy?: boolean
}): ReactNode {
  const { html, title, width, isBusy = false } = props
  const [room, setRoom] = useState(0)
  const frame = useRef<HTMLIFrameElement>(null)
  const place = useRef(0)
  const scale = room === 0 ? 1 : Math.min(1, room / width)
  const keepPlace = () => {
    const view = frame.current?.contentWindow
    if (view === null || view === undefined) return
    view.scrollTo(0, place.current)
    view.addEventListener('scroll', () => (place.current = view.scrollY))
  }
  return (
    <div
      className="preview-view"
      aria-busy={isBusy}
      dir="ltr"
      style={{ blockSize: height * scale }}
      ref={(view) => {
        if (view === null) return undefined
        const watching = new ResizeObserver(() => setRoom(view.clientWidth))
        watching.observe(view)
        return () => watching.disconnect()
      }}
    >
      <iframe
        ref={frame}
        title={title}
        srcDoc={html}
        sandbox="allow-same-origin"
        onLoad={keepPlace}
        style={{
          inlineSize: width,
          blockSize: height,
          transform: `translateX(${Math.max(0, (room - width) / 2)}px) scale(${scale})`,
          marginInline: 0,
        }}
      />
    </div>
  )
}

/** A value once it has not changed for a moment. */
function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value)
  const text = JSON.stringify(value)
  const last = useRef(value)
  last.current = value
  useEffect(() => {
    const timer = setTimeout(() => setSettled(last.current), typingMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
