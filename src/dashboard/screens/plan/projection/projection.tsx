import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Copy, FileDown, Printer } from 'lucide-react'
import type { ReactNode } from 'react'
import { downloadFile } from '../../../api/download.ts'
import { projectionQuery } from '../../../api/plans.ts'
import '../../../styles/plan.css'
import { usePerson } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card, PageHead } from '../../../ui/page.tsx'
import { ProblemNotice, Time } from '../../../ui/show.tsx'
import { useNotify } from '../../../ui/toasts.tsx'
import { ByStream, Fan, History, Ladder, Odds, Story } from './outcome.tsx'
import { Sources } from './sources.tsx'

/** What came out of a plan: the same for everybody of the workspace who has its address. */
export function ProjectionScreen(): ReactNode {
  const { projectionId } = useParams({ from: '/inside/plan/projections/$projectionId' })
  const { t, locale, number } = usePerson()
  const { data } = useSuspenseQuery(projectionQuery(projectionId, locale))
  const { input, figures, history, story, seed, paths, createdAt } = data
  return (
    <>
      <PageHead
        title={<bdi>{data.name}</bdi>}
        name={data.name}
        lead={t('plan.projection-lead')}
        back={{ to: '/plan', label: t('plan.tab.plans') }}
        actions={<Ways projectionId={projectionId} />}
      />
      <Card title={t('plan.fan')}>
        <Fan input={input} figures={figures} height={300} />
      </Card>
      <Card title={t('plan.odds')}>
        <Odds input={input} figures={figures} />
      </Card>
      <Story story={story} />
      <Ladder input={input} figures={figures} />
      <ByStream input={input} figures={figures} />
      <History input={input} history={history} />
      <Sources input={input} />
      <p className="hint">
        {t('plan.made-by', { paths: number(paths), seed: String(seed) })} <Time at={createdAt} exact />
      </p>
    </>
  )
}

function Ways({ projectionId }: { projectionId: string }): ReactNode {
  const { t, locale, preferences } = usePerson()
  const notify = useNotify()
  const fetch = useMutation({
    mutationFn: (language: 'ar' | 'en') =>
      downloadFile(`/projections/${projectionId}/pdf`, `projection-${language}.pdf`, {
        locale: language,
        calendar: preferences.calendar,
        numerals: preferences.numerals,
      }),
  })
  const copy = async () => {
    await navigator.clipboard.writeText(window.location.href)
    notify(t('plan.link-copied'))
  }
  const languages = locale === 'ar' ? (['ar', 'en'] as const) : (['en', 'ar'] as const)
  return (
    <>
      <Button icon={Copy} onPress={() => void copy()}>
        {t('plan.copy-link')}
      </Button>
      <Button icon={Printer} look="quiet" label={t('plan.print-out')} onPress={() => window.print()} />
      {languages.map((language) => (
        <Button
          key={language}
          icon={FileDown}
          isPending={fetch.isPending}
          onPress={() => fetch.mutate(language)}
        >
          {t('plan.pdf', { language: t(`common.language.${language}`) })}
        </Button>
      ))}
      {fetch.error !== null && <ProblemNotice error={fetch.error} />}
    </>
  )
}
