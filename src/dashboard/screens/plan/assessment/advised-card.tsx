import { useState, type ReactNode } from 'react'
import type { Advised, Reason } from '../../../api/assessment.ts'
import { useRight } from '../../../api/session.ts'
import { usePerson, useText } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { Badge } from '../../../ui/show.tsx'
import { BeginDialog } from './begin-dialog.tsx'
import { ProjectButton } from './project-button.tsx'

/** One stream of the advice: what speaks for it and against it, what others earned, the first steps, and how to begin. */
export function AdvisedCard({ advised, rank }: { advised: Advised; rank: 'first' | 'other' }): ReactNode {
  const t = useText()
  const mayWrite = useRight('planner:write')
  const [beginning, setBeginning] = useState(false)
  const { name, line, interest, takesMoney, open } = advised
  return (
    <section className={rank === 'first' ? 'card advised first' : 'card advised'}>
      <header>
        <div className="stack tight">
          {rank === 'first' && <span className="small muted">{t('advice.recommended')}</span>}
          <h2>{name}</h2>
        </div>
        <span className="row">
          {takesMoney && <Badge tone="warm">{t('advice.takes-money')}</Badge>}
          {interest !== 'free' && <Badge tone="warm">{t(`advice.interest-of.${interest}`)}</Badge>}
          {!open && <Badge>{t('advice.not-open')}</Badge>}
        </span>
      </header>
      <p className="prose">{line}</p>
      <Body advised={advised} />
      {mayWrite && (
        <div className="row">
          {open && (
            <Button look={rank === 'first' ? 'primary' : 'plain'} onPress={() => setBeginning(true)}>
              {t('advice.begin')}
            </Button>
          )}
          <ProjectButton advised={advised} />
        </div>
      )}
      {beginning && <BeginDialog advised={advised} onClose={() => setBeginning(false)} />}
    </section>
  )
}

function Body({ advised }: { advised: Advised }): ReactNode {
  const { t, number } = usePerson()
  const { for: speaksFor, against, odds, steps, first } = advised
  return (
    <>
      <div className="columns">
        <div className="stack tight">
          <h3>{t('advice.for')}</h3>
          <Reasons reasons={speaksFor} />
        </div>
        <div className="stack tight">
          <h3>{t('advice.against')}</h3>
          <Reasons reasons={against} />
          <p>{odds.text}</p>
          <p className="small muted">{odds.source}</p>
        </div>
      </div>
      <div className="columns">
        <div className="stack tight">
          <h3>{t('advice.steps')}</h3>
          <ol className="numbered">
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </div>
        <div className="stack tight">
          <h3>{t('advice.first-income')}</h3>
          <p>
            {t('advice.first-months', { least: number(first.monthsLeast), most: first.monthsMost })}
            <br />
            {t('advice.first-money', { money: first.money })}
          </p>
          <p className="small muted">{first.source}</p>
        </div>
      </div>
    </>
  )
}

/** Reasons, each after the answer that it goes by. */
export function Reasons({ reasons }: { reasons: readonly Reason[] }): ReactNode {
  const t = useText()
  return (
    <ul className="reasons">
      {reasons.map(({ asked, quote, text }) => (
        <li key={`${quote} ${text}`}>
          {asked !== null && quote !== null && (
            <span className="muted">{t('advice.you-said', { asked, quote })}</span>
          )}
          {text !== null && <span>{text}</span>}
        </li>
      ))}
    </ul>
  )
}
