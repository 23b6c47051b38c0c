import { Link, type LinkProps } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useEffect, type ReactNode } from 'react'
import { useText } from '../text/person.tsx'

/** The address of a screen. */
export type Way = NonNullable<LinkProps['to']>

/** The head of a screen: where one is, the way back, and what can be done. Names the browser's tab too. */
export function PageHead(props: {
  title: ReactNode
  /** The tab's name, where the title is not a plain text. */
  name?: string
  lead?: ReactNode
  back?: { to: Way; label: string }
  actions?: ReactNode
}): ReactNode {
  const { title, name, lead, back, actions } = props
  const t = useText()
  const tab = name ?? (typeof title === 'string' ? title : '')
  useEffect(() => {
    document.title = tab === '' ? t('brand') : `${tab} · ${t('brand')}`
  }, [tab, t])
  return (
    <div className="head">
      {back !== undefined && (
        <Link to={back.to} className="back no-print">
          <ArrowLeft size={16} className="turn" aria-hidden />
          {back.label}
        </Link>
      )}
      <div className="row between">
        <h1 id="screen">{title}</h1>
        {actions !== undefined && <div className="row no-print">{actions}</div>}
      </div>
      {lead !== undefined && <p className="muted prose">{lead}</p>}
    </div>
  )
}

/** A group of things that belong together. */
export function Card(props: {
  title?: ReactNode
  actions?: ReactNode
  flush?: boolean
  children: ReactNode
}): ReactNode {
  const { title, actions, flush = false, children } = props
  return (
    <section className={flush ? 'card flush' : 'card'}>
      {(title !== undefined || actions !== undefined) && (
        <header>
          <h2>{title}</h2>
          {actions !== undefined && <div className="row no-print">{actions}</div>}
        </header>
      )}
      {children}
    </section>
  )
}
