import { useEffect, useRef, type ReactNode } from 'react'
import { useText } from '../text/person.tsx'
import { Button } from './button.tsx'
import { Notice } from './show.tsx'
import type { Draft } from './use-draft.ts'

/** How the fields of a draft are called, and a field's content as texts, one below the other, beside the other version of it. */
export type ConflictWords<Value extends object> = {
  labelOf: (name: keyof Value & string) => string
  textsOf: (name: keyof Value & string, value: Value, other: Value) => string[]
}

type Shown<Value extends object> = { draft: Draft<Value>; saved: Value; words: ConflictWords<Value> }

/** Fields that two people, or two tabs, changed at the same time: both versions, and the choice. Nothing is lost meanwhile. */
export function Conflicts<Value extends object>({ draft, saved, words }: Shown<Value>): ReactNode {
  const t = useText()
  const place = useRef<HTMLDivElement>(null)
  const some = draft.conflicts.length > 0
  useEffect(() => {
    // Whoever saved is at the foot of a long form, and what wants their decision is at its head.
    if (some) place.current?.focus()
  }, [some])
  if (!some) return null
  return (
    <div ref={place} tabIndex={-1} className="conflicts">
      <Notice tone="bad" title={t('conflict.title')}>
        <p>{t('conflict.detail')}</p>
        <ul className="items">
          {draft.conflicts.map((name) => (
            <li key={name} className="stack tight">
              <strong>{words.labelOf(name)}</strong>
              <div className="columns">
                <Version title={t('conflict.mine')} texts={words.textsOf(name, draft.value, saved)}>
                  <Button small onPress={() => draft.keepMine(name)}>
                    {t('conflict.keep-mine')}
                  </Button>
                </Version>
                <Version title={t('conflict.theirs')} texts={words.textsOf(name, saved, draft.value)}>
                  <Button small onPress={() => draft.takeTheirs(name)}>
                    {t('conflict.take-theirs')}
                  </Button>
                </Version>
              </div>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}

function Version(props: { title: string; texts: readonly string[]; children: ReactNode }): ReactNode {
  const t = useText()
  const { title, texts, children } = props
  return (
    <div className="stack tight version">
      <span className="muted small">{title}</span>
      {texts.length === 0 ? (
        <span className="muted">{t('conflict.empty')}</span>
      ) : (
        texts.map((text, at) => (
          // The same text may stand there twice, and nothing moves between two showings.
          // oxlint-disable-next-line react/no-array-index-key
          <p key={at} dir="auto" className="said">
            {text}
          </p>
        ))
      )}
      <div>{children}</div>
    </div>
  )
}
