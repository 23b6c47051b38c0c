import { useEffect, useRef, type ReactNode } from 'react'
import type { Text } from '../../text/messages.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/show.tsx'
import type { Draft } from '../../ui/use-draft.ts'
import type { ProductDraft } from './product-draft.ts'

type Name = keyof ProductDraft

/** Fields that two people, or two tabs, changed at the same time: both versions, and the choice. Nothing is lost meanwhile. */
export function Conflicts({ draft, saved }: { draft: Draft<ProductDraft>; saved: ProductDraft }): ReactNode {
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
              <strong>{t(`conflict.field.${name}`)}</strong>
              <div className="columns">
                <Version title={t('conflict.mine')} value={draft.value[name]}>
                  <Button small onPress={() => draft.keepMine(name)}>
                    {t('conflict.keep-mine')}
                  </Button>
                </Version>
                <Version title={t('conflict.theirs')} value={saved[name]}>
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

function Version(props: { title: string; value: ProductDraft[Name]; children: ReactNode }): ReactNode {
  const t = useText()
  const texts = textsOf(props.value, t)
  return (
    <div className="stack tight version">
      <span className="muted small">{props.title}</span>
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
      <div>{props.children}</div>
    </div>
  )
}

/** A field's content as texts, one below the other; what is empty is left out. */
function textsOf(value: ProductDraft[Name], t: Text): string[] {
  if (typeof value === 'boolean') return [t(value ? 'conflict.yes' : 'conflict.no')]
  if (typeof value === 'string') return value === '' ? [] : [value]
  if (Array.isArray(value))
    return value
      .flatMap(({ question, answer }) => [question.ar, question.en, answer.ar, answer.en])
      .filter(isSaid)
  if ('rows' in value) return pricesIn(value, t)
  return [value.ar, value.en].filter(isSaid)
}

function pricesIn({ mode, rows }: ProductDraft['prices'], t: Text): string[] {
  if (mode === 'free') return [t('conflict.free')]
  const amounts = rows
    .filter(({ amount, suggested }) => isSaid(amount) || isSaid(suggested))
    .map(({ amount, suggested, currency }) => `${[amount, suggested].filter(isSaid).join(' / ')} ${currency}`)
  return mode === 'chosen' ? [t('conflict.chosen'), ...amounts] : amounts
}

function isSaid(text: string): boolean {
  return text !== ''
}
