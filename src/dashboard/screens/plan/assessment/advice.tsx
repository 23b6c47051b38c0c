import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { adviceQuery, type AdviceView } from '../../../api/assessment.ts'
import { isProblem } from '../../../api/client.ts'
import { usePerson, useText } from '../../../text/person.tsx'
import { buttonClass } from '../../../ui/button.tsx'
import { Card } from '../../../ui/page.tsx'
import { Badge, Empty, Ghost, Notice, ProblemNotice } from '../../../ui/show.tsx'
import { AdvisedCard, Reasons } from './advised-card.tsx'

/** What the answers come to: one stream, two others, those to avoid now, and what would change it. */
export function AdviceScreen(): ReactNode {
  const { t, locale } = usePerson()
  const found = useQuery(adviceQuery(locale))
  if (found.isPending) return <Ghost lines={8} />
  if (found.error !== null) {
    if (!isProblem(found.error) || !found.error.problem.type.endsWith('#assessment-unfinished'))
      return <ProblemNotice error={found.error} retry={() => void found.refetch()} />
    const go = (
      <Link to="/plan/assessment" className={buttonClass('primary')}>
        {t('assessment.go-on')}
      </Link>
    )
    return (
      <Empty title={found.error.problem.title} action={go}>
        {found.error.problem.detail}
      </Empty>
    )
  }
  return <Advice advice={found.data} />
}

function Advice({ advice }: { advice: AdviceView }): ReactNode {
  const t = useText()
  const { recommended, notYet, alternatives, avoid } = advice
  return (
    <>
      <p className="muted prose">{t('advice.lead')}</p>
      {recommended !== null && <AdvisedCard advised={recommended} rank="first" />}
      {notYet !== null && (
        <Card title={t('advice.not-yet')}>
          <p className="prose">{notYet.text}</p>
          <Reasons reasons={notYet.quotes} />
          <h3>{t('advice.first-this')}</h3>
          <ol className="numbered">
            {notYet.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </Card>
      )}
      <Changes changes={advice.changes} />
      {advice.interest !== null && <Interest interest={advice.interest} />}
      <h2>{t(recommended === null ? 'advice.later' : 'advice.alternatives')}</h2>
      {alternatives.map((one) => (
        <AdvisedCard key={one.stream} advised={one} rank="other" />
      ))}
      <Avoid streams={avoid} />
      <Rails advice={advice} />
      <p className="row">
        <Link to="/plan/assessment">{t('advice.to-answers')}</Link>
        <Link to="/plan/weights">{t('advice.to-weights')}</Link>
      </p>
    </>
  )
}

function Changes({ changes }: Pick<AdviceView, 'changes'>): ReactNode {
  const t = useText()
  return (
    <Card title={t('advice.changes')}>
      {changes.length === 0 ? (
        <p>{t('advice.no-changes')}</p>
      ) : (
        <ul className="reasons">
          {changes.map(({ question, questionText, from, to, adds, stream, name }) => (
            <li key={question}>
              <span className="muted">{questionText}</span>
              <span>
                {t(adds ? 'advice.if-added' : 'advice.if-instead', { from, to })}{' '}
                <strong>
                  {stream === null || name === null ? t('advice.then-not-yet') : t('advice.then', { name })}
                </strong>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Interest({ interest }: { interest: NonNullable<AdviceView['interest']> }): ReactNode {
  const { t, number } = usePerson()
  const { leftOut, instead, perThousand, sources } = interest
  return (
    <Notice title={t('advice.interest')}>
      {perThousand === null ? (
        <p>{t('advice.interest-nothing', { leftOut })}</p>
      ) : (
        <p>
          {t('advice.interest-costs', {
            leftOut,
            instead: instead ?? t('advice.interest-nowhere'),
            middle: number(perThousand.middle),
            most: number(perThousand.most),
            least: number(-perThousand.least),
          })}
        </p>
      )}
      {perThousand !== null && (
        <ul className="small muted">
          {sources.map((source) => (
            <li key={source}>{source}</li>
          ))}
        </ul>
      )}
    </Notice>
  )
}

function Avoid({ streams }: { streams: AdviceView['avoid'] }): ReactNode {
  const t = useText()
  if (streams.length === 0) return null
  return (
    <Card title={t('advice.avoid')}>
      {streams.map(({ stream, name, line, against, odds }) => (
        <details key={stream} className="fold">
          <summary>
            <strong>{name}</strong> <span className="muted">{against[0]?.text ?? line}</span>
          </summary>
          <Reasons reasons={against} />
          <p>{odds.text}</p>
          <p className="small muted">{odds.source}</p>
        </details>
      ))}
    </Card>
  )
}

const tones = { reaches: 'good', barred: 'bad', check: 'plain' } as const

function Rails({ advice: { rails, country } }: { advice: AdviceView }): ReactNode {
  const t = useText()
  return (
    <Card title={t('advice.rails', { country })}>
      <ul className="reasons">
        {rails.map(({ id, name, reach, source }) => (
          <li key={id}>
            <span className="row">
              {name} <Badge tone={tones[reach]}>{t(`advice.reach.${reach}`)}</Badge>
            </span>
            {source !== null && <span className="small muted">{source}</span>}
          </li>
        ))}
      </ul>
      <p className="hint">{t('advice.rails-hint')}</p>
    </Card>
  )
}
